"""Whether a file that is brought is a framework that is here already, and what it changes in it.

A framework is known by the identifier of its document, one without by its code; its parts by the identifiers under which
they go out (docs/decisions/0026-files-that-come-back.md). Nothing is written here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import Blueprint, FrameworkProblem
from throughline.frameworks.case_digest import digest_of
from throughline.frameworks.case_export import Written, written
from throughline.frameworks.case_fields import named
from throughline.frameworks.case_keeping import in_bytes, kept
from throughline.frameworks.case_making import COMPETENCIES, DOMAIN
from throughline.frameworks.case_mapping import Choice, Pick, blueprint_of
from throughline.frameworks.case_own import level_of
from throughline.frameworks.case_reading import CasePackage, package_from
from throughline.frameworks.case_tree import CaseNode
from throughline.frameworks.drafting import Content, draft_of
from throughline.frameworks.merging import merged
from throughline.frameworks.models import Framework, FrameworkVersion, VersionSource
from throughline.frameworks.sheet_reading import read_sheet
from throughline.frameworks.sheet_writing import as_csv
from throughline.frameworks.sources import Source
from throughline.frameworks.stored import stored_blueprint
from throughline.schools.models import Organisation


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file would become here. `of` is the framework that it belongs to, if that is here; `same` the version
    that says all of it already. `source` is the CASE package to be kept, compressed, and `read` what was read of it,
    where `plan` says more.
    """

    plan: Blueprint
    notes: list[str] = field(default_factory=list)
    of: Framework | None = None
    same: FrameworkVersion | None = None
    source: bytes = b""
    read: Content | None = None


def brought(source: Source, choice: Choice, owner: Organisation | None) -> Brought:
    """What comes of a file that was read. Raises `FrameworkProblem` as reading it does."""
    if source.package is not None:
        found = brought_package(source.package, choice, owner)
        return replace(found, notes=[*source.notes, *found.notes])
    plan, notes = source.chosen(choice)
    return replace(brought_table(plan, owner), notes=notes)


def brought_table(plan: Blueprint, owner: Organisation | None) -> Brought:
    """What comes of a table, which says everything but the identifiers of what was written here."""
    framework = Framework.objects.filter(owner=owner, code=plan.code).first()
    if framework is None:
        return Brought(plan)
    same = _saying(framework, plan)
    if same is not None:
        return Brought(plan, of=framework, same=same)
    first: Blueprint | None = None
    for version in _candidates(framework, plan.number):
        held, ids = stored_blueprint(version), written(version).ids
        told = read_sheet(as_csv(held), held.title).plan
        new = merged(plan, told or held, held, ids)
        if _alike(new, held):
            return Brought(held, of=framework, same=version)
        first = first or new
    assert first is not None
    return Brought(first, of=framework)


def brought_package(package: CasePackage, choice: Choice, owner: Organisation | None) -> Brought:
    """What comes of a CASE package: with `choice` left open, mapped as the framework that is here was."""
    framework = _framework_of(package.identifier, owner)
    if framework is None:
        plan, notes = blueprint_of(package, choice)
        return Brought(plan, notes, source=package.kept)
    settled = not choice.domains and not choice.competencies
    digest = digest_of(package.kept) if package.kept else ""
    known = VersionSource.objects.filter(version__framework=framework, digest=digest)
    if digest and settled and (row := known.select_related("version").order_by("-kept_at").first()):
        return Brought(stored_blueprint(row.version), of=framework, same=row.version)
    first: Brought | None = None
    for version in _candidates(framework, package.version):
        out = written(version)
        edition, theirs = _theirs(out, digest, extended=package.extended)
        if settled and edition:
            return Brought(stored_blueprint(version), of=framework, same=version)
        found = _against(package, choice if not settled else None, framework, version, out, theirs)
        if found.same is not None:
            return found
        first = first or found
    assert first is not None
    return first


def _framework_of(identifier: str, owner: Organisation | None) -> Framework | None:
    """The framework whose document goes out, or came, under this identifier."""
    name = named(identifier)
    rows = list(Framework.objects.filter(owner=owner).order_by("created_at", "pk"))
    by_key = [each for each in rows if str(each.pk) == name]
    by_source = [each for each in rows if named(each.source_identifier) == name]
    return next(iter([*by_key, *by_source]), None)


def _candidates(framework: Framework, number: str) -> Iterator[FrameworkVersion]:
    """The version that a file says it is, then the newest."""
    rows = framework.versions.select_related("framework__owner").order_by("-published_at", "-pk")
    named_so = rows.filter(number=number).first() if number else None
    if named_so is not None:
        yield named_so
    newest = rows.first()
    if newest is not None and newest != named_so:
        yield newest


def _saying(framework: Framework, plan: Blueprint) -> FrameworkVersion | None:
    return framework.versions.filter(fingerprint=plan.fingerprint()).order_by("published_at").first()


def _theirs(out: Written, digest: str, *, extended: bool) -> tuple[str, Any]:
    """The edition in which a version goes out exactly as the file that was brought, if it does; otherwise how it goes
    out in the edition of the file.
    """
    chosen: Any = None
    for edition in ("1.1", "1.0"):
        try:
            package = out.package(edition)
        except FrameworkProblem:  # what cannot go out was not exported from here
            continue
        if digest and digest_of(kept(in_bytes(package))) == digest:
            return edition, None
        if extended == (edition == "1.1"):
            chosen = package
    return "", chosen


def _against(
    package: CasePackage,
    choice: Choice | None,
    framework: Framework,
    version: FrameworkVersion,
    out: Written,
    theirs: Any,
) -> Brought:
    held, ids = out.plan, out.ids
    if out.document != named(package.identifier):  # of the original, and what is here is a copy of that
        plan, notes = blueprint_of(package, choice or Choice())
        return Brought(plan, notes, framework, _saying(framework, plan), package.kept)
    plan, notes = _mapped(package, choice, held, ids)
    told = held
    if theirs is not None:
        told = _mapped(package_from(theirs, b""), None, held, ids)[0]
    new = merged(plan, told, held, ids)
    newer = package.extended or out.edition == "1.0"
    source = package.kept if newer else b""
    read = draft_of(plan) if source and not _alike(plan, new) else None
    same = version if _alike(new, held) else _saying(framework, new)
    if not newer and same is None:
        notes = [
            *notes,
            _(
                "This file is CASE 1.0, which cannot hold everything that is known here. Its words are taken; the rest "
                "stays as it is."
            ),
        ]
    return Brought(new, notes, framework, same, source, read)


def _alike(one: Blueprint, other: Blueprint) -> bool:
    """Whether two plans say the same, whatever their numbers are and however their identifiers are written."""
    return _bare(one) == _bare(other)


def _bare(plan: Blueprint) -> Blueprint:
    content = {
        key: value
        for key, value in plan.content.items()
        if value and (key != "steps" or not plan.borrows_steps)
    }
    domains = tuple(
        replace(
            domain,
            source_identifier="",
            competencies=tuple(
                replace(
                    each,
                    source_identifier="",
                    indicators=tuple(replace(idea, source_identifier="") for idea in each.indicators),
                )
                for each in domain.competencies
            ),
        )
        for domain in plan.domains
    )
    return replace(
        plan, number="", code="", source_identifier="", content=content, domains=domains, translations={}
    )


def _mapped(
    package: CasePackage, choice: Choice | None, held: Blueprint, ids: dict[tuple[str, ...], str]
) -> tuple[Blueprint, list[str]]:
    """The package as a person chose, or mapped as what is held; where that cannot be, as it is proposed."""
    if choice is not None:
        return blueprint_of(package, choice)
    try:
        return blueprint_of(package, as_before(package, held, ids))
    except FrameworkProblem:
        return blueprint_of(package, Choice())


def as_before(package: CasePackage, held: Blueprint, ids: dict[tuple[str, ...], str]) -> Choice:
    """The choice that makes of each item what it is in `held`, and of new ones what those beside them are."""
    domains = {ids[(each.code,)] for each in held.domains}
    levels = {ids[("", each.code)]: each.level for each in held.competencies}
    known = {*domains, *levels, *ids.values()}
    nodes = [package.root, *package.nodes()]
    tops = [node for node in nodes if named(node.identifier) in domains]
    depths = {node.depth for node in tops if node.depth}
    tops += [node for node in nodes if _is_new_top(node, known, depths)]
    chosen = {node.identifier for node in tops}
    items = [
        node
        for node in nodes
        if named(node.identifier) in levels
        or (named(node.identifier) not in known and _is_new_item(node, chosen))
    ]
    advanced = [
        node for node in items if levels.get(named(node.identifier)) == "advanced" and not level_of(node)
    ]
    return Choice(
        domains=Pick(known=tuple(chosen)),
        competencies=Pick(known=tuple(node.identifier for node in items)),
        advanced=Pick(known=tuple(node.identifier for node in advanced)),
    )


def _is_new_top(node: CaseNode, known: set[str], depths: set[int]) -> bool:
    if node.parent is None or named(node.identifier) in known:
        return False
    return node.kind == DOMAIN or (node.depth in depths and bool(node.children))


def _is_new_item(node: CaseNode, tops: set[str]) -> bool:
    if node.identifier in tops or node.parent is None:
        return False
    return node.kind in COMPETENCIES.values() or node.parent.identifier in tops
