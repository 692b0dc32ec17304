"""A table brought in by two presses at the same moment is in the plan once; over real connections, on both engines."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from throughline.journeys.models import Journey
from throughline.plans.models import Action, Goal, OutsideKey, PlanTable
from throughline.plans.tables.actions import bring_table, import_table
from throughline.plans.tables.tests.test_pages import at
from throughline.schools.models import Membership
from throughline.testing import client_of

HOW_MANY = 4
ROWS = "ID,Goal,Task\n" + "".join(f"A-{n},A goal,Task {n}\n" for n in range(60))


def at_once(work: Callable[[], str]) -> list[str]:
    barrier = Barrier(HOW_MANY)

    def one(_place: int) -> str:
        try:
            barrier.wait(timeout=60)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(HOW_MANY) as pool:
        return sorted(pool.map(one, range(HOW_MANY)))


def is_in_once() -> bool:
    counts = (Action.objects.count(), Goal.objects.count(), OutsideKey.objects.count())
    return counts == (60, 1, 60) and not PlanTable.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_several_who_bring_one_table_in_at_once_one_does(journey: Journey, lead: Membership) -> None:
    held = bring_table(name="plan.csv", raw=ROWS.encode(), by=lead)

    def work() -> str:
        try:
            return f"{import_table(table=held, journey=journey, by=lead).new} new"
        except ValidationError as refused:
            return refused.messages[0]

    already = "This table is in the plan already, or was put aside."
    assert at_once(work) == ["60 new", *[already] * (HOW_MANY - 1)]
    assert is_in_once()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same_form", [True, False], ids=["one form sent twice", "two windows"])
def test_a_button_pressed_several_times_at_once_brings_it_in_once(
    same_form: bool, journey: Journey, lead: Membership
) -> None:
    held = bring_table(name="plan.csv", raw=ROWS.encode(), by=lead)
    key = uuid4()

    def work() -> str:
        said = {"journey": journey.pk, "_once": key if same_form else uuid4()}
        answer = client_of(lead).post(at("table-into", held), said)
        return f"{answer.status_code} {answer.headers.get('Location', '')}"

    said = at_once(work)
    there = f"302 /s/{lead.organisation.slug}/plan/"
    # whoever came after it was gone is told that there is no such table any more
    assert there in said and set(said) <= {there, "404 "}
    assert is_in_once()
