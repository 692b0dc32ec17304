"""What the plan shows of many goals and actions. Pure."""

from datetime import date
from uuid import UUID, uuid4

from throughline.plans.doing.queries import Line
from throughline.plans.goals.queries import SHOWN_EACH, Asked, Counts, counted, planned
from throughline.plans.models import Goal

TODAY = date(2027, 1, 15)
ONE, OTHER = uuid4(), uuid4()


def goal(**more: object) -> Goal:
    return Goal(**{"title": "A goal", "journey_id": ONE, **more})


def line(of: Goal | None, state: str = "planned", **more: object) -> Line:
    known: dict[str, object] = {"due_on": None, "owner_id": ONE, "owner": "Mei", "owner_left": None, **more}
    return Line(uuid4(), of.pk if of else None, "Do it", state, None, **known)  # type: ignore[arg-type]


def found(
    goals: list[Goal], lines: list[Line], asked: Asked, waits: dict[UUID, int] | None = None
) -> list[int]:
    return [len(each.lines) for each in planned(goals, lines, asked, waits or {}, TODAY)]


def test_what_is_done_is_folded_and_counted() -> None:
    held = goal()
    [block] = planned([held], [line(held), line(held, "done"), line(held, "dropped")], Asked(), {}, TODAY)
    assert (len(block.lines), block.done, block.total) == (1, 1, 2)


def test_a_goal_without_actions_stands_there_and_one_that_is_over_does_not() -> None:
    assert found([goal(), goal(state="reached")], [], Asked()) == [0]


def test_filters_leave_out_goals_where_nothing_is_found() -> None:
    first, second = goal(), goal(journey_id=OTHER)
    late = line(first, due_on=date(2027, 1, 14))
    lines = [late, line(second, owner_id=None, owner=None), line(second, owner_left=TODAY), line(None)]
    assert found([first, second], lines, Asked(state="late")) == [1]
    assert found([first, second], lines, Asked(state="unowned")) == [2]
    assert found([first, second], lines, Asked(state="waiting"), {late.id: 1}) == [1]
    assert found([first, second], lines, Asked(journey=str(OTHER))) == [2]
    assert found([first, second], lines, Asked(owner=str(ONE))) == [1, 1, 1]
    assert found([first, second], lines, Asked(state="done")) == []
    assert counted(lines, TODAY) == Counts(open=4, late=1, unowned=2, done=0)


def test_a_long_plan_shows_the_first_of_each_goal_and_says_how_many_follow() -> None:
    goals = [goal() for _each in range(20)]
    lines = [line(each) for each in goals for _each in range(25)]
    blocks = planned(goals, lines, Asked(), {}, TODAY)
    assert {len(each.lines) for each in blocks} == {SHOWN_EACH}
    assert sum(each.more + len(each.lines) for each in blocks) == 500
    assert {each.more for each in planned(goals[:4], lines[:100], Asked(), {}, TODAY)} == {0}
