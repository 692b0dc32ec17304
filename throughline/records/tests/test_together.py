"""Decisions that arrive together are all kept, in one order; the same on both engines, over real connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from throughline.frameworks.tree import Tree
from throughline.records.actions import decide, open_record
from throughline.records.models import Decision, Record, Standing
from throughline.records.rebuild import differences_of
from throughline.schools.models import Membership

HOW_MANY = 8


def at_once(work: Callable[[int], object]) -> None:
    """Every piece of work in a thread and a connection of its own, started at the same moment."""
    barrier = Barrier(HOW_MANY)

    def one(place: int) -> None:
        try:
            barrier.wait(timeout=60)
            work(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(HOW_MANY) as pool:
        list(pool.map(one, range(HOW_MANY)))


@pytest.mark.django_db(transaction=True)
def test_decisions_that_arrive_together_are_all_kept_in_one_order(
    record: Record, grown: Tree, lead: Membership
) -> None:
    competencies = grown.competencies[:2]

    def say(place: int) -> None:
        decide(
            record=record,
            competency_id=competencies[place % 2].id,
            after="in-progress" if place % 3 else "not-started",
            reason=f"Said by {place}",
            by=lead,
        )

    at_once(say)
    made = list(Decision.objects.filter(record=record).order_by("number"))
    assert [each.number for each in made] == list(range(1, HOW_MANY + 1))
    assert {each.reason for each in made} == {f"Said by {place}" for place in range(HOW_MANY)}
    for competency in competencies:
        chain = [each for each in made if each.competency_id == competency.id]
        assert [each.before for each in chain] == ["not-started", *(each.after for each in chain[:-1])]
        assert [each.at for each in chain] == sorted(each.at for each in chain)
    assert differences_of(record) == []
    assert Standing.objects.filter(record=record).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_record_opened_twice_at_once_is_one(record: Record, make_one: Callable[..., Membership]) -> None:
    learner = make_one("Salma Haddad", "learner")
    version = record.version
    at_once(lambda _place: open_record(version=version, by=learner, learner=learner))
    assert Record.objects.filter(learner=learner).count() == 1
