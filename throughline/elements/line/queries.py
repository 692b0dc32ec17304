"""Reads the throughline of an organisation: its items and their ties, and the competencies of its journey."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from throughline.elements.line.graph import Column, Line, Point, line_of, untangled
from throughline.elements.models import ElementKind, Item, ItemKind
from throughline.elements.queries import parts_of
from throughline.elements.structure.addresses import step_of
from throughline.elements.structure.gaps import Gap
from throughline.elements.structure.kinds import KINDS, LEVELS
from throughline.elements.structure.page import Whole, whole_of
from throughline.elements.structure.queries import Node, journey_tree, walk
from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.records.models import Record
from throughline.records.queries import profile_of, records_visible_to
from throughline.schools.tenant import Seat

COLUMN_OF = {
    ItemKind.FACT.value: Column.REASON,
    ItemKind.VOICE.value: Column.REASON,
    ItemKind.VISION.value: Column.VISION,
    ItemKind.ATTRIBUTE.value: Column.ATTRIBUTE,
    ItemKind.CREDIT.value: Column.CREDIT,
}
ON_THE_LINE = (ElementKind.CALL_TO_ACTION, ElementKind.GRADUATE_PROFILE, ElementKind.BUILDING_BLOCKS)


@dataclass(frozen=True, slots=True)
class Missing:
    """The gaps of one element with their next steps (address, words, sentence)."""

    element: str
    gaps: list[tuple[str, str | Promise, str | Promise]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A throughline as one person sees it. `begun`: the elements that the line needs and that have begun."""

    line: Line
    missing: list[Missing]
    begun: frozenset[str]
    record: Record | None


def throughline_of(seat: Seat) -> Shown:
    """The whole line, untangled. At most nine queries, whatever its size."""
    whole = whole_of(seat)
    parts = {part.element.kind: part for part in parts_of(seat)}
    gaps = {kind: whole.gaps(kind) for kind in ON_THE_LINE if kind in parts}
    record, known = _journey(seat)
    points = [*_items(whole, seat, gaps), *_competencies(seat, record, known)]
    missing = [
        Missing(parts[kind].element.title, [step_of(parts[kind], gap) for gap in found])
        for kind, found in gaps.items()
        if found
    ]
    line = untangled(line_of(points, _threads(whole, known)))
    return Shown(line, missing, frozenset(parts), record)


def _journey(seat: Seat) -> tuple[Record | None, Tree | None]:
    known = journey_tree(seat.organisation)
    own = records_visible_to(seat).filter(group=None, learner=None)
    record = own.filter(version_id=known.version_id).first() if known else None
    return record, known


def _items(whole: Whole, seat: Seat, gaps: dict[ElementKind, list[Gap]]) -> Iterator[Point]:
    said: dict[UUID, list[str]] = defaultdict(list)
    for found in gaps.values():
        for gap in found:
            if gap.item:
                said[gap.item].append(str(gap.sentence))
    return points_of(whole.items, said, lambda item: _address(seat, KINDS[item.kind].element, item))


def points_of(
    items: Mapping[str, list[Node]], said: Mapping[UUID, list[str]], address: Callable[[Item], str]
) -> Iterator[Point]:
    """The points of elements, by the kind of each. `said`: what is missing at an item, in sentences."""
    for kind in ON_THE_LINE:
        hue = 0
        for node, parent in _with_parent(items.get(kind, [])):
            column = COLUMN_OF.get(node.item.kind)
            if node.item.kind in {ItemKind.AREA, ItemKind.ATTRIBUTE}:
                hue += 1
            if column is None:
                continue
            criteria = node.of(ItemKind.CRITERION)
            inner = [sentence for each in criteria for sentence in said.get(each.item.pk, ())]
            yield Point(
                node.item.pk,
                column,
                node.item.title,
                group=parent.title if parent else "",
                hue=hue if column in {Column.ATTRIBUTE, Column.CREDIT} else 0,
                kind=str(node.item.get_kind_display()),
                text=node.item.text,
                href=address(node.item),
                criteria=tuple((each.item.title, _described(each.item)) for each in criteria),
                gaps=(*said.get(node.item.pk, ()), *inner),
            )


def _with_parent(nodes: list[Node]) -> Iterator[tuple[Node, Item | None]]:
    """Every node with the item that it belongs to, each area before its credits."""
    for node in nodes:
        yield node, None
        for child in walk(node.children):
            yield child, node.item


def _described(criterion: Item) -> bool:
    return all(criterion.data.get(level) for level in LEVELS)


def _address(seat: Seat, element: str, item: Item) -> str:
    told = {"school": seat.organisation.slug, "kind": element, "item_id": item.pk}
    return reverse("elements:item", kwargs=told)


def _competencies(seat: Seat, record: Record | None, known: Tree | None) -> Iterator[Point]:
    standings = profile_of(record, known).by_competency() if record and known else {}
    for domain in known.domains if known else ():
        for each in domain.competencies:
            held = standings.get(each.id)
            told = (
                {"school": seat.organisation.slug, "record_id": record.pk, "competency_id": each.id}
                if record
                else {}
            )
            yield Point(
                each.id,
                Column.COMPETENCY,
                each.name,
                group=domain.name,
                hue=domain.hue,
                kind=_("competency of the journey"),
                text=each.lede,
                href=reverse("records:competency", kwargs=told) if told else "",
                standing=held.standing if held else "",
            )


def _threads(whole: Whole, known: Tree | None) -> Iterator[tuple[UUID, UUID]]:
    """What an item serves stands before it on the line; the competencies of the journey stand after everything."""
    by_code = {each.code: each.id for each in known.competencies} if known else {}
    lead_to: dict[UUID, CompetencyItem] = whole.competencies
    for tie in whole.ties:
        if tie.to_id:
            yield tie.to_id, tie.item_id
        elif tie.competency_id in lead_to:
            # tied to an older version of the framework: the same competency of the one in force
            now = by_code.get(lead_to[tie.competency_id].code)
            if now:
                yield tie.item_id, now
