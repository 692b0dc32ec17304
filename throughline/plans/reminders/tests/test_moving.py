"""Who moves to another time zone hears from us by its clock at once, also of what was queued by the old one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from throughline.activity.models import OutgoingMail
from throughline.activity.post import deliver_due
from throughline.kit import clock
from throughline.people.actions import change_profile
from throughline.plans.doing.actions import add_action
from throughline.plans.models import Reminder
from throughline.plans.reminders.actions import choose_reminders
from throughline.plans.reminders.digests import send_digests
from throughline.schools.actions.organisations import change_organisation
from throughline.schools.models import Membership

pytestmark = pytest.mark.django_db

MONDAY = datetime(2030, 3, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
CHICAGO, BERLIN, HONOLULU = "America/Chicago", "Europe/Berlin", "Pacific/Honolulu"


@pytest.fixture(autouse=True)
def _early_on_a_monday() -> Iterator[None]:
    with clock.standing_at(MONDAY):
        yield


def move(member: Membership, zone: str) -> None:
    member.person.refresh_from_db()
    change_profile(person=member.person, name=member.person.name, language="", time_zone=zone)


def next_there(member: Membership, zone: str) -> datetime:
    found = Reminder.objects.get(membership=member).next_at
    assert found is not None
    return found.astimezone(ZoneInfo(zone))


def test_the_next_letter_comes_at_their_hour_of_the_new_zone(educator: Membership) -> None:
    move(educator, CHICAGO)
    choose_reminders(by=educator, rhythm="daily", hour=7)
    move(educator, BERLIN)
    there = next_there(educator, BERLIN)
    assert (there.date(), there.hour) == (date(2030, 3, 4), 7)
    move(educator, "")
    assert next_there(educator, educator.organisation.time_zone).hour == 7


def test_who_has_no_zone_of_their_own_follows_the_school(lead: Membership, educator: Membership) -> None:
    move(lead, CHICAGO)
    for member in (lead, educator):
        choose_reminders(by=member, rhythm="weekly", weekday=2, hour=7)
    change_organisation(by=lead, name=lead.organisation.name, language="en", time_zone=HONOLULU)
    there = next_there(educator, HONOLULU)
    assert (there.weekday(), there.hour) == (2, 7)
    assert next_there(lead, CHICAGO).hour == 7


def test_who_wants_no_letters_gets_none_for_moving(educator: Membership) -> None:
    choose_reminders(by=educator, rhythm="never")
    move(educator, BERLIN)
    assert Reminder.objects.get().next_at is None


@pytest.mark.parametrize(("rhythm", "apart"), [("daily", 24), ("weekly", 7 * 24)])
def test_a_clock_that_goes_back_brings_no_second_letter(
    lead: Membership, educator: Membership, rhythm: str, apart: int
) -> None:
    add_action(title="Late", owner=educator, due_on=MONDAY.date() - timedelta(days=3), by=lead)
    move(educator, CHICAGO)
    choose_reminders(by=educator, rhythm=rhythm, weekday=0, hour=7)
    with clock.standing_at(MONDAY + 13 * HOUR):
        assert send_digests() == 1
    with clock.standing_at(MONDAY + 14 * HOUR):
        move(educator, HONOLULU)  # where it is four in the morning of the same Monday
    there = next_there(educator, HONOLULU)
    assert there == datetime(2030, 3, 4, 7, tzinfo=ZoneInfo(HONOLULU)) + timedelta(hours=apart)


def held_up(lead: Membership, educator: Membership) -> None:
    """A letter of six in the evening in Chicago that no server took until its quiet hours kept it back, from eight to six."""
    add_action(title="Late", owner=educator, due_on=MONDAY.date() - timedelta(days=3), by=lead)
    move(educator, CHICAGO)
    choose_reminders(by=educator, rhythm="daily", hour=18, quiet_from=20, quiet_until=6)
    with clock.standing_at(MONDAY + 24 * HOUR):
        assert send_digests() == 1
    with clock.standing_at(MONDAY + 27 * HOUR):  # nine in the evening there
        assert deliver_due() == 0
    assert OutgoingMail.objects.get().due_at == MONDAY + 36 * HOUR


def test_a_letter_that_is_kept_back_goes_when_the_new_zone_is_awake(
    lead: Membership, educator: Membership
) -> None:
    held_up(lead, educator)
    with clock.standing_at(MONDAY + 28 * HOUR):  # five in the morning in Berlin
        move(educator, BERLIN)
        assert deliver_due() == 0
    assert OutgoingMail.objects.get().quiet == f"20-6 {BERLIN}"
    with clock.standing_at(MONDAY + 29 * HOUR):
        assert deliver_due() == 1


def test_other_quiet_hours_count_for_a_letter_that_is_kept_back(
    lead: Membership, educator: Membership
) -> None:
    held_up(lead, educator)
    with clock.standing_at(MONDAY + 28 * HOUR):
        choose_reminders(by=educator, rhythm="daily", hour=18)
        assert deliver_due() == 1


def test_a_letter_that_failed_keeps_its_pause(lead: Membership, educator: Membership) -> None:
    held_up(lead, educator)
    later = MONDAY + 40 * HOUR
    OutgoingMail.objects.update(due_at=later, attempts=3)
    with clock.standing_at(MONDAY + 28 * HOUR):
        move(educator, BERLIN)
    assert OutgoingMail.objects.get().due_at == later
