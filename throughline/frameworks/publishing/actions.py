"""Verbs of frameworks: publish a version, once and for good."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from throughline.activity.actions import erasing, record
from throughline.frameworks.blueprint import Blueprint, FrameworkProblem, check, steady_id
from throughline.frameworks.case.digest import digest_of
from throughline.frameworks.case_api.actions import give_out, give_out_soon
from throughline.frameworks.crosswalks.shipped import load_crosswalks
from throughline.frameworks.models import (
    Competency,
    Domain,
    Framework,
    FrameworkVersion,
    Indicator,
    ItemFate,
    VersionSource,
)
from throughline.frameworks.policy import may_publish
from throughline.frameworks.publishing.toml_reading import read_toml
from throughline.frameworks.stored_blueprint import stored_blueprint
from throughline.frameworks.translating.editions import bring_file, carry_over
from throughline.frameworks.tree import forget_trees
from throughline.frameworks.versions.comparison import fates_of, origins_by_words
from throughline.kit import clock
from throughline.schools.models import Membership, Organisation

SHIPPED = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Published:
    """A version, and how many rows publishing it changed (0: it was there already, unaltered)."""

    version: FrameworkVersion
    changed: int


def load_shipped(*, folder: Path = SHIPPED, replace_unused: bool = False) -> list[Published]:
    """Publish every framework that ships with the product, with its translations, open to everyone. All or nothing;

    safe to repeat. Other software finds them once `case_api.actions.give_out_all` has written them out, as the command does.
    """
    sources = [path for path in sorted(folder.glob("*.toml")) if "." not in path.stem]
    plans = [read_toml(path) for path in sources]
    with transaction.atomic():
        done = [publish(plan, owner=None, by=None, replace_unused=replace_unused) for plan in plans]
        closed = Framework.objects.filter(owner=None, public_at=None, code__in=[plan.code for plan in plans])
        for framework in closed.select_for_update():
            framework.public_at = clock.now()
            framework.save(update_fields=["public_at"])
        load_crosswalks(folder / "crosswalks")
    return done


@transaction.atomic
def publish(
    plan: Blueprint,
    *,
    owner: Organisation | None,
    by: Membership | None,
    replace_unused: bool = False,
    supersedes: FrameworkVersion | None = None,
    origins: Mapping[str, Sequence[str]] | None = None,
    source: bytes = b"",
    read: Mapping[str, Any] | None = None,
) -> Published:
    """Publish a version, private to `owner` or shared by all (None). `by` is None for the operator's commands.

    `supersedes` is the version that it was made from; `origins` says which of its competencies each new one continues
    (by codes; None: as `comparison.origins_by_words` finds them). `source` is the CASE package it was read from, compressed;
    `read` is what was read of it, if people have changed that since (the content of a draft).

    The same version again changes nothing. Another text under a number that is taken is refused, because people
    have decided on the old one; `replace_unused` allows it as long as no record stands on it.
    """
    check(plan)
    if by is not None:
        may_publish(by, owner).enforce()
    changed = 0
    fingerprint = plan.fingerprint()
    framework, made = Framework.objects.select_for_update().get_or_create(
        owner=owner,
        code=plan.code,
        defaults={
            "id": steady_id(_owner_key(owner), plan.code),
            "source_identifier": plan.source_identifier,
        },
    )
    changed += made
    version = framework.versions.filter(number=plan.number).first()
    if version is not None and version.fingerprint != fingerprint:
        if not replace_unused:
            raise FrameworkProblem(
                _(
                    "Version %(number)s is already published with different wording. Give this text a new version "
                    "number."
                )
                % {"number": plan.number},
                plan.code,
            )
        _drop_unused(version)
        version = None
    if version is None:
        version, rows = _write(framework, plan, fingerprint, supersedes)
        changed += rows
        if supersedes is not None:
            changed += _write_fates(version, plan, supersedes, origins)
            changed += carry_over(version, plan, supersedes)
        record(
            "framework.published",
            organisation_id=owner.pk if owner else None,
            actor_id=by.pk if by else None,
            actor_name=by.name if by else "",
            subject=version,
            title=plan.title,
            number=plan.number,
        )
    changed += sum(bring_file(version, plan, *each) for each in plan.translations.items())
    changed += keep_source(version, source, read)
    if changed and framework.public_at is not None:
        answer_anew(framework, by)
    if changed:
        transaction.on_commit(forget_trees)
        forget_trees()
    return Published(version, changed)


def answer_anew(framework: Framework, by: Membership | None) -> None:
    """A command writes down at once what is answered; nobody waits for a page meanwhile."""
    if by is None:
        give_out(framework)
    else:
        give_out_soon(framework)


def keep_source(version: FrameworkVersion, source: bytes, read: Mapping[str, Any] | None = None) -> int:
    """Keep a package that says something that none of the version's packages said; how many rows."""
    if not source:
        return 0
    digest = digest_of(source)
    if version.sources.filter(digest=digest).exists():
        return 0
    VersionSource.objects.create(version=version, package=source, digest=digest, read=dict(read or {}))
    return 1


def _owner_key(owner: Organisation | None) -> str:
    return str(owner.pk) if owner else "shared"


def _drop_unused(version: FrameworkVersion) -> None:
    try:
        with erasing(reason="a framework version that no record used is replaced"):
            version.delete()
    except ProtectedError:
        raise FrameworkProblem(
            _(
                "Version %(number)s is in use, so its wording can no longer change. Give this text a new version "
                "number."
            )
            % {"number": version.number},
            version.framework.code,
        ) from None


def _write_fates(
    version: FrameworkVersion,
    plan: Blueprint,
    old: FrameworkVersion,
    origins: Mapping[str, Sequence[str]] | None,
) -> int:
    """What became of every competency of the old version, in one statement."""
    before = stored_blueprint(old)
    found = fates_of(before, plan, origins_by_words(before, plan) if origins is None else origins)
    old_ids = dict(Competency.objects.filter(version=old).values_list("code", "id"))
    new_ids = dict(Competency.objects.filter(version=version).values_list("code", "id"))
    rows = [
        ItemFate(
            version=version,
            old_id=old_ids[each.old],
            new_id=new_ids[each.new] if each.new else None,
            kind=each.kind,
        )
        for each in found
    ]
    ItemFate.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _write(
    framework: Framework, plan: Blueprint, fingerprint: str, supersedes: FrameworkVersion | None
) -> tuple[FrameworkVersion, int]:
    """All rows of a version, in four statements however large it is."""
    root = (str(framework.pk), plan.number)
    version = FrameworkVersion.objects.create(
        id=steady_id(*root),
        framework=framework,
        number=plan.number,
        language=plan.language,
        title=plan.title,
        content=plan.content,
        fingerprint=fingerprint,
        supersedes=supersedes,
    )
    domains: list[Domain] = []
    competencies: list[Competency] = []
    indicators: list[Indicator] = []
    for place, domain in enumerate(plan.domains, start=1):
        domains.append(
            Domain(
                id=steady_id(*root, "domain", domain.code),
                version=version,
                position=place,
                code=domain.code,
                name=domain.name,
                question=domain.question,
                design_element=domain.design_element,
                source_identifier=domain.source_identifier,
            )
        )
        for number, each in enumerate(domain.competencies, start=1):
            row = Competency(
                id=steady_id(*root, "competency", each.code),
                version=version,
                domain=domains[-1],
                position=number,
                code=each.code,
                name=each.name,
                level=each.level,
                description=each.description,
                steps=list(each.steps),
                evidence_examples=[{"mark": mark, "text": text} for mark, text in each.evidence],
                source_identifier=each.source_identifier,
            )
            competencies.append(row)
            indicators.extend(
                Indicator(
                    id=_indicator_id(root, each.code, count),
                    competency=row,
                    position=count,
                    code=idea.code,
                    text=idea.text,
                    witnesses=list(idea.witnesses),
                    source_identifier=idea.source_identifier,
                )
                for count, idea in enumerate(each.indicators, start=1)
            )
    Domain.objects.bulk_create(domains, batch_size=500)
    Competency.objects.bulk_create(competencies, batch_size=500)
    Indicator.objects.bulk_create(indicators, batch_size=500)
    return version, 1 + len(domains) + len(competencies) + len(indicators)


def _indicator_id(root: tuple[str, str], code: str, count: int) -> UUID:
    return steady_id(*root, "indicator", code, str(count))
