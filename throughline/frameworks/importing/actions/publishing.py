"""Verbs on what a file was recognised as: publish it, as the framework that is here already or as a new one."""

from dataclasses import dataclass, replace

from django.db import transaction

from throughline.frameworks.importing.matching import Match
from throughline.frameworks.models import Framework, FrameworkVersion
from throughline.frameworks.policy import may_publish
from throughline.frameworks.publishing.actions import Published, answer_anew, keep_source, publish
from throughline.frameworks.queries import free_code, free_number, newest_first
from throughline.schools.models import Membership, Organisation


@dataclass(frozen=True, slots=True)
class Imported:
    """A version made from a package, the rows that changed (0: it was there already), and remarks for its reader."""

    version: FrameworkVersion
    changed: int
    notes: list[str]


@transaction.atomic
def publish_match(found: Match, *, owner: Organisation | None, by: Membership | None) -> Published:
    """Publish what a file was recognised as: nothing where the same is here, else the next version of a framework that is
    here, with what became of every competency, or a new framework.

    A package is kept whole; where only parts of it changed that are no words of ours, the version stays and the later
    package is kept beside the first.
    """
    if by is not None:
        may_publish(by, owner).enforce()
    if found.of is None:
        plan = replace(found.plan, code=free_code(owner, found.plan.code))
        return publish(plan, owner=owner, by=by, source=found.source)
    framework = Framework.objects.select_for_update().get(pk=found.of.pk)
    plan = replace(found.plan, code=framework.code)
    known = found.same or framework.versions.filter(fingerprint=plan.fingerprint()).first()
    if known is not None:
        kept = keep_source(known, found.source, found.read)
        if kept and framework.public_at is not None:
            answer_anew(framework, by)
        return Published(known, kept)
    return publish(
        replace(plan, number=free_number(framework, plan.number)),
        owner=owner,
        by=by,
        supersedes=newest_first(framework)[0],
        source=found.source,
        read=found.read,
    )
