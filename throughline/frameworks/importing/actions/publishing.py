"""Verbs on what a file was recognised as: publish it, as the framework that is here already or as a new one."""

from dataclasses import dataclass, replace

from django.db import transaction

from throughline.frameworks.blueprint import Blueprint
from throughline.frameworks.case.mapping import Choice
from throughline.frameworks.case.reading import CasePackage
from throughline.frameworks.importing.matching import Brought, brought_package, brought_table
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
def import_case(
    package: CasePackage, choice: Choice, *, owner: Organisation | None, by: Membership | None
) -> Imported:
    """Publish a CASE package as `choice` maps it. The same package mapped alike again changes nothing;

    a changed one becomes a new version, numbered by the package's own version or by the day it last changed, with what
    became of every competency of the latest one. The package is kept whole; where only parts of it changed that are no
    words of ours, the version stays and the later package is kept beside the first.
    """
    if by is not None:
        may_publish(by, owner).enforce()
    found = brought_package(package, choice, owner)
    done = publish_brought(found, owner=owner, by=by)
    return Imported(done.version, done.changed, found.notes)


@transaction.atomic
def import_plan(plan: Blueprint, *, owner: Organisation | None, by: Membership | None) -> Published:
    """Publish what was read from a table. The same words again change nothing; other words under the same code become
    a new version, which says what became of the newest one's competencies.
    """
    if by is not None:
        may_publish(by, owner).enforce()
    return publish_brought(brought_table(plan, owner), owner=owner, by=by)


@transaction.atomic
def publish_brought(found: Brought, *, owner: Organisation | None, by: Membership | None) -> Published:
    """Publish what a file was recognised as: nothing, the next version of a framework that is here, or a new one."""
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
