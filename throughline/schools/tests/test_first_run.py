"""From nothing to an organisation with a lead: the page and the command."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from throughline.activity.models import Event
from throughline.people.models import Person
from throughline.schools import actions
from throughline.schools.first_run import first_run_key
from throughline.schools.models import Membership, MemberState, Organisation
from throughline.testing import make_school

pytestmark = pytest.mark.django_db

START = reverse("schools:start")
GOOD = {
    "kind": "school",
    "name": "Harbour Bridge",
    "language": "es",
    "time_zone": "America/Chicago",
    "lead_name": "Amara Okafor",
    "lead_email": "Amara@example.org",
    "password": "a quiet harbour 7",
}


@pytest.fixture(autouse=True)
def _not_a_demo(settings: Any) -> None:
    settings.DEMO = False


def test_the_first_run_makes_an_organisation_and_signs_its_lead_in(client: Client) -> None:
    assert client.get(START).status_code == 200
    assert client.post(START, GOOD)["Location"] == "/"
    member = Membership.objects.select_related("organisation", "person").get()
    assert (member.organisation.language, member.organisation.time_zone) == ("es", "America/Chicago")
    assert member.roles == {"lead"} and member.is_active
    assert member.person.email == "amara@example.org" and member.person.check_password("a quiet harbour 7")
    assert client.get("/me/").status_code == 200
    assert Event.objects.filter(verb="organisation.created", organisation_id=member.organisation_id).exists()
    assert client.get(START).status_code == Client().post(START, GOOD).status_code == 404
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "x" * 201),
        ("name", "a\x00b"),
        ("kind", "club"),
        ("language", "tlh"),
        ("time_zone", "Mars"),
        ("lead_name", ""),
        ("lead_email", "nobody"),
        ("password", "short"),
        ("password", "amara@example.org"),
    ],
)
def test_what_is_wrong_is_said_kept_and_leaves_nothing_behind(client: Client, field: str, value: str) -> None:
    page = client.post(START, {**GOOD, field: value})
    assert page.status_code == 422
    assert "a quiet harbour 7" not in page.content.decode()
    assert not Organisation.objects.exists() and not Person.objects.exists()


def test_there_is_no_first_run_in_a_demo(client: Client, settings: Any) -> None:
    settings.DEMO = True
    assert client.get(START).status_code == client.post(START, GOOD).status_code == 404


def test_a_district_gets_a_district_lead_and_a_network_its_staff() -> None:
    made = actions.create_organisation(
        kind="district", name="Coast", lead_name="D", lead_email="d@example.org"
    )
    assert made.roles == {"lead", "district-lead"}
    made = actions.create_organisation(kind="network", name="Net", lead_name="N", lead_email="n@example.org")
    assert made.roles == {"lead", "network-staff"}


def test_short_names_are_made_numbered_and_never_mislead() -> None:
    make_school("Harbour Bridge")
    for name, slug in (
        ("Harbour Bridge", "harbour-bridge-2"),
        ("\u0645\u062f\u0631\u0633\u0629", "school"),
        ("Start", "start-2"),
        ("É" * 90, "e" * 60),
    ):
        made = actions.create_organisation(
            kind="school", name=name, lead_name="X", lead_email="x@example.org"
        )
        assert made.organisation.slug == slug


def test_the_command_prints_a_link_and_no_password(client: Client) -> None:
    out = StringIO()
    call_command(
        "create_school",
        "Coast",
        "--kind",
        "district",
        "--lead-email",
        "d@example.org",
        "--lead-name",
        "Dana",
        stdout=out,
    )
    member = Membership.objects.get()
    assert member.state == MemberState.INVITED and not member.person.has_usable_password()
    link = out.getvalue().strip().rsplit("\n", 1)[1].removeprefix("http://127.0.0.1:8000")
    client.get(link)
    done = client.post(
        "/invitation/", {"name": "Dana Reyes", "how": "password", "password": "a quiet harbour 7"}
    )
    assert done["Location"] == "/s/coast/"
    with pytest.raises(CommandError, match="email address"):
        call_command("create_school", "Coast", "--lead-email", "nobody", "--lead-name", "Dana", stdout=out)
    assert Organisation.objects.count() == 1


def test_on_a_public_server_the_first_run_asks_for_the_key_that_the_server_printed(
    client: Client, settings: Any
) -> None:
    settings.PRODUCTION = True
    key = first_run_key()
    for wrong in ("", "AAAA-AAAA-AAAA-AAAA", key[:-1]):
        answer = client.post(START, {**GOOD, "key": wrong})
        assert answer.status_code == 422
        assert "Harbour Bridge" in answer.content.decode()
    assert not Organisation.objects.exists()
    assert client.post(START, {**GOOD, "key": f" {key.lower().replace('-', ' ')} "}).status_code == 302
    assert Organisation.objects.get().name == "Harbour Bridge"


def test_the_key_is_another_one_with_another_secret(settings: Any) -> None:
    before = first_run_key()
    settings.SECRET_KEY = "another secret"
    assert first_run_key() != before
    assert len(before.replace("-", "")) == 16
