"""A version of a framework as a CASE package: what was imported, with what was changed since, or all in our own words.

A framework's versions are laid on each other from the first to the one that is asked for, so that what never changed
stays as it came and what is gone is still there, marked as ended (docs/decisions/0013-case-packages.md).
"""

from dataclasses import dataclass, field, replace

from django.conf import settings

from throughline.frameworks.blueprint import Blueprint, without_identifiers
from throughline.frameworks.case.builder import Maker
from throughline.frameworks.case.conversion import fitted, fitted_object
from throughline.frameworks.case.from_blueprint import identifiers, native_package
from throughline.frameworks.case.overlay import Overlay, carry, key_of
from throughline.frameworks.case.schema import OURS, SHAPES, Table, named
from throughline.frameworks.case.serialization import edition_of, only_objects, package_in
from throughline.frameworks.case.validation import checked, without_doubles
from throughline.frameworks.draft_content import blueprint_of
from throughline.frameworks.models import FrameworkVersion, ItemFate, VersionSource
from throughline.frameworks.stored_blueprint import stored_blueprint

_LISTS = {"CFItems": "CFItem", "CFAssociations": "CFAssociation", "CFRubrics": "CFRubric"}


def case_package(version: FrameworkVersion, edition: str) -> Table:
    """The package of a version in CASE `edition` ("1.0" or "1.1"), valid by the schema of that edition.

    A package that came in CASE 1.0 goes out in 1.0 as it came, whatever else its publisher put into it. Raises
    `ExportFault` rather than give out what nobody could read again.
    """
    return _rendered(_build(version), edition)


def case_packages(version: FrameworkVersion) -> dict[str, Table]:
    """The package in both editions, for hardly more than the price of one."""
    built = _build(version)
    return {edition: _rendered(built, edition) for edition in ("1.1", "1.0")}


def _rendered(built: "_Built", edition: str) -> Table:
    if edition == "1.0" == built.edition:
        made = fitted(_without_ours(built), "1.0", "1.0", keep=True)
        return checked(without_doubles(made), "1.0", beyond=True)
    return checked(without_doubles(fitted(built.package, edition, built.edition)), edition)


@dataclass(slots=True)
class Written:
    """A version as it goes out: its package in an edition, and the identifier of each part of its plan."""

    built: "_Built"
    plan: Blueprint
    ids: dict[tuple[str, ...], str]

    @property
    def edition(self) -> str:
        """The edition in which it can say most."""
        return self.built.edition

    @property
    def document(self) -> str:
        """The identifier under which the whole goes out."""
        return key_of(self.built.package["CFDocument"])

    @property
    def items(self) -> frozenset[str]:
        """The identifiers of all its items, those that are no part of the plan too."""
        return frozenset(key_of(row) for row in self.built.package["CFItems"])

    def package(self, edition: str) -> Table:
        """The package in an edition. Raises `ExportFault`. The last one asked for may be 1.0 only."""
        return _rendered(self.built, edition)


def written(version: FrameworkVersion) -> Written:
    """How a version goes out, for whoever wants to know whether a file is one of ours."""
    built = _build(version)
    assert built.plan is not None
    return Written(built, built.plan, built.ids)


@dataclass(slots=True)
class _Built:
    """A package with the edition it is written in and the identifiers of what is not as it came; `plan` is what it is
    made of, and `ids` the identifier of each part.
    """

    package: Table
    edition: str
    patched: set[str]
    made: set[str]
    plan: Blueprint | None = None
    ids: dict[tuple[str, ...], str] = field(default_factory=dict)


def _build(version: FrameworkVersion) -> _Built:
    framework = version.framework
    versions = list(
        FrameworkVersion.objects.filter(framework=framework, published_at__lte=version.published_at)
        .select_related("framework__owner")
        .order_by("published_at", "pk")
    )
    versions = versions[: versions.index(version) + 1]
    sources = {
        row.version_id: row
        for row in VersionSource.objects.filter(version__in=versions).order_by("kept_at", "pk")
    }
    copied = versions[0].supersedes_id is not None
    built: _Built | None = None
    before: Blueprint | None = None
    for each in versions:
        copied = copied and each.pk not in sources
        plan = stored_blueprint(each)
        # a copy says other things than its original, so its parts have identifiers of their own
        plan = without_identifiers(plan) if copied else plan
        source = sources.get(each.pk)
        maker = _maker(each, plan.title, copied)
        if built is not None and source is None:
            maker = replace(maker, document=key_of(built.package["CFDocument"]))
        built, maker = _next(built, before, plan, maker, each, source)
        if before is None and copied:
            _say_origins(built.package, each, plan, maker)
        before = plan
        built.plan, built.ids = plan, identifiers(plan, maker)
    assert built is not None
    return built


def _maker(version: FrameworkVersion, title: str, copied: bool) -> Maker:
    framework = version.framework
    own = copied or not framework.source_identifier
    return Maker(
        key=str(framework.pk),
        document=str(framework.pk) if own else named(framework.source_identifier),
        title=title,
        site=settings.SITE_ADDRESS.rstrip("/"),
        moment=version.published_at.isoformat(timespec="seconds"),
    )


def _say_origins(package: Table, copy: FrameworkVersion, plan: Blueprint, maker: Maker) -> None:
    """Tie each competency of a copy to the one that it was made from: an exact match where not a word is different."""
    rows = ItemFate.objects.filter(version=copy, new__isnull=False).order_by("old__position", "pk")
    fates = list(rows.values_list("old__code", "new__code", "kind"))
    base = FrameworkVersion.objects.select_related("framework__owner").get(superseded_by=copy)
    theirs = _build(base).package
    items = {key_of(row): row for row in theirs["CFItems"]}
    first = base.framework.versions.order_by("published_at", "pk")[0]
    copied = first.supersedes_id is not None and not base.sources.exists()
    original = stored_blueprint(base)
    original = without_identifiers(original) if copied else original
    there = identifiers(original, _maker(base, original.title, copied))
    here = identifiers(plan, maker)
    mine = {key_of(row): row for row in package["CFItems"]}
    for old, new, kind in fates:
        origin, destination = mine.get(here[("", new)]), items.get(there[("", old)])
        if origin and destination:
            tie = "exactMatchOf" if kind == ItemFate.Kind.SAME else "isRelatedTo"
            names = key_of(origin), key_of(destination)
            package["CFAssociations"].append(maker.association(tie, origin, destination, *names))


def _next(
    built: _Built | None,
    before: Blueprint | None,
    plan: Blueprint,
    maker: Maker,
    version: FrameworkVersion,
    source: VersionSource | None,
) -> tuple[_Built, Maker]:
    if source is not None:
        package = only_objects(package_in(bytes(source.package)))
        maker = replace(maker, document=key_of(package["CFDocument"]))
        new = _Built(package, edition_of(package), set(), set())
        if built is not None and before is not None:
            ids = identifiers(before, maker), identifiers(plan, maker)
            pairs = [(ids[0].get(("", old)), ids[1].get(("", then))) for old, then in _successors(version)]
            known = [(old, then) for old, then in pairs if old and then and old != then]
            new.patched, new.made = carry(package, built.package, maker, known)
        if source.read:
            work = Overlay(package, maker)
            work.lay(blueprint_of(source.read), plan, [])
            new.patched |= work.patched
            new.made |= work.made
        return new, maker
    if built is None or before is None:
        owner = version.framework.owner
        package = native_package(plan, maker, owner.name if owner else "Throughline")
        return _Built(package, "1.1", set(), set()), maker
    work = Overlay(built.package, maker)
    work.lay(before, plan, _successors(version))
    built.patched |= work.patched
    built.made |= work.made
    return built, maker


def _successors(version: FrameworkVersion) -> list[tuple[str, str]]:
    """The codes of what was replaced and of what took its place."""
    rows = ItemFate.objects.filter(version=version, new__isnull=False).order_by("old__position", "pk")
    return list(rows.values_list("old__code", "new__code"))


def _without_ours(built: _Built) -> Table:
    """The package in its own edition 1.0: what we changed or added in it without what only 1.1 can say."""
    package = built.package
    definitions = package.get("CFDefinitions")
    lists = [(package, name, shape) for name, shape in _LISTS.items()]
    if isinstance(definitions, dict):
        lists += [(definitions, name, shape) for name, shape in SHAPES["CFDefinitions"].fields.items()]
    for holder, name, shape in lists:
        if isinstance(holder.get(name), list):
            holder[name] = [_without_ours_in(row, shape, built) for row in holder[name]]
    _take_ours_out(package["CFDocument"], built)
    return package


def _without_ours_in(row: Table, shape: str, built: _Built) -> Table:
    if key_of(row) in built.made:
        made: Table = fitted_object(row, shape, "1.0")
        return made
    _take_ours_out(row, built)
    return row


def _take_ours_out(row: Table, built: _Built) -> None:
    if key_of(row) in built.patched and isinstance(row.get("extensions"), dict):
        left = {key: value for key, value in row["extensions"].items() if key != OURS}
        row.pop("extensions")
        if left:
            row["extensions"] = left
