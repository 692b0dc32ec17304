"""Where everything on the timeline stands. Pure: no database, no words.

A plan of few actions gives each a row with its name. A large one packs the actions of a lane side by side, so that five
hundred of them fit on a page; opening a lane names them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

WIDTH, NAMES = 1000.0, 250.0
HEAD, FOOT = 30.0, 8.0
ROW, BAR = 24.0, 12.0  # named
PACKED_ROW, LEAST_ROW = 13.0, 5.0
MOST_PACKED = 1_100.0  # so high may all packed rows be together before they become thinner
LANE_HEAD, LANE_GAP = 24.0, 8.0
NAMED_AT_MOST = 60
LEAST = 9.0  # so wide is the shortest bar, or a finger finds nothing
MOST_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """An action on the timeline. Without a start it is a mark on its day."""

    id: UUID
    title: str
    state: str
    starts_on: date | None
    due_on: date | None
    is_late: bool = False

    @property
    def first(self) -> date | None:
        """The first of its days."""
        return self.starts_on or self.due_on

    @property
    def last(self) -> date | None:
        """The last of its days."""
        return self.due_on or self.starts_on


@dataclass(frozen=True, slots=True)
class Lane:
    """What belongs together: the actions of a goal, of a priority or of a person."""

    key: str
    name: str
    bars: Sequence[Bar]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """The months that are shown, whole ones: from the first day of one to the last day of another."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def x(self, day: date) -> float:
        """Where a day begins, kept inside."""
        at = min(max((day - self.first).days, 0), self.days)
        return NAMES + (WIDTH - NAMES) * at / self.days

    def meets(self, bar: Bar) -> bool:
        """Whether something of it is inside."""
        return (
            bar.first is not None
            and bar.last is not None
            and bar.first <= self.last
            and bar.last >= self.first
        )

    def months(self) -> list[date]:
        """The first day of each month."""
        found, day = [], self.first
        while day <= self.last:
            found.append(day)
            day = month_after(day)
        return found


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def month_after(day: date) -> date:
    """The first day of the next month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def window_for(bars: Iterable[Bar], today: date, *, whole: bool = False) -> Window:
    """From the month before this one (or from the first action, if `whole`) to the last action, two years at most."""
    known = [(bar.first, bar.last) for bar in bars]
    firsts = [first for first, _last in known if first]
    lasts = [last for _first, last in known if last]
    earliest = month_of(min([*firsts, today]))
    before = month_of(month_of(today) - timedelta(days=1))
    first = earliest if whole else max(earliest, before)
    end = month_after(max([*lasts, today + timedelta(days=60)]))
    most = first
    for _month in range(MOST_MONTHS):
        most = month_after(most)
    return Window(first, min(end, most) - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Placed:
    """A bar in the picture; `named` says that its name stands before it."""

    bar: Bar
    x: float
    y: float
    width: float
    height: float
    named: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The head of a lane."""

    lane: Lane
    y: float


@dataclass(slots=True)
class Layout:
    """Everything in its place."""

    window: Window
    heads: list[Row] = field(default_factory=list)
    bars: list[Placed] = field(default_factory=list)
    height: float = HEAD


def laid_out(lanes: Sequence[Lane], window: Window) -> Layout:
    """Place the lanes one under the other. Bars that are not in the window are left out."""
    layout, y = Layout(window), HEAD
    all_named = sum(len(lane.bars) for lane in lanes) <= NAMED_AT_MOST
    found = [(lane, [bar for bar in lane.bars if window.meets(bar)]) for lane in lanes]
    packed = {
        at: _packed(bars, window) for at, (lane, bars) in enumerate(found) if not (all_named or lane.is_open)
    }
    rows = sum(len(each) for each in packed.values())
    high = max(LEAST_ROW, min(PACKED_ROW, MOST_PACKED / max(rows, 1)))
    for at, (lane, bars) in enumerate(found):
        if not bars:
            continue
        layout.heads.append(Row(lane, y))
        y += LANE_HEAD
        if at in packed:
            y += _placed(layout, packed[at], y, high)
        else:
            y += _named(layout, bars, y)
        y += LANE_GAP
    layout.height = y + FOOT
    return layout


def _spread(bar: Bar, window: Window) -> tuple[float, float]:
    assert bar.first and bar.last
    left, right = window.x(bar.first), window.x(bar.last + timedelta(days=1))
    if right - left < LEAST:
        left = max(NAMES, min(left, WIDTH - LEAST))
        right = left + LEAST
    return left, right - left


def _named(layout: Layout, bars: list[Bar], y: float) -> float:
    for at, bar in enumerate(bars):
        x, width = _spread(bar, layout.window)
        layout.bars.append(Placed(bar, x, y + at * ROW + (ROW - BAR) / 2, width, BAR, named=True))
    return len(bars) * ROW


def _packed(bars: list[Bar], window: Window) -> list[list[tuple[Bar, float, float]]]:
    """Rows of bars with where each begins and how wide it is: each bar in the first row that is free there."""
    rows: list[list[tuple[Bar, float, float]]] = []
    ends: list[float] = []
    for bar in sorted(bars, key=lambda each: (each.first or date.max, each.last or date.max)):
        x, width = _spread(bar, window)
        at = next((at for at, end in enumerate(ends) if end <= x), len(ends))
        if at == len(ends):
            ends.append(0.0)
            rows.append([])
        ends[at] = x + width + 2
        rows[at].append((bar, x, width))
    return rows


def _placed(layout: Layout, rows: list[list[tuple[Bar, float, float]]], y: float, high: float) -> float:
    for at, row in enumerate(rows):
        layout.bars += [
            Placed(bar, x, y + at * high, width, high * 0.72, named=False) for bar, x, width in row
        ]
    return len(rows) * high
