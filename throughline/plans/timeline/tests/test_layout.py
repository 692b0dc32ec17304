"""The timeline as a pure function: every action of the window has its place, none lies on another."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.plans.timeline.drawing import draw_timeline
from throughline.plans.timeline.layout import (
    NAMED_AT_MOST,
    NAMES,
    WIDTH,
    Bar,
    Lane,
    laid_out,
    month_after,
    window_for,
)

TODAY = date(2026, 11, 30)
DAYS = st.integers(-400, 700).map(lambda n: TODAY + timedelta(days=n))


@st.composite
def bars(draw: st.DrawFn) -> Bar:
    start, due = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if start and due and due < start:
        start, due = due, start
    state = draw(st.sampled_from(["planned", "under-way", "done"]))
    return Bar(draw(st.uuids()), draw(st.text(max_size=40)), state, start, due)


LANES = st.lists(
    st.builds(Lane, st.just("key"), st.text(max_size=60), st.lists(bars(), max_size=25), st.booleans()),
    max_size=5,
)


@given(LANES, st.booleans())
def test_every_action_of_the_window_has_a_place_and_none_covers_another(
    lanes: list[Lane], whole: bool
) -> None:
    all_bars = [bar for lane in lanes for bar in lane.bars]
    window = window_for(all_bars, TODAY, whole=whole)
    layout = laid_out(lanes, window)
    assert sorted(each.bar.id for each in layout.bars) == sorted(
        bar.id for bar in all_bars if window.meets(bar)
    )
    assert window.first.day == 1 and month_after(window.last) == window.last + timedelta(days=1)
    for each in layout.bars:
        assert each.x >= NAMES and each.x + each.width <= WIDTH + 0.01
        assert each.y + each.height <= layout.height
    for at, one in enumerate(layout.bars):
        for other in layout.bars[at + 1 :]:
            apart = (
                one.x + one.width <= other.x + 0.01
                or other.x + other.width <= one.x + 0.01
                or one.y + one.height <= other.y
                or other.y + other.height <= one.y
            )
            assert apart, (one, other)


@given(LANES)
def test_the_picture_says_each_action_once_and_lets_no_markup_in(lanes: list[Lane]) -> None:
    all_bars = [bar for lane in lanes for bar in lane.bars]
    layout = laid_out(lanes, window_for(all_bars, TODAY))
    drawn = draw_timeline(
        layout,
        title="<Plan>",
        today=TODAY,
        today_label="today",
        month_name=str,
        labels={bar.id: f"<b>{bar.title}" for bar in all_bars},
        href=lambda key: f"/{key}/",
        lane_href=lambda key: "",
    )
    assert drawn.count("<title>") == len(layout.bars)
    assert "<b>" not in drawn and "<Plan>" not in drawn


def test_the_window_reaches_from_the_month_before_to_the_last_action() -> None:
    one = Bar(uuid4(), "Far", "planned", TODAY - timedelta(days=200), TODAY + timedelta(days=300))
    window = window_for((each for each in [one]), TODAY)
    assert (window.first, window.last) == (date(2026, 10, 1), date(2027, 9, 30))
    assert window_for([one], TODAY, whole=True).first == date(2026, 5, 1)


def test_a_large_plan_is_packed_and_an_opened_lane_names_its_own() -> None:
    def lane(key: str, *, is_open: bool) -> Lane:
        found = [
            Bar(uuid4(), f"Action {n}", "planned", None, TODAY + timedelta(days=n))
            for n in range(NAMED_AT_MOST)
        ]
        return Lane(key, key, found, is_open)

    layout = laid_out([lane("a", is_open=True), lane("b", is_open=False)], window_for([], TODAY))
    assert {each.named for each in layout.bars[:10]} == {True}
    assert layout.bars[-1].named is False


@pytest.mark.parametrize(("apart", "most"), [(12, 1_500), (1, 3_600)])
def test_five_hundred_actions_stay_readable_on_one_page(apart: int, most: int) -> None:
    """Spread over the year, or all of a goal at once: at the width of a landscape page, scaled to one page in print."""
    lanes = []
    for lane in range(20):
        starts = [TODAY + timedelta(days=n * apart) for n in range(25)]
        bars = [
            Bar(UUID(int=lane * 25 + n), f"Action {n}", "planned", start, start + timedelta(days=21))
            for n, start in enumerate(starts)
        ]
        lanes.append(Lane(str(lane), f"Goal {lane}", bars))
    layout = laid_out(lanes, window_for([bar for lane in lanes for bar in lane.bars], TODAY))
    assert len(layout.bars) == 500
    assert layout.height < most
