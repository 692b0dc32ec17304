"""Professional learning: who sees names and for how long, and numbers from five on."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from throughline.activity.models import Event
from throughline.elements.models import Item
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.plans.models import LogEntry, Offering, TakingPart
from throughline.plans.professional.actions.offerings import (
    Offer,
    add_offering,
    change_offering,
    say_who_came,
    sign_up,
    withdraw,
)
from throughline.plans.professional.forgetting import forget
from throughline.plans.professional.policy import NAMES_STAY
from throughline.plans.professional.queries import row_in, rows_of, taught_by, year_of
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
HERE = "/s/harbour-bridge/plan/learning/"
Come = Callable[[Offering, int], list[Membership]]


def offer_of(offering: Offering, run_by: Membership, **other: Any) -> Offer:
    """The offering as it is, with something else."""
    assert offering.starts_on is not None
    same = Offer(offering.title, offering.starts_on, offering.kind, offering.ends_on, run_by=run_by)
    return replace(same, **other)


def test_only_those_who_change_the_plan_offer_something(educator: Membership, team: Membership) -> None:
    made = add_offering(offer=Offer("A visit", clock.today()), by=team)
    assert made.run_by_id == team.pk
    with pytest.raises(Refused):
        add_offering(offer=Offer("A visit", clock.today()), by=educator)


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ({"title": " "}, "title"),
        ({"kind": "party"}, "kind"),
        ({"ends_on": date(2020, 1, 1)}, "ends_on"),
        ({"ends_on": clock.today() + timedelta(days=500)}, "ends_on"),
        ({"led_by": "x" * 201}, "led_by"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(other: dict[str, Any], wrong: str, lead: Membership) -> None:
    with pytest.raises(ValidationError) as told:
        add_offering(offer=replace(Offer("A visit", clock.today()), **other), by=lead)
    assert wrong in told.value.message_dict


def test_a_learner_runs_nothing_and_an_offering_teaches_what_the_school_wants(
    lead: Membership, learner: Membership, trait: Item
) -> None:
    with pytest.raises(ValidationError):
        add_offering(offer=Offer("A visit", clock.today(), run_by=learner), by=lead)
    made = add_offering(offer=Offer("A visit", clock.today(), teaches=(trait.pk,)), by=lead)
    assert [each.pk for each in taught_by(made)] == [trait.pk]


def test_families_and_learners_neither_see_nor_take_part(
    offering: Offering, family: Membership, learner: Membership
) -> None:
    for each in (family, learner):
        assert rows_of(seat_of(each)) == []
        with pytest.raises(Refused):
            sign_up(offering=offering, by=each)
        assert client_of(each).get(f"{HERE}{offering.pk}/").status_code == 404
        assert client_of(each).get(HERE).status_code == 403


def test_that_somebody_signs_up_leaves_no_line_in_any_log(offering: Offering, educator: Membership) -> None:
    before = Event.objects.count(), LogEntry.objects.count()
    sign_up(offering=offering, by=educator)
    sign_up(offering=offering, by=educator)
    assert TakingPart.objects.count() == 1
    withdraw(offering=offering, by=educator)
    assert TakingPart.objects.count() == 0
    assert (Event.objects.count(), LogEntry.objects.count()) == before


def test_names_are_seen_by_whoever_runs_it_and_by_no_lead(
    offering: Offering, lead: Membership, team: Membership, educator: Membership, more_people: Come
) -> None:
    people = more_people(offering, 2)
    page = client_of(team).get(f"{HERE}{offering.pk}/people/").content.decode()
    assert people[0].name in page and people[1].name in page
    for each in (lead, educator, people[0]):
        client = client_of(each)
        assert client.get(f"{HERE}{offering.pk}/people/").status_code == 403
        assert client.post(f"{HERE}{offering.pk}/people/", {"more": ""}).status_code == 403
        for address in (HERE, f"{HERE}{offering.pk}/"):
            assert people[1].name not in client.get(address).content.decode()
        with pytest.raises(Refused):
            say_who_came(offering=offering, came=[], by=each)


def test_two_weeks_after_the_end_nobody_sees_names_and_nothing_brings_them_back(
    offering: Offering, lead: Membership, team: Membership, more_people: Come
) -> None:
    more_people(offering, 1)
    assert offering.ends_on is not None
    last = clock.now() + (offering.ends_on - clock.today()) + NAMES_STAY
    with clock.standing_at(last):
        assert client_of(team).get(f"{HERE}{offering.pk}/people/").status_code == 200
    with clock.standing_at(last + timedelta(days=1)):
        assert client_of(team).get(f"{HERE}{offering.pk}/people/").status_code == 403
        with pytest.raises(ValidationError):
            change_offering(offering=offering, offer=offer_of(offering, lead), by=lead)
        later = clock.today() + timedelta(days=9)
        with pytest.raises(ValidationError):
            change_offering(offering=offering, offer=offer_of(offering, team, ends_on=later), by=lead)
        change_offering(offering=offering, offer=offer_of(offering, team, title="Rubrics"), by=lead)


def test_who_runs_it_is_changed_before_everybody_s_eyes(
    offering: Offering, lead: Membership, team: Membership
) -> None:
    change_offering(offering=offering, offer=offer_of(offering, lead), by=lead)
    assert Event.objects.get(verb="plan.offering-run-by").detail["name"] == lead.name
    with pytest.raises(Refused):
        say_who_came(offering=offering, came=[], by=team)


def test_a_number_is_shown_from_five_on(offering: Offering, lead: Membership, more_people: Come) -> None:
    more_people(offering, 4)
    page = client_of(lead).get(f"{HERE}{offering.pk}/").content.decode()
    assert "fewer than five take part" in page
    row = row_in(seat_of(lead), offering.pk)
    assert row is not None and row.count is None
    more_people(offering, 1)
    assert "5 take part" in client_of(lead).get(f"{HERE}{offering.pk}/").content.decode()


def test_those_who_came_are_counted_and_those_who_did_not_are_forgotten(
    offering: Offering, lead: Membership, team: Membership, educator: Membership, more_people: Come
) -> None:
    more_people(offering, 6)
    taking = list(TakingPart.objects.filter(offering=offering))
    came = {each.pk for each in taking[:4]}
    say_who_came(offering=offering, came=came, more=[educator], by=team)
    row = row_in(seat_of(lead), offering.pk)
    assert row is not None and row.count == 5
    assert TakingPart.objects.filter(offering=offering, came=False).count() == 2
    forget()
    assert TakingPart.objects.filter(offering=offering, came=False).count() == 2
    with clock.standing_at(clock.now() + timedelta(days=30) + NAMES_STAY + timedelta(days=1)):
        forget()
    assert TakingPart.objects.filter(offering=offering).count() == 5
    assert not Event.objects.filter(verb="plan.offering-counted").exclude(detail__title=offering.title)


def test_nobody_says_who_came_before_it_began(lead: Membership, more_people: Come) -> None:
    coming = add_offering(offer=Offer("A visit", clock.today() + timedelta(days=3)), by=lead)
    more_people(coming, 1)
    with pytest.raises(ValidationError):
        say_who_came(offering=coming, came=[], by=lead)


def test_sums_are_made_of_what_is_shown(
    offering: Offering, lead: Membership, team: Membership, more_people: Come
) -> None:
    small = add_offering(offer=Offer("A small group", clock.today(), kind="study"), by=lead)
    visit = add_offering(offer=Offer("A visit", clock.today(), kind="visit"), by=lead)
    more_people(offering, 7)
    more_people(small, 3)
    more_people(visit, 6)
    year = year_of(rows_of(seat_of(lead)))
    assert {
        each.label: (each.told and each.told.number, each.told and each.told.more) for each in year.kinds
    } == {
        "study group": (7, True),
        "visit": (6, False),
    }
    assert year.told is not None and (year.told.number, year.told.more) == (13, True)
    page = client_of(lead).get(HERE).content.decode()
    assert "7 or more" in page and "13 or more" in page
    assert not re.search(r">\s*(3|10|16)\b", page.partition("Twelve months in numbers</h2>")[2])


def test_the_list_takes_a_fixed_number_of_queries(
    offering: Offering, lead: Membership, more_people: Come, django_assert_num_queries: Any
) -> None:
    client = client_of(lead)
    client.get(HERE)
    for number in range(5):
        more_people(add_offering(offer=Offer(f"Workshop {number}", clock.today()), by=lead), 1)
    with django_assert_num_queries(4):
        page = client.get(HERE).content.decode()
    assert "Workshop 4" in page


def test_an_offering_is_added_changed_joined_and_left_in_the_browser(
    lead: Membership, educator: Membership, journey: object, trait: Item
) -> None:
    client = client_of(lead)
    said = {
        "title": "A visit",
        "kind": "visit",
        "starts_on": clock.today().isoformat(),
        "teaches": str(trait.pk),
    }
    address = client.post(f"{HERE}add/", said)["Location"]
    assert trait.title in client.get(address).content.decode()
    changed = client.post(f"{address}change/", {**said, "title": "A long visit", "run_by": str(lead.pk)})
    assert changed.status_code == 302
    wrong = client.post(f"{address}change/", {**said, "title": ""})
    assert wrong.status_code == 422
    member = client_of(educator)
    assert member.post(f"{address}sign-up/").status_code == 302
    assert "You take part. You see this" in member.get(address).content.decode()
    assert educator.name not in client.get(address).content.decode()
    taking = TakingPart.objects.get()
    assert client.post(f"{address}people/", {"came": str(taking.pk), "more": ""}).status_code == 302
    taking.refresh_from_db()
    assert taking.came is True
    assert member.post(f"{address}withdraw/").status_code == 302
    assert not TakingPart.objects.exists()
