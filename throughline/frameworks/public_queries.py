"""Reads of what anyone may see, without an account. What is not open does not exist."""

from django.db.models import Q, QuerySet

from throughline.frameworks.models import FrameworkVersion, ItemFate, VersionTranslation
from throughline.frameworks.queries import is_open
from throughline.frameworks.tree import Tree
from throughline.kit.ids import parse_uuid


def open_versions() -> QuerySet[FrameworkVersion]:
    """Every version of every framework that is open to everyone, newest first within a framework."""
    return (
        FrameworkVersion.objects.filter(is_open())
        .select_related("framework__owner")
        .order_by("framework_id", "-published_at", "-id")
    )


def versions_at(key: str) -> list[FrameworkVersion]:
    """All versions of the open framework with this address, newest first; none if there is no such framework."""
    known = parse_uuid(key)
    wanted = Q(framework__code=key, framework__owner__isnull=True)
    return list(open_versions().filter(wanted | Q(framework=known) if known else wanted))


def version_in(versions: list[FrameworkVersion], key: str) -> FrameworkVersion | None:
    """The one that an address means: by number, or by id where the number cannot stand in an address."""
    known = parse_uuid(key)
    return next((each for each in versions if each.number == key or each.pk == known), None)


def newest_of_each() -> list[FrameworkVersion]:
    """The newest version of every open framework, by title. One query."""
    found: dict[object, FrameworkVersion] = {}
    for version in open_versions():
        found.setdefault(version.framework_id, version)
    return sorted(found.values(), key=lambda each: (each.framework.owner_id is not None, each.title))


def languages_of(version: FrameworkVersion) -> list[str]:
    """The languages in which a version can be read, its own first. One query."""
    others = VersionTranslation.objects.filter(version=version).order_by("language")
    return [version.language, *others.values_list("language", flat=True)]


def fates_of(version: FrameworkVersion) -> list[ItemFate]:
    """What became of the competencies of the version before, in its order. One query."""
    rows = ItemFate.objects.filter(version=version).select_related("old", "new")
    return list(
        rows.order_by("old__domain__position", "old__position", "new__domain__position", "new__position")
    )


def competency_in(whole: Tree, key: str) -> int | None:
    """The place of the competency that an address means."""
    known = parse_uuid(key)
    places = enumerate(whole.competencies)
    return next((place for place, each in places if each.code == key or each.id == known), None)
