"""Small tests: a prediction before, what happened, and what follows."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.plans.cycles import actions
from throughline.plans.cycles.checking import Found, Idea, Trial
from throughline.plans.cycles.queries import find_tested
from throughline.plans.models import Cycle, Goal, LogEntry, Serves, SmallTest
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of

pytestmark = pytest.mark.django_db
IDEA = Idea("Exit cards", "Do they say more precisely what comes next?")
TRIAL = Trial("Cards on Friday in one class", "Half of them name a next step")
FOUND = Found("Nine of twenty did", "Fewer than expected", "Mornings work better")


@pytest.fixture
def test(goal: Goal, lead: Membership) -> SmallTest:
    served = Serves.objects.filter(goal=goal).values_list("competency", flat=True)
    return actions.add_test(
        idea=Idea(IDEA.title, IDEA.question, goal, lead, tuple(served)), trial=TRIAL, by=lead
    )


def newest(test: SmallTest) -> Cycle:
    return Cycle.objects.select_related("test").filter(test=test).latest("number")


def begun(test: SmallTest, lead: Membership) -> Cycle:
    return actions.begin_cycle(cycle=newest(test), by=lead)


def test_a_cycle_begins_only_with_a_prediction(goal: Goal, lead: Membership) -> None:
    test = actions.add_test(idea=IDEA, trial=Trial("Cards"), by=lead)
    with pytest.raises(ValidationError, match="what you expect"):
        actions.begin_cycle(cycle=newest(test), by=lead)
    assert not newest(test).has_begun


@pytest.mark.parametrize("name", ["change", "prediction", "starts_on"])
def test_what_was_expected_stays_as_it_was_once_the_cycle_has_begun(
    test: SmallTest, lead: Membership, name: str
) -> None:
    first = actions.change_cycle(cycle=newest(test), trial=Trial("Cards", "A third of them"), by=lead)
    assert first.prediction == "A third of them"
    held = begun(test, lead)
    told: dict[str, Any] = {
        each: getattr(held, each) for each in ("change", "prediction", "starts_on", "ends_on")
    }
    later = clock.today() - timedelta(days=1) if name == "starts_on" else "Nine of twenty, as we knew"
    with pytest.raises(ValidationError, match="stays as it was"):
        actions.change_cycle(cycle=held, trial=Trial(**{**told, name: later}), by=lead)
    until = clock.today() + timedelta(days=9)
    actions.change_cycle(cycle=held, trial=Trial(**{**told, "ends_on": until}), by=lead)
    kept = newest(test)
    assert (kept.prediction, kept.ends_on) == ("A third of them", until)


def test_adapting_carries_over_into_the_next_cycle_and_the_log_keeps_what_was_learned(
    test: SmallTest, lead: Membership
) -> None:
    actions.end_cycle(cycle=begun(test, lead), found=FOUND, outcome="adapt", by=lead)
    second = newest(test)
    assert (second.number, second.change, second.prediction, second.has_begun) == (2, TRIAL.change, "", False)
    line = LogEntry.objects.get(test=test, kind=LogEntry.Kind.LEARNED)
    assert (line.text, line.goal_id, line.data) == (FOUND.learned, test.goal_id, {"outcome": [1, "adapt"]})
    found = find_tested(seat_of(lead), test.pk)
    assert found is not None and found.words == "planned" and found.learned == FOUND.learned


@pytest.mark.parametrize(("outcome", "words"), [("adopt", "adopted"), ("abandon", "abandoned")])
def test_a_test_that_is_over_can_be_tried_again(
    test: SmallTest, lead: Membership, outcome: str, words: str
) -> None:
    ended = actions.end_cycle(cycle=begun(test, lead), found=FOUND, outcome=outcome, by=lead)
    found = find_tested(seat_of(lead), test.pk)
    assert found is not None and found.is_over and found.words == words
    with pytest.raises(ValidationError, match="stays as it is"):
        actions.say_found(cycle=ended, found=Found("Otherwise"), by=lead)
    again = actions.try_again(test=test, by=lead)
    assert (again.number, again.change) == (2, TRIAL.change)
    with pytest.raises(ValidationError, match="not ended"):
        actions.try_again(test=test, by=lead)


def test_a_cycle_ends_only_with_all_that_was_found(test: SmallTest, lead: Membership) -> None:
    with pytest.raises(ValidationError, match="not begun"):
        actions.say_found(cycle=newest(test), found=FOUND, by=lead)
    held = begun(test, lead)
    actions.say_found(cycle=held, found=Found("Three so far"), by=lead)
    with pytest.raises(ValidationError) as wrong:
        actions.end_cycle(
            cycle=held,
            found=Found("Three so far"),
            outcome="perhaps",
            on=clock.today() + timedelta(days=2),
            by=lead,
        )
    assert set(wrong.value.message_dict) == {"compared", "learned", "outcome", "on"}
    assert newest(test).happened == "Three so far" and newest(test).ended_on is None


def test_who_saved_first_is_not_overwritten(test: SmallTest, lead: Membership) -> None:
    held = begun(test, lead)
    actions.say_found(cycle=held, found=Found("Theirs"), by=lead)
    with pytest.raises(ValidationError, match="changed after you opened"):
        actions.say_found(cycle=held, found=Found("Mine"), by=lead, seen_version=held.version)
    with pytest.raises(ValidationError, match="changed after you opened"):
        actions.change_test(test=test, idea=IDEA, by=lead, seen_version=test.version + 1)


def test_the_owner_runs_it_and_other_staff_read(
    test: SmallTest, lead: Membership, educator: Membership, family: Membership
) -> None:
    with pytest.raises(Refused):
        actions.begin_cycle(cycle=newest(test), by=educator)
    with pytest.raises(Refused):
        actions.add_test(idea=IDEA, trial=TRIAL, by=educator)
    actions.change_test(test=test, idea=Idea(IDEA.title, IDEA.question, owner=educator), by=lead)
    assert begun(test, educator).has_begun
    with pytest.raises(ValidationError, match="staff"):
        actions.change_test(test=test, idea=Idea(IDEA.title, IDEA.question, owner=family), by=lead)


def test_what_is_wrong_is_said_by_field(lead: Membership, goal: Goal) -> None:
    day = clock.today()
    with pytest.raises(ValidationError) as wrong:
        actions.add_test(idea=Idea(" "), trial=Trial(" ", "x" * 4_001, day, day - timedelta(days=1)), by=lead)
    assert set(wrong.value.message_dict) == {"title", "question", "change", "prediction", "ends_on"}
