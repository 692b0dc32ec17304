"""What is structured in an element at one moment, as plain values: frozen in editions, kept with named versions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from throughline.elements.models import Element, Item, ItemRevision, Tie
from throughline.elements.structure.fields import CHOICE, DATE, LINE, NUMBER, OWN, TEXT, Field
from throughline.elements.structure.kinds import KINDS
from throughline.elements.structure.words import is_link, shown

Row = dict[str, Any]


def items_now(element: Element) -> list[Row]:
    """The items that stand, in their order, each with what it is tied to. What belongs to a removed item is removed
    with it. Two queries."""
    here = {"organisation": element.organisation_id}
    found = Item.objects.filter(element=element, removed_at__isnull=True, **here)
    rows = standing(found.order_by("kind", "position", "pk"))
    ties: dict[UUID, list[Tie]] = defaultdict(list)
    for tie in Tie.objects.filter(item__in=[each.pk for each in rows], **here):
        ties[tie.item_id].append(tie)
    return [_row(each, ties[each.pk]) for each in rows]


def words_now(items: Iterable[Item]) -> list[Row]:
    """What items that stand say, without their ties."""
    return [words_row(each, each) for each in standing(each for each in items if each.removed_at is None)]


def standing(items: Iterable[Item]) -> list[Item]:
    """Those whose parents, and the parents of these, are all among them."""
    known = {each.pk: each for each in items}

    def stands(item: Item) -> bool:
        above = item.parent_id
        return above is None or (above in known and stands(known[above]))

    return [each for each in known.values() if stands(each)]


def whole(rows: Iterable[Row]) -> list[Row]:
    """The same for rows: without those whose parents are not among them."""
    known = {each["id"]: each for each in rows}

    def stands(row: Row) -> bool:
        above = row["parent"]
        return above is None or (above in known and stands(known[above]))

    return [each for each in known.values() if stands(each)]


def words_row(item: Item, said: Item | ItemRevision) -> Row:
    """An item as a row: where it stands, and what it says, or said in one of its revisions."""
    return {
        "id": str(item.pk),
        "kind": item.kind,
        "parent": str(item.parent_id) if item.parent_id else None,
        "position": item.position,
        "title": said.title,
        "text": said.text,
        "data": said.data,
    }


def _row(item: Item, ties: list[Tie]) -> Row:
    return {
        **words_row(item, item),
        "serves": sorted(str(each.to_id) for each in ties if each.to_id),
        "competencies": sorted(str(each.competency_id) for each in ties if each.competency_id),
    }


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of a kept item, besides its title and its text. `ours`: the words are the product's, not the school's."""

    label: str
    said: str
    href: str = ""
    ours: bool = False


def facts_of(row: Mapping[str, Any]) -> list[Fact]:
    """Every other field that says something, in the order of its kind; what the kind no longer has stands last."""
    kind, data = KINDS.get(row["kind"]), row.get("data") or {}
    fields = [each for each in kind.fields if each.key not in OWN] if kind else []
    known = [_fact(each, str(data[each.key])) for each in fields if data.get(each.key)]
    rest = data.keys() - {each.key for each in fields}
    return [*known, *(Fact(key, str(data[key])) for key in sorted(rest) if data[key])]


def _fact(field: Field, said: str) -> Fact:
    return Fact(
        str(field.label),
        shown(field, said),
        said if field.sort not in (LINE, TEXT) and is_link(said) else "",
        field.sort in (CHOICE, DATE, NUMBER),
    )


def words_in(row: Mapping[str, Any]) -> Iterator[str]:
    """What of it can be translated: the title, the text, and every other field that holds words of the school."""
    yield from (text for text in (row["title"], row["text"]) if text)
    yield from (each.said for each in facts_of(row) if not each.ours and not each.href)


@dataclass(frozen=True, slots=True)
class Differences:
    """What restoring the items of another moment would do, by their names."""

    back: list[str]
    changed: list[str]
    gone: list[str]
    retied: list[str]

    def __bool__(self) -> bool:
        return bool(self.back or self.changed or self.gone or self.retied)


_WORDS = ("title", "text", "data")
_TIES = ("serves", "competencies")


def differences(now: Iterable[Row], then: Iterable[Row]) -> Differences:
    """What stood then beside what stands now. Rows that know no ties leave them as they are."""
    standing, wanted = {each["id"]: each for each in now}, {each["id"]: each for each in then}
    both = [(standing[key], row) for key, row in wanted.items() if key in standing]
    return Differences(
        [row["title"] for key, row in wanted.items() if key not in standing],
        [row["title"] for one, row in both if any(one[word] != row[word] for word in _WORDS)],
        [row["title"] for key, row in standing.items() if key not in wanted],
        [row["title"] for one, row in both if any(one[tie] != row[tie] for tie in _TIES if tie in row)],
    )
