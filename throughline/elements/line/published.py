"""The throughline that everyone may see: drawn from editions that are in force and published, from nothing else."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.elements.adopting.stages import in_force
from throughline.elements.line.graph import Column, Line, Point, line_of, untangled
from throughline.elements.line.queries import ON_THE_LINE, points_of
from throughline.elements.models import (
    Edition,
    Element,
    Item,
    Publication,
    PublicLine,
    Stage,
    StageChange,
)
from throughline.elements.structure.kinds import KINDS
from throughline.elements.structure.queries import in_order
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.queries import is_open
from throughline.frameworks.tree import CompetencyItem, tree
from throughline.kit import clock
from throughline.schools.models import Organisation
from throughline.schools.tenant import is_there


def line_shown_at(place: str) -> PublicLine | None:
    """What a school said about its throughline, when everyone may see it. One query."""
    rows = PublicLine.objects.filter(is_there(), organisation__slug=place, is_open=True)
    return rows.select_related("organisation").first()


def shown_by(organisation: Organisation) -> PublicLine | None:
    """What a school said about it last, if it did. One query."""
    return PublicLine.objects.filter(organisation=organisation).first()


@dataclass(frozen=True, slots=True)
class Published:
    """The line, the editions that it is drawn from, and their language when they have but one."""

    line: Line
    editions: list[Edition]

    @property
    def language(self) -> str:
        """Empty when there are several."""
        found = {each.language for each in self.editions}
        return found.pop() if len(found) == 1 else ""


def published_line(organisation: Organisation) -> Published:
    """The whole of it, untangled. Four queries, whatever its size, besides a framework that is kept in the process."""
    editions = published_editions(organisation)
    rows = [row for each in editions for row in each.items]
    known = _competencies({key for row in rows for key in row["competencies"]})

    def address(item: Item) -> str:
        told = {"place": organisation.slug, "kind": KINDS[item.kind].element}
        return reverse("elements:public", kwargs=told)

    trees = {each.element.kind: in_order(map(_item, _ordered(each.items))) for each in editions}
    points = [*points_of(trees, {}, address), *_journey(known)]
    return Published(untangled(line_of(points, _threads(rows, known))), editions)


def published_editions(organisation: Organisation) -> list[Edition]:
    """The editions in force of published elements that the line needs, without their texts. Three queries."""
    held = Publication.objects.filter(
        organisation=organisation, is_open=True, element__kind__in=ON_THE_LINE
    ).values("element")
    changes: dict[UUID, list[StageChange]] = defaultdict(list)
    told = (Stage.IN_FORCE, Stage.SUPERSEDED)
    for change in StageChange.objects.filter(organisation=organisation, element__in=held, stage__in=told):
        changes[change.element_id].append(change)
    standing = [in_force(each, clock.today()) for each in changes.values()]
    wanted = [each.edition_id for each in standing if each is not None]
    rows = Edition.objects.filter(organisation=organisation, pk__in=wanted)
    return list(rows.select_related("element").defer("document").order_by("element__kind"))


def left_out(organisation: Organisation, editions: list[Edition]) -> list[Element]:
    """Elements that the line needs and that have begun, of which nothing is shown. One query."""
    rows = Element.objects.filter(organisation=organisation, kind__in=ON_THE_LINE)
    return list(rows.exclude(pk__in=[each.element_id for each in editions]).order_by("kind"))


def _ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row["position"], row["id"]))


def _item(row: dict[str, Any]) -> Item:
    """A frozen item, in the shape that the picture is drawn from. Never saved."""
    return Item(
        pk=UUID(row["id"]),
        kind=row["kind"],
        parent_id=UUID(row["parent"]) if row["parent"] else None,
        title=row["title"],
        text=row["text"],
        data=row["data"],
    )


# A competency with its domain's name and hue, and the id under which it stands on the line.
Known = dict[str, tuple[UUID, CompetencyItem, str, int]]


def _competencies(wanted: set[str]) -> Known:
    """The competencies that items serve, of frameworks that everyone may read; the same one of two versions once.
    One query, none without any."""
    if not wanted:
        return {}
    versions = FrameworkVersion.objects.filter(is_open(), competencies__in=wanted).distinct()
    found: Known = {}
    by_code: dict[tuple[UUID, str], UUID] = {}
    for version_id, framework_id in versions.order_by("-published_at", "-pk").values_list("pk", "framework"):
        for domain in tree(version_id).domains:
            for each in domain.competencies:
                if str(each.id) in wanted:
                    at = by_code.setdefault((framework_id, each.code), each.id)
                    found[str(each.id)] = (at, each, domain.name, domain.hue)
    return found


def _journey(known: Known) -> Iterator[Point]:
    for at, each, domain, hue in known.values():
        if at == each.id:
            kind = _("competency of the journey")
            yield Point(at, Column.COMPETENCY, each.name, group=domain, hue=hue, kind=kind, text=each.lede)


def _threads(rows: list[dict[str, Any]], known: Known) -> Iterator[tuple[UUID, UUID]]:
    """As for the draft: what an item serves stands before it, the competencies after everything."""
    for row in rows:
        own = UUID(row["id"])
        for served in row["serves"]:
            yield UUID(served), own
        for key in row["competencies"]:
            if key in known:
                yield own, known[key][0]
