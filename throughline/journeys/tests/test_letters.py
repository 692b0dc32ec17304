"""Letters of a round: asked once, reminded by the software, in the reader's language, and never telling who."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from throughline.activity.models import Event, OutgoingMail
from throughline.journeys.letters import remind_raters
from throughline.journeys.models import Round
from throughline.journeys.policy import Place
from throughline.journeys.rounds.actions import add_rater, change_due_date, excuse_rater, open_spread
from throughline.journeys.tests.steps import a_draft, a_round, all_say, say
from throughline.kit import clock
from throughline.schools.models import Membership

pytestmark = pytest.mark.django_db
People = list[Membership]


def letters(key: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(key__startswith=key).order_by("to"))


def reminded(days: int) -> list[str]:
    """Who has been reminded when the software looks `days` from now, and again an hour later."""
    for hours in (0, 1):
        with clock.standing_at(clock.now() + timedelta(days=days, hours=hours)):
            remind_raters()
    return [each.to for each in letters("round-reminder")]


@pytest.fixture
def held(place: Place, six: People) -> Round:
    """A round due in five days; Amara and Jonas have finished, Mei has begun."""
    held = a_round(place, six, due_on=clock.today() + timedelta(days=5))
    all_say(held, six[:2], [2, 3])
    return held


def test_a_draft_asks_nobody_and_opening_asks_everyone_once(place: Place, six: People) -> None:
    a_draft(place, six)
    assert letters("round-") == []


def test_everyone_is_asked_once_and_told_what_it_takes(held: Round, six: People) -> None:
    sent = letters("round-opened")
    assert [each.to for each in sent] == sorted(person.person.email for person in six)
    for each in sent:
        assert "3 competencies, about 5 minutes" in each.body
        assert f"/rounds/{held.id}/rate/" in each.body
        assert "Nobody sees your ratings before the spread opens" in each.body


def test_reminders_go_to_those_who_are_behind_two_days_before_and_once_after(
    held: Round, six: People
) -> None:
    behind = sorted(person.person.email for person in six[2:])
    assert reminded(2) == []
    assert reminded(3) == behind
    assert reminded(5) == behind
    assert reminded(6) == sorted(behind * 2)
    assert reminded(30) == sorted(behind * 2)


def test_a_new_date_reminds_again(place: Place, held: Round, six: People) -> None:
    first = reminded(3)
    change_due_date(place=place, round_id=held.id, due_on=clock.today() + timedelta(days=20))
    assert reminded(4) == first
    assert len(reminded(18)) == 2 * len(first)


def test_where_there_is_no_date_reminders_come_for_three_weeks(place: Place, six: People) -> None:
    held = a_round(place, six)
    all_say(held, six[:4], [2, 3, 2, 3])
    assert reminded(6) == []
    assert [len(reminded(days)) for days in (7, 8, 14, 21, 28, 90)] == [2, 2, 4, 6, 6, 6]
    bodies = [each.body for each in letters("round-reminder")]
    assert all("haven’t finished rating" in each and "The date" not in each for each in bodies)


def test_nobody_is_reminded_on_the_day_they_are_asked(place: Place, six: People) -> None:
    a_round(place, six, due_on=clock.today() + timedelta(days=1))
    assert reminded(0) == []
    assert len(reminded(1)) == 6


def test_who_is_away_has_left_or_has_finished_is_left_in_peace(
    place: Place, held: Round, six: People
) -> None:
    excuse_rater(place=place, round_id=held.id, membership=six[2])
    six[3].left_at = clock.now()
    six[3].save()
    say(held, six[4], None)
    assert reminded(3) == [six[5].person.email]


def test_a_round_that_has_moved_on_reminds_nobody(place: Place, held: Round, six: People) -> None:
    say(held, six[2], 4)
    open_spread(place=place, round_id=held.id)
    assert reminded(4) == []


def test_a_letter_names_nobody_but_its_reader(held: Round, six: People) -> None:
    reminded(3)
    for each in OutgoingMail.objects.all():
        reader = next(person for person in six if person.person.email == each.to)
        assert not any(person.name in each.body for person in six if person != reader)
    assert not Event.objects.filter(verb__contains="remind").exists()


def test_a_reminder_says_that_nobody_is_told_who(held: Round) -> None:
    reminded(3)
    assert all("Nobody can see who has finished" in each.body for each in letters("round-reminder"))


def test_letters_are_written_in_the_language_of_their_reader(
    place: Place, six: People, make_one: Callable[..., Membership]
) -> None:
    six[1].person.language = "es"
    six[1].person.save()
    a_round(place, six)
    bodies = {each.to: each.body for each in letters("round-opened")}
    assert set(bodies) == {person.person.email for person in six}


def test_a_late_joiner_is_asked_when_the_round_is_open(place: Place, six: People) -> None:
    held = a_round(place, six[:3])
    for _twice in range(2):
        add_rater(place=place, round_id=held.id, membership=six[3])
    assert len(letters("round-opened")) == 4
