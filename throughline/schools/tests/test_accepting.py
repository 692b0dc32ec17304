"""The guest's side: the link, the page, coming in."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from throughline.activity.models import Event, OutgoingMail
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.people.models import Person
from throughline.schools import actions
from throughline.schools.actions import Entry
from throughline.schools.models import Invitation, Membership, MemberState, hash_of
from throughline.testing import client_of, make_person

pytestmark = pytest.mark.django_db

PAGE = reverse("schools:invitation")
HOME = "/s/harbour-bridge/"
NEW = {"name": "Mei Tanaka", "how": "password", "password": "a quiet harbour 7"}


def invite(lead: Membership, email: str = "mei@example.org") -> str:
    (done,) = actions.invite_people(by=lead, entries=[Entry("Mei", email, ("educator",))])
    return done.token


def mailed_link() -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/i/\S+)", OutgoingMail.objects.latest("created_at").body)
    assert found
    return found.group(1)


def opened(token: str, client: Client | None = None) -> Client:
    client = client or Client()
    answer = client.get(reverse("schools:invitation-link", kwargs={"token": token}))
    assert answer["Location"] == PAGE
    return client


def test_the_secret_leaves_the_address_at_once_and_the_page_is_kept_out_of_search(lead: Membership) -> None:
    token = invite(lead)
    answer = Client().get(f"/i/{token}")
    assert answer["Referrer-Policy"] == "no-referrer" and "noindex" in answer["X-Robots-Tag"]
    page = opened(token).get(PAGE)
    assert "noindex" in page["X-Robots-Tag"] and token not in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_the_page_says_who_invites_to_what_and_as_what(lead: Membership) -> None:
    shown = opened(invite(lead)).get(PAGE).content.decode()
    assert "Amara Okafor" in shown and "Harbour Bridge" in shown and "educator" in shown


def test_a_new_person_comes_in_with_a_password(lead: Membership) -> None:
    client = opened(invite(lead))
    done = client.post(PAGE, NEW)
    assert done["Location"] == HOME
    member = Membership.objects.get(person__email="mei@example.org")
    assert (member.state, member.name) == (MemberState.IN, "Mei Tanaka")
    assert member.person.check_password("a quiet harbour 7")
    assert member.person.address_proven_at is None, "a link that was handed over proves nothing"
    assert client.get("/me/").status_code == 200
    assert Event.objects.get(verb="member.joined").actor_id == member.pk


def test_the_link_in_the_letter_proves_the_address(lead: Membership) -> None:
    invite(lead)
    client = Client()
    client.get(mailed_link())
    client.post(PAGE, {**NEW, "how": "code", "password": ""})
    person = Person.objects.get(email="mei@example.org")
    assert person.address_proven_at and not person.has_usable_password()
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": "short"}, "too short"),
        ({"password": ""}, "Choose a password"),
        ({"name": ""}, "required"),
        ({"name": "x" * 300}, "200"),
        ({"name": "a\x00b"}, "Null"),
    ],
)
def test_what_is_missing_is_said_and_nobody_has_come_in(
    lead: Membership, change: dict[str, str], words: str
) -> None:
    page = opened(invite(lead)).post(PAGE, {**NEW, **change})
    assert page.status_code == 422 and words in page.content.decode()
    assert Membership.objects.get(person__email="mei@example.org").state == MemberState.INVITED


def test_someone_with_an_account_signs_in_as_that_address_and_accepts(
    lead: Membership, outsider: Membership
) -> None:
    outsider.person.set_password("a quiet harbour 7")
    outsider.person.address_proven_at = clock.now()
    outsider.person.save()
    client = opened(invite(lead, outsider.person.email))
    shown = client.get(PAGE).content.decode()
    assert "There is already an account for" in shown and 'name="password"' not in shown
    assert client.post(PAGE, NEW).status_code == 200, "nothing is set without signing in"
    outsider.person.refresh_from_db()
    assert outsider.person.check_password("a quiet harbour 7")
    signing_in = {"login": outsider.person.email, "password": "a quiet harbour 7", "next": PAGE}
    assert client.post(reverse("account_login"), signing_in)["Location"] == PAGE
    assert "Accept and join" in client.get(PAGE).content.decode()
    assert client.post(PAGE)["Location"] == HOME
    member = Membership.objects.get(person=outsider.person, organisation=lead.organisation)
    assert (member.state, member.name) == (MemberState.IN, "Viktor Sand")


def test_signed_in_as_somebody_else_is_explained_and_the_way_out_keeps_the_invitation(
    lead: Membership, outsider: Membership
) -> None:
    client = opened(invite(lead), client_of(outsider))
    shown = client.get(PAGE).content.decode()
    assert "mei@example.org" in shown and outsider.person.email in shown
    assert client.post(PAGE, NEW).status_code == 200
    assert not Membership.objects.filter(person=outsider.person, organisation=lead.organisation).exists()
    assert client.post(reverse("schools:invitation-switch"))["Location"] == PAGE
    assert client.post(PAGE, NEW)["Location"] == HOME


def test_an_account_that_was_set_up_with_somebody_elses_link_falls_to_the_owner_of_the_address(
    lead: Membership, outsider: Membership
) -> None:
    """Stonefield's lead keeps the link for himself and sets a password. Then Harbour Bridge invites for real."""
    (bad,) = actions.invite_people(by=outsider, entries=[Entry("Mei", "mei@example.org", ("team",))])
    intruder = opened(bad.token)
    intruder.post(PAGE, {**NEW, "name": "Not Mei", "password": "an intruder 123"})
    assert intruder.get("/me/").status_code == 200
    invite(lead)
    mei = Client()
    mei.get(mailed_link())
    assert mei.post(PAGE, NEW)["Location"] == HOME
    assert intruder.get("/me/").status_code == 302
    person = Person.objects.get(email="mei@example.org")
    assert person.check_password("a quiet harbour 7") and person.address_proven_at


def test_expired_withdrawn_used_and_unknown_are_told_apart_kindly(lead: Membership) -> None:
    first = invite(lead)
    with clock.standing_at(clock.now() + timedelta(days=15)):
        page = opened(first).get(PAGE)
        assert page.status_code == 410 and "has expired" in page.content.decode()
    second = invite(lead)
    page = opened(first).get(PAGE)
    assert page.status_code == 410 and "no longer open" in page.content.decode()
    client = opened(second)
    client.post(PAGE, NEW)
    page = opened(second).get(PAGE)
    assert page.status_code == 410 and "has been used" in page.content.decode()
    assert opened(second, client).get(PAGE)["Location"] == HOME
    for unknown in (opened("nonsense").get(PAGE), Client().get(PAGE)):
        assert unknown.status_code == 404 and "We do not know this invitation" in unknown.content.decode()


def test_the_verb_refuses_what_the_page_does_not_offer(lead: Membership) -> None:
    token = invite(lead)
    with pytest.raises(Refused):
        actions.accept_invitation(token_hash="unknown", name="X", password=None)
    with pytest.raises(Refused):
        actions.accept_invitation(token_hash=hash_of(token), person=make_person("Somebody Else"))
    with pytest.raises(ValidationError):
        actions.accept_invitation(token_hash=hash_of(token), name="", password=None)
    member = actions.accept_invitation(token_hash=hash_of(token), name="Mei", password=None)
    with pytest.raises(Refused):
        actions.accept_invitation(token_hash=hash_of(token), name="Mei", password=None)
    again = actions.accept_invitation(token_hash=hash_of(token), person=member.person)
    assert again.pk == member.pk
    assert Event.objects.filter(verb="member.joined").count() == 1


def test_a_guest_who_was_withdrawn_meanwhile_does_not_come_in(lead: Membership) -> None:
    token = invite(lead)
    client = opened(token)
    assert client.get(PAGE).status_code == 200
    actions.withdraw_invitation(by=lead, member=Invitation.objects.get().membership)
    assert client.post(PAGE, NEW).status_code == 410


def test_an_invited_person_cannot_open_the_school_before_accepting(lead: Membership) -> None:
    invite(lead)
    person = Person.objects.get(email="mei@example.org")
    client = client_of(person)
    assert client.get(reverse("schools:people", kwargs={"school": "harbour-bridge"})).status_code == 404
    assert "has invited you" in client.get("/me/").content.decode()
