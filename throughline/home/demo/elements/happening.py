"""What happened to the elements, in the order of its days: each day's doings come from the files of `texts`."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from throughline.home.demo.building import Building
from throughline.home.demo.elements import publishing, texts
from throughline.home.demo.elements.deciding import Decided
from throughline.home.demo.elements.drafting import Drafts, tied
from throughline.home.demo.elements.gathering import Gathering
from throughline.home.demo.elements.talking import Talk, suggested
from throughline.home.demo.elements.texts import Told

# A day, what comes first on the same day, and what is done.
Doing = tuple[int, int, Callable[[], object]]
BEGIN, ADD, TIE, WRITE, SAY, DECIDE = range(6)


def happen(built: Building) -> None:
    """Everything, day by day."""
    drafts = Drafts(built)
    doings = [each for kind in texts.KINDS for each in _drafted(drafts, kind, texts.told_of(kind))]
    doings += _tied(drafts)
    for day, _order, do in sorted(doings, key=lambda each: each[:2]):
        with built.standing(day):
            do()


def _drafted(drafts: Drafts, kind: str, told: Told) -> Iterator[Doing]:
    yield told["begun"], BEGIN, partial(drafts.begin, kind, told)
    for each in told.get("invited", ()):
        yield each["day"], BEGIN, partial(drafts.invite, kind, each)
    for each in told.get("items", ()):
        yield each["day"], ADD, partial(drafts.add, kind, each, each["by"])
    sections, sittings = texts.sections_of(kind), told["sittings"]
    for number, each in enumerate(sittings):
        if "suggested" in each:
            yield from _said(suggested(drafts, kind, each))
        else:
            yield each["day"], WRITE, partial(drafts.sit, kind, sections, sittings, number)
    for each in told.get("threads", ()):
        yield from _said(Talk(drafts, kind, each).doings())
    for day, do in Gathering(drafts).doings(told):
        yield day, SAY, do
    for day, do in Decided(drafts, kind, told).doings():
        yield day, DECIDE, do
    for day, do in publishing.doings(drafts, kind, told):
        yield day, DECIDE, do


def _said(days: Iterable[tuple[int, Callable[[], object]]]) -> Iterator[Doing]:
    for day, do in days:
        yield day, SAY, do


def _tied(drafts: Drafts) -> Iterator[Doing]:
    """An item is tied when both ends are there."""
    came: dict[str, int] = {}
    wanted: list[tuple[int, str, Told]] = []
    for kind in texts.KINDS:
        items = texts.told_of(kind).get("items", [])
        came |= {key: day for day, key in _keys(items, 0)}
        wanted += tied(items, 0, "")
    for day, by, each in wanted:
        last = max([day, *(came[key] for key in each.get("serves", ()))])
        yield last, TIE, partial(drafts.tie, each, by)


def _keys(items: list[Told], day: int) -> Iterator[tuple[int, str]]:
    for each in items:
        came = each.get("day", day)
        if "key" in each:
            yield came, each["key"]
        yield from _keys(each.get("of", []), came)
