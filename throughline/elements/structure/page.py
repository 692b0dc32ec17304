"""The rows of the page of an element's items, and what stands around one item. Reads; no request."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from throughline.elements.models import ElementKind, Item, Tie
from throughline.elements.policy import STAFF, Part, may_see_draft
from throughline.elements.queries import parts_of
from throughline.elements.structure.addresses import address, step_of
from throughline.elements.structure.fields import CHOICE, Kind
from throughline.elements.structure.gaps import Gap, gaps_of, ground_of
from throughline.elements.structure.kinds import KINDS, children_of, kinds_of
from throughline.elements.structure.queries import (
    Node,
    competencies_tied,
    items_by_kind,
    ties_of,
    walk,
)
from throughline.elements.structure.words import shown
from throughline.frameworks.tree import CompetencyItem
from throughline.schools.tenant import Seat


@dataclass(slots=True)
class Whole:
    """Everything structured in an organisation's elements: four queries, whatever is asked of it."""

    items: dict[str, list[Node]]  # by kind of element
    ties: list[Tie]
    competencies: dict[UUID, CompetencyItem]
    seen: Collection[str] | None = None  # kinds of elements whose draft the reader may see; None: all
    by_id: dict[UUID, Item] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id = {node.item.pk: node.item for nodes in self.items.values() for node in walk(nodes)}

    def gaps(self, element: str) -> list[Gap]:
        """What is missing in the element of one kind."""
        return gaps_of(element, ground_of(self.items, self.ties))

    def shows(self, item: Item) -> bool:
        """Whether the reader may see the draft that an item stands in."""
        return self.seen is None or KINDS[item.kind].element in self.seen

    def served(self, item: Item) -> list[str]:
        """The names of what serves an item, of drafts that the reader may see."""
        found = [
            self.by_id[tie.item_id] for tie in self.ties if tie.to_id == item.pk and tie.item_id in self.by_id
        ]
        return [each.title for each in found if self.shows(each)]

    def serves(self) -> dict[UUID, list[str]]:
        """The names of what each item serves: other items (of drafts that the reader may see), then competencies."""
        found: dict[UUID, list[str]] = defaultdict(list)
        for tie in self.ties:
            if tie.to_id in self.by_id and self.shows(self.by_id[tie.to_id]):
                found[tie.item_id].append(self.by_id[tie.to_id].title)
        for tie in self.ties:
            if tie.competency_id in self.competencies:
                found[tie.item_id].append(self.competencies[tie.competency_id].name)
        return found


def whole_of(seat: Seat) -> Whole:
    """Every item and tie of an organisation's elements, with the competencies that they lead to, for one reader."""
    organisation = seat.organisation
    seen = None if seat.has(*STAFF) else [part.element.kind for part in parts_of(seat) if may_see_draft(part)]
    ties = ties_of(organisation)
    return Whole(items_by_kind(organisation), ties, competencies_tied(organisation, ties), seen)


@dataclass(slots=True)
class Row:
    """An item on the page of all of them."""

    item: Item
    url: str
    badge: str
    note: str
    serves: str
    below: list["Block"]
    first: bool
    last: bool


@dataclass(slots=True)
class Block:
    """The items of one kind under one parent (or at the top), and where one is added."""

    kind: Kind
    rows: list[Row]
    add: str


def blocks_of(part: Part, nodes: list[Node], serves: dict[UUID, list[str]]) -> list[Block]:
    """The page of an element's items, from the top."""
    one = address(part, "item", UUID(int=0))
    adds = {each.kind.value: address(part, "add-item", what=each.kind.value) for each in KINDS.values()}

    def block(kind: Kind, found: list[Node], parent: Item | None) -> Block:
        last = len(found) - 1
        rows = [
            Row(
                node.item,
                one.replace(str(UUID(int=0)), str(node.item.pk)),
                badge_of(node.item),
                note_of(node.item),
                " · ".join(serves.get(node.item.pk, ())),
                [block(each, node.of(each.kind), node.item) for each in children_of(node.item.kind)],
                at == 0,
                at == last,
            )
            for at, node in enumerate(found)
        ]
        add = adds[kind.kind.value]
        return Block(kind, rows, f"{add}?under={parent.pk}" if parent else add)

    top = kinds_of(part.element.kind)
    return [block(each, [node for node in nodes if node.item.kind == each.kind], None) for each in top]


def badge_of(item: Item) -> str:
    """The word that sorts an item among those of its kind: a credit's level, a voice's group."""
    for each in KINDS[item.kind].fields:
        if each.sort == CHOICE and item.data.get(each.key):
            return shown(each, item.data[each.key])
    return ""


def note_of(item: Item) -> str:
    """A line about an item: what it says at length, or what tells it from the others of its kind."""
    said = item.text or item.data.get("stage") or item.data.get("source") or ""
    return said if len(said) <= 220 else f"{said[:219].rstrip()}…"


def serving_kinds(kind: str) -> list[Kind]:
    """The kinds of items that may serve an item of this kind."""
    return [each for each in KINDS.values() if kind in each.ties]


def gap_rows(part: Part, gaps: Iterable[Gap]) -> list[tuple[str, str | Promise, str | Promise]]:
    """Each gap: the address of its next step, the step's words, its sentence."""
    return [step_of(part, gap) for gap in gaps]


def in_words(element: str, nodes: Iterable[Node]) -> Iterator[str]:
    """How many there are of each kind at the top of an element, and below."""
    counts: dict[str, int] = defaultdict(int)
    for node in walk(nodes):
        counts[node.item.kind] += 1
    for kind in KINDS.values():
        if kind.element == element and counts[kind.kind]:
            yield _("%(kind)s: %(count)d") % {"kind": kind.plural, "count": counts[kind.kind]}


def is_structured(element: str) -> bool:
    """Whether an element of this kind has items at all: the Implementation Plan has its text only."""
    return element != ElementKind.IMPLEMENTATION_PLAN
