"""Whether a file that is brought is a framework that is here already, and what it changes in it.

A framework is known by the identifier of its document, one without by its code; its parts by the identifiers under which
they go out (docs/decisions/0026-files-that-come-back.md). Nothing is written here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import Blueprint, FrameworkProblem, without_identifiers
from throughline.frameworks.case.builder import COMPETENCIES, DOMAIN
from throughline.frameworks.case.digest import digest_of
from throughline.frameworks.case.export import written
from throughline.frameworks.case.extensions import level_of
from throughline.frameworks.case.item_tree import CaseNode
from throughline.frameworks.case.mapping import Choice, Pick, blueprint_of
from throughline.frameworks.case.reading import CasePackage, package_from
from throughline.frameworks.case.schema import named
from throughline.frameworks.case.serialization import in_bytes, kept
from throughline.frameworks.draft_content import Content, draft_of
from throughline.frameworks.importing.merging import merged
from throughline.frameworks.importing.sources import Source
from throughline.frameworks.models import Framework, FrameworkVersion
from throughline.frameworks.queries import newest_first
from throughline.frameworks.stored_blueprint import stored_blueprint
from throughline.frameworks.tables.reading import read_table
from throughline.frameworks.tables.writing import as_csv
from throughline.schools.models import Organisation


@dataclass(frozen=True, slots=True)
class Match:
    """What a file would become here. `of` is the framework that it belongs to, if that is here; `same` the version
    that says all of it already. `source` is the CASE package to be kept, compressed, and `read` what was read of it,
    where `plan` says more; `says` is what the file says itself. Not `exact`: nothing was compared yet.
    """

    plan: Blueprint
    notes: list[str] = field(default_factory=list)
    of: Framework | None = None
    same: FrameworkVersion | None = None
    source: bytes = b""
    read: Content | None = None
    says: Blueprint | None = None
    exact: bool = True


def match_source(source: Source, choice: Choice, owner: Organisation | None) -> Match:
    """What comes of a file that was read. Raises `FrameworkProblem` as reading it does."""
    if source.package is not None:
        found = match_package(source.package, choice, owner)
        return replace(found, notes=[*source.notes, *found.notes])
    plan, notes = source.chosen(choice)
    return replace(match_table(plan, owner), notes=notes, says=plan)


def at_a_glance(source: Source, choice: Choice, owner: Organisation | None) -> Match:
    """The same for a page about a large file: which framework it belongs to, and whether it is there word for word."""
    plan, notes = source.chosen(choice)
    if source.package is None:
        framework = Framework.objects.filter(owner=owner, code=plan.code).first()
        same = _saying(framework, plan) if framework else None
    else:
        framework = framework_of(source.package, owner)
        same = (_kept_with(framework, source.package) or _saying(framework, plan)) if framework else None
    return Match(plan, notes, framework, same, says=plan, exact=False)


def match_table(plan: Blueprint, owner: Organisation | None) -> Match:
    """What comes of a table, which says everything but the identifiers of what was written here."""
    framework = Framework.objects.filter(owner=owner, code=plan.code).first()
    if framework is None:
        return Match(plan)
    same = _saying(framework, plan)
    if same is not None:
        return Match(plan, of=framework, same=same)
    first: Blueprint | None = None
    for version in _candidates(framework, plan.number):
        held, ids = stored_blueprint(version), written(version).ids
        told = read_table(as_csv(held), held.title).plan
        new = merged(plan, told or held, held, ids)
        if _alike(new, held):
            return Match(held, of=framework, same=version)
        first = first or new
    assert first is not None
    return Match(first, of=framework)


def match_package(package: CasePackage, choice: Choice, owner: Organisation | None) -> Match:
    """What comes of a CASE package: with `choice` left open, mapped as the framework that is here was."""
    framework = framework_of(package, owner)
    if framework is None:
        plan, notes = blueprint_of(package, choice)
        return Match(plan, notes, source=package.kept, says=plan)
    chosen = choice if choice.domains or choice.competencies else None
    if chosen is None and (version := _kept_with(framework, package)) is not None:
        plan = stored_blueprint(version)
        return Match(plan, of=framework, same=version, says=plan)
    first: Match | None = None
    for version in _candidates(framework, package.version):
        found = _against(package, chosen, framework, _Base(version, package))
        if found.same is not None:
            return found
        first = first or found
    assert first is not None
    return first


def framework_of(package: CasePackage, owner: Organisation | None) -> Framework | None:
    """The framework whose document goes out, or came, under the package's identifier."""
    name = named(package.identifier)
    rows = list(Framework.objects.filter(owner=owner).order_by("created_at", "pk"))
    by_key = [each for each in rows if str(each.pk) == name]
    by_source = [each for each in rows if named(each.source_identifier) == name]
    return next(iter([*by_key, *by_source]), None)


def _kept_with(framework: Framework, package: CasePackage) -> FrameworkVersion | None:
    """The version that came with this very package."""
    digest = digest_of(package.kept) if package.kept else "-"
    return newest_first(framework).filter(sources__digest=digest).first()


def _candidates(framework: Framework, number: str) -> Iterator[FrameworkVersion]:
    """The version that a file says it is, then the newest."""
    rows = newest_first(framework)
    named_so = rows.filter(number=number).first() if number else None
    if named_so is not None:
        yield named_so
    newest = rows.first()
    if newest is not None and newest != named_so:
        yield newest


def _saying(framework: Framework, plan: Blueprint) -> FrameworkVersion | None:
    return framework.versions.filter(fingerprint=plan.fingerprint()).order_by("published_at").first()


class _Base:
    """A version that a package is compared with: how it goes out, and what its own export would be read as."""

    def __init__(self, version: FrameworkVersion, package: CasePackage) -> None:
        self.version = version
        self.out = written(version)
        self.plan, self.ids = self.out.plan, self.out.ids
        self.says_less = self.out.edition == "1.1" and not package.extended
        self._editions = ("1.1", "1.0") if package.extended else ("1.0", "1.1")

    def told(self) -> Blueprint:
        """How an export of it in the edition of the package would be read, mapped as it is."""
        try:
            exported = self.out.package(self._editions[0])
        except FrameworkProblem:  # what cannot go out was not exported from here
            return self.plan
        return self.mapped(package_from(exported, b""), None)[0]

    def mapped(self, package: CasePackage, choice: Choice | None) -> tuple[Blueprint, list[str]]:
        """A package as a person chose, or mapped as this version is; where that cannot be, as it is proposed."""
        if choice is not None:
            return blueprint_of(package, choice)
        try:
            return blueprint_of(package, as_before(package, self.plan, self.ids, self.out.items))
        except FrameworkProblem:
            return blueprint_of(package, Choice())

    def goes_out_as(self, digest: str) -> bool:
        """Whether the package with this digest is the version's export, in either edition."""
        for edition in self._editions:
            try:
                if digest_of(kept(in_bytes(written(self.version).package(edition)))) == digest:
                    return True
            except FrameworkProblem:
                continue
        return False


def _against(package: CasePackage, choice: Choice | None, framework: Framework, base: _Base) -> Match:
    if base.out.document != named(package.identifier):  # of the original, and what is here is a copy of that
        plan, notes = blueprint_of(package, choice or Choice())
        return Match(plan, notes, framework, _saying(framework, plan), package.kept, says=plan)
    plan, notes = base.mapped(package, choice)
    new = merged(plan, base.told(), base.plan, base.ids)
    same: FrameworkVersion | None = base.version
    if _alike(new, base.plan):
        new = stored_blueprint(base.version)
        if base.says_less or (package.kept and base.goes_out_as(digest_of(package.kept))):
            return Match(new, notes, framework, same, says=plan)
    else:
        same = _saying(framework, new)
    if base.says_less:
        remark = _(
            "This file is CASE 1.0, which has no room for everything we know here. We use its wording, and "
            "the rest stays as it is."
        )
        return Match(new, [*notes, remark], framework, same, says=plan)
    read = None if _alike(plan, new) else draft_of(plan)
    return Match(new, notes, framework, same, package.kept, read, says=plan)


def _alike(one: Blueprint, other: Blueprint) -> bool:
    """Whether two plans say the same, whatever their numbers are and however their identifiers are written."""
    return _bare(one) == _bare(other)


def _bare(plan: Blueprint) -> Blueprint:
    content = {
        key: value
        for key, value in plan.content.items()
        if value and (key != "steps" or not plan.borrows_steps)
    }
    return replace(without_identifiers(plan), number="", code="", content=content, translations={})


def as_before(
    package: CasePackage, held: Blueprint, ids: dict[tuple[str, ...], str], items: frozenset[str]
) -> Choice:
    """The choice that makes of each item what it is in `held`, and of new ones what those beside them are; `items` were
    there before, so those that are not in `held` had been left out.
    """
    domains = {ids[(each.code,)] for each in held.domains}
    levels = {ids[("", each.code)]: each.level for each in held.competencies}
    nodes = [(named(node.identifier), node) for node in (package.root, *package.nodes())]
    tops = [node for name, node in nodes if name in domains]
    depths = {node.depth for node in tops if node.depth}
    tops += [node for name, node in nodes if name not in items and _is_new_top(node, depths)]
    chosen = {node.identifier for node in tops}
    found = [
        (name, node)
        for name, node in nodes
        if name in levels or (name not in items and _is_new_item(node, chosen))
    ]
    advanced = [node for name, node in found if levels.get(name) == "advanced" and not level_of(node)]
    return Choice(
        domains=Pick(known=tuple(chosen)),
        competencies=Pick(known=tuple(node.identifier for _name, node in found)),
        advanced=Pick(known=tuple(node.identifier for node in advanced)),
    )


def _is_new_top(node: CaseNode, depths: set[int]) -> bool:
    if node.parent is None:
        return False
    return node.kind == DOMAIN or (node.depth in depths and bool(node.children))


def _is_new_item(node: CaseNode, tops: set[str]) -> bool:
    if node.identifier in tops or node.parent is None:
        return False
    return node.kind in COMPETENCIES.values() or node.parent.identifier in tops
