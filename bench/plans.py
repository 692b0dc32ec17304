"""Measures a plan of five hundred actions on the engine of DATABASE_URL; prints figures as JSON.

python -m bench.plans [--quick]
"""

import json
import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.core.management import call_command
from django.test import Client

import throughline.config.wsgi  # noqa: F401  (sets up as the web server does)
from bench.cost import measure
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey
from throughline.journeys.setup.actions import Part, start_journey
from throughline.kit import clock
from throughline.plans.doing.actions import add_action, change_state
from throughline.plans.doing.queries import lines_of
from throughline.plans.goals.actions import add_goal
from throughline.plans.models import Action, Goal, PlanTable
from throughline.plans.tables.actions import bring_table, import_table, read_lines
from throughline.plans.timeline.drawing import draw_timeline
from throughline.plans.timeline.layout import Lane, laid_out, window_for
from throughline.plans.timeline.queries import aims_of, bar_of, by_goal, lanes_of
from throughline.schools.models import Membership, Role
from throughline.schools.tenant import seat_of
from throughline.testing import client_of, make_member, make_school

GOALS, EACH = 20, 25
FRAMEWORK = "journeys-to-mastery-learning"


def main() -> None:
    """Prepare an empty database and measure."""
    call_command("prepare", stdout=sys.stderr)
    print(json.dumps(figures(EACH if "--quick" not in sys.argv[1:] else 3)))


def figures(each: int) -> dict[str, Any]:
    """Costs of each page and of the picture alone."""
    school = make_school("Long plan")
    people = [make_member(school, f"Person {n}", Role.LEAD if n == 0 else Role.EDUCATOR) for n in range(10)]
    lead, today = people[0], clock.today()
    _plan(people, each, today)
    client: Client = client_of(lead)
    there = f"/s/{school.slug}/plan/"
    works: dict[str, Callable[[], object]] = {
        "the picture of the timeline alone": _picture(school.pk, today),
        **{
            words: _page(client, there + address)
            for words, address in (
                ("timeline by goal", "timeline/"),
                ("timeline by person", "timeline/?by=person"),
                ("the plan", ""),
                ("my actions", "mine/"),
                ("what slipped and what waits", "slipped/"),
            )
        },
    }
    costs = {words: measure(work).told() for words, work in works.items()}
    rows = 2_000 if each == EACH else 100
    return {"costs": costs, "actions": GOALS * each, "rows": rows, "import": _import(rows)}


def _import(rows: int) -> dict[str, Any]:
    """What a table of so many rows costs from the file to the plan of another school, step by step."""
    lead = make_member(make_school("Brought in"), "Ada Lind", Role.LEAD)
    journey = _journey(lead)
    lines = [f"K-{n},Goal {n % GOALS},What is done {n},2027-03-{n % 28 + 1:02}" for n in range(rows)]
    raw = "\n".join(["ID,Goal,Action,Due", *lines]).encode()

    def bring() -> PlanTable:
        return bring_table(name="plan.csv", raw=raw, by=lead)

    def everything() -> None:
        import_table(table=bring(), journey=journey, by=lead)

    def empty() -> None:
        Action.objects.filter(organisation=lead.organisation).delete()
        Goal.objects.filter(organisation=lead.organisation).delete()

    held = bring()
    few = partial(measure, most=7, seconds=8.0)
    works = {
        "the file read and kept": few(bring),
        "what each row becomes": few(lambda: read_lines(held)),
        "all of it, from the file to the plan": few(everything, undo=empty),
    }
    everything()
    works["the same file again, nothing changes"] = few(everything)
    return {words: cost.told() for words, cost in works.items()}


def _page(client: Client, address: str) -> Callable[[], object]:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return lambda: client.get(address)


def _picture(organisation: UUID, today: date) -> Callable[[], object]:
    lines = lines_of(organisation)
    lanes: list[Lane] = lanes_of(lines, by_goal(aims_of(organisation), "Without a goal"), today, "")
    labels = {line.id: line.title for line in lines}

    def work() -> str:
        layout = laid_out(lanes, window_for((bar_of(line, today) for line in lines), today))
        return draw_timeline(
            layout,
            title="Timeline",
            today=today,
            today_label="today",
            month_name=str,
            labels=labels,
            href=lambda key: f"/{key}/",
            lane_href=lambda key: f"?open={key}",
        )

    return work


def _journey(lead: Membership) -> Journey:
    version = FrameworkVersion.objects.filter(framework__owner=None, framework__code=FRAMEWORK).latest(
        "published_at"
    )
    return start_journey(name="Ours", version=version, team=[Part(lead)], by=seat_of(lead))


def _plan(people: list[Membership], each: int, today: date) -> None:
    """Twenty goals with so many actions over a year: some done, some late, ten owners in turn."""
    lead = people[0]
    journey = _journey(lead)
    served = tree(journey.record.version_id).competencies
    for number in range(GOALS):
        goal = add_goal(
            journey=journey,
            title=f"What will be true for goal {number}",
            competencies=[served[number % len(served)].id],
            by=lead,
        )
        for at in range(each):
            start = today + timedelta(days=at * 12 - 40)
            action = add_action(
                goal=goal,
                title=f"Something that somebody does, number {at}",
                owner=people[(number + at) % len(people)],
                starts_on=start if at % 3 else None,
                due_on=start + timedelta(days=21),
                by=lead,
            )
            if at % 4 == 0:
                change_state(action=action, state="done" if at % 8 else "under-way", by=lead)


if __name__ == "__main__":
    main()
