"""After a round: the date of the next one, its reminder, and a first round compared with the start."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from throughline.activity.models import Event, OutgoingMail
from throughline.frameworks.tree import tree
from throughline.journeys.models import Round
from throughline.journeys.next_round.actions import plan_return
from throughline.journeys.next_round.dates import is_near, proposed_return
from throughline.journeys.next_round.letters import remind_of_return
from throughline.journeys.overview.queries import Overview, read_overview
from throughline.journeys.overview.waiting import waiting_for
from throughline.journeys.policy import Place
from throughline.journeys.queries import place_of
from throughline.journeys.setup.actions import put_away
from throughline.journeys.tests.steps import a_draft, an_open_spread, closed, settle
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
People = list[Membership]


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


def seen(place: Place) -> Overview:
    return read_overview(place, tree(place.journey.record.version_id))


def letters() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(key__startswith="round-return:").order_by("to"))


@pytest.fixture
def held(place: Place, six: People) -> Round:
    """A first round, closed: two competencies moved."""
    held = an_open_spread(place, six, [2, 2, 2, 2, 3, 3])
    for item in list(held.items.order_by("position"))[:2]:
        settle(place, item)
    closed(place, held)
    return Round.objects.get(pk=held.pk)


@pytest.mark.parametrize(
    ("closed_on", "today", "proposed"),
    [
        (date(2026, 11, 27), date(2026, 11, 29), date(2027, 5, 31)),  # half a year on, and the Monday after
        (date(2025, 1, 6), date(2026, 11, 29), date(2026, 12, 28)),  # closed long ago: four weeks from now
        (date(2026, 6, 1), date(2026, 6, 1), date(2026, 11, 30)),  # on a Monday already
    ],
)
def test_a_date_is_proposed(closed_on: date, today: date, proposed: date) -> None:
    assert proposed_return(closed_on, today) == proposed
    assert proposed.weekday() == 0


def test_it_is_time_from_a_week_before() -> None:
    day = date(2027, 5, 31)
    assert not is_near(None, day)
    assert not is_near(day, date(2027, 5, 23))
    assert is_near(day, date(2027, 5, 24)) and is_near(day, date(2027, 7, 1))


def test_accepting_the_proposed_date_is_one_press(place: Place, held: Round) -> None:
    client = client_of(place.seat.membership)
    address = f"/s/{place.seat.organisation.slug}/rounds/{held.pk}/return/"
    proposed = proposed_return(clock.today(), clock.today())
    assert f'value="{proposed.isoformat()}"' in client.get(address).content.decode()
    assert client.post(address, {"return_on": in_days(-1).isoformat()}).status_code == 422
    assert client.post(address, {"return_on": proposed.isoformat()}).status_code == 302
    held.refresh_from_db()
    assert held.return_on == proposed
    assert Event.objects.filter(verb="round.return-planned").count() == 1


def test_only_those_who_run_the_journey_set_it_and_only_for_the_round_closed_last(
    place: Place, held: Round, six: People
) -> None:
    other = place_of(seat_of(six[3]), place.journey)
    with pytest.raises(Refused):
        plan_return(place=other, round_id=held.pk, return_on=in_days(90))
    for wrong in (in_days(0), date(26, 5, 1), in_days(365 * 60)):
        with pytest.raises(ValidationError):
            plan_return(place=place, round_id=held.pk, return_on=wrong)
    a_draft(place, six)
    with pytest.raises(ValidationError):
        plan_return(place=place, round_id=held.pk, return_on=in_days(90))


def test_on_the_day_those_who_run_it_get_one_letter(place: Place, held: Round, six: People) -> None:
    plan_return(place=place, round_id=held.pk, return_on=in_days(90))
    remind_of_return()
    assert letters() == []
    for days in (90, 91):
        with clock.standing_at(clock.now() + timedelta(days=days)):
            remind_of_return()
    (letter,) = letters()
    assert letter.to == place.seat.membership.person.email
    assert f"/journeys/{place.journey.pk}/" in letter.body and "Time for the next round" in letter.subject


@pytest.mark.parametrize("ended", ["begun", "put away", "long ago"])
def test_no_letter_where_the_day_no_longer_counts(place: Place, held: Round, six: People, ended: str) -> None:
    plan_return(place=place, round_id=held.pk, return_on=in_days(90))
    days = 90
    if ended == "begun":
        a_draft(place, six)
    elif ended == "put away":
        put_away(place=place)
    else:
        days = 200
    with clock.standing_at(clock.now() + timedelta(days=days)):
        remind_of_return()
    assert letters() == []


def test_another_date_gets_its_own_letter(place: Place, held: Round) -> None:
    for days in (90, 120):
        plan_return(place=place, round_id=held.pk, return_on=in_days(days))
        with clock.standing_at(clock.now() + timedelta(days=days)):
            remind_of_return()
    assert len(letters()) == 2


def test_the_first_page_of_a_journey_leads_on_too(place: Place, held: Round, six: People) -> None:
    assert [words for _url, words, _kind in waiting_for(seen(place)).actions] == ["Choose priorities"]
    other = place_of(seat_of(six[3]), place.journey)
    assert waiting_for(seen(other)).calm
    plan_return(place=place, round_id=held.pk, return_on=in_days(90))
    with clock.standing_at(clock.now() + timedelta(days=85)):
        card = waiting_for(seen(place))
        assert card.title == "Time for the next round"
        assert [words for _url, words, _kind in card.actions] == [
            "Prepare the next round",
            "Set another date",
        ]


def test_a_first_round_is_compared_with_the_start(place: Place, held: Round) -> None:
    found = seen(place)
    assert found.since is not None and found.since.start
    assert len(found.changes) == 2
    assert {change.before for change in found.changes} == {"not-started"}
    address = f"/s/{place.seat.organisation.slug}/journeys/{place.journey.pk}/"
    client = client_of(place.seat.membership)
    page = client.get(address).content.decode()
    assert "What has changed since the start" in page and "No standings have changed" not in page
    compared = f"/s/{place.seat.organisation.slug}/records/{place.journey.record_id}/profile/"
    assert f"?from={found.since.day.isoformat()}" in page
    assert client.get(f"{compared}?from={found.since.day.isoformat()}").status_code == 200
    report = client.get(f"/s/{place.seat.organisation.slug}/rounds/{held.pk}/report/").content.decode()
    assert "Since the start" in report


def test_a_second_round_is_compared_with_the_first(place: Place, held: Round, six: People) -> None:
    with clock.standing_at(clock.now() + timedelta(days=100)):
        closed(place, an_open_spread(place, six, [3, 3, 3, 3, 3, 3]))
        found = seen(place)
    assert found.since is not None and not found.since.start
