"""The page about me."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from throughline.activity.models import Event
from throughline.people import actions
from throughline.people.models import Person
from throughline.people.zones import zone_names
from throughline.schools.models import Membership
from throughline.testing import client_of, make_member, make_person, make_school

pytestmark = pytest.mark.django_db


def test_a_new_name_follows_into_my_memberships_but_not_where_i_am_only_invited(lead: Membership) -> None:
    other = make_member(make_school("Stonefield"), "A. Okafor", "educator", person=lead.person)
    other.joined_at = None
    other.save()
    client = client_of(lead)
    done = client.post(
        "/me/",
        {"name": "  Amara \u0627\u0644\u0646\u0648\u0631 ", "language": "es", "time_zone": "Europe/Madrid"},
    )
    assert done.status_code == 302
    lead.refresh_from_db()
    other.refresh_from_db()
    assert (lead.name, other.name) == ("Amara \u0627\u0644\u0646\u0648\u0631", "A. Okafor")
    assert Event.objects.get(verb="person.profile-changed").organisation_id is None
    page = client.get("/me/")
    assert page["Content-Language"] == "es"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", " \n "),
        ("name", "x" * 201),
        ("name", "a\x00b"),
        ("language", "tlh"),
        ("time_zone", "Mars/Base"),
    ],
)
def test_what_cannot_be_kept_is_said_and_changes_nothing(lead: Membership, field: str, value: str) -> None:
    good = {"name": "Amara", "language": "en", "time_zone": "UTC"}
    page = client_of(lead).post("/me/", {**good, field: value})
    assert page.status_code == 422
    lead.person.refresh_from_db()
    assert lead.person.name == "Amara Okafor"


def test_saving_nothing_new_leaves_no_event(lead: Membership) -> None:
    actions.change_profile(person=lead.person, name="Amara Okafor", language="", time_zone="")
    assert not Event.objects.exists()


def test_signing_out_everywhere_ends_every_other_session_and_keeps_this_one(lead: Membership) -> None:
    here, phone, laptop = client_of(lead), client_of(lead), client_of(lead)
    assert here.get(reverse("people:sign-out-everywhere")).status_code == 405
    done = here.post(reverse("people:sign-out-everywhere"))
    assert done["Location"] == "/me/"
    assert here.get("/me/").status_code == 200
    assert phone.get("/me/").status_code == laptop.get("/me/").status_code == 302
    assert Event.objects.filter(verb="person.signed-out-everywhere", actor_id=lead.person_id).count() == 1


def test_the_sessions_of_a_deactivated_person_end_and_nobody_signs_in_as_them(lead: Membership) -> None:
    client = client_of(lead)
    assert client.get("/me/").status_code == 200
    actions.deactivate(person=lead.person)
    actions.deactivate(person=lead.person)
    assert client.get("/me/").status_code == 302
    assert Event.objects.filter(verb="person.deactivated").count() == 1
    actions.reactivate(person=lead.person)
    assert client.get("/me/").status_code == 302


def test_the_page_names_my_places_and_how_to_leave_them(lead: Membership) -> None:
    text = client_of(lead).get("/me/").content.decode()
    assert "Harbour Bridge" in text and "journey lead" in text
    assert reverse("schools:leave", kwargs={"school": "harbour-bridge"}) in text


def test_someone_who_belongs_nowhere_is_told_kindly() -> None:
    page = client_of(make_person("Lone Ranger")).get("/me/")
    assert "You do not belong to a school here yet" in page.content.decode()


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/me/")["Location"] == "/account/login/?next=/me/"


def test_there_are_zones_to_choose_from() -> None:
    assert {"UTC", "America/Chicago", "Asia/Kolkata"} <= zone_names()
    assert "localtime" not in zone_names()


def test_the_page_costs_a_fixed_number_of_queries(
    lead: Membership, django_assert_max_num_queries: object
) -> None:
    for number in range(8):
        make_member(make_school(f"School {number}"), "A", "educator", "team", person=lead.person)
    client = client_of(lead)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        assert client.get("/me/").status_code == 200


def test_changing_the_password_keeps_this_session_ends_others_and_writes_to_the_owner(
    lead: Membership,
) -> None:
    person: Person = lead.person
    person.set_password("a quiet harbour 7")
    person.save()
    here, there = client_of(person), client_of(person)
    new = {"password1": "another harbour 8", "password2": "another harbour 8"}
    address = reverse("account_change_password")
    assert here.post(address, {"oldpassword": "wrong", **new}).status_code == 422
    assert here.post(address, {"oldpassword": "a quiet harbour 7", **new})["Location"] == "/me/"
    assert here.get("/me/").status_code == 200
    assert there.get("/me/").status_code == 302
    for _try in range(3):
        here.post(address, {"oldpassword": "wrong", **new})
    assert here.post(address, {"oldpassword": "wrong", **new}).status_code == 429


def test_the_operator_closes_and_opens_an_account_by_command(lead: Membership) -> None:
    client = client_of(lead)
    call_command("deactivate_person", lead.person.email.upper(), stdout=StringIO())
    assert client.get("/me/").status_code == 302
    call_command("deactivate_person", lead.person.email, "--undo", stdout=StringIO())
    assert client_of(Person.objects.get(pk=lead.person_id)).get("/me/").status_code == 200
    with pytest.raises(CommandError):
        call_command("deactivate_person", "nobody@example.org")
