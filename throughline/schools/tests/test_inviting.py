"""A lead invites people: the verb, the pages, the letters."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from throughline.activity.models import Event, OutgoingMail
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.people.models import Person
from throughline.schools import actions
from throughline.schools.actions import Entry, Outcome
from throughline.schools.models import Invitation, Membership, MemberState, Organisation, hash_of
from throughline.testing import client_of, make_member, make_school

pytestmark = pytest.mark.django_db

MEI = Entry("Mei Tanaka", "mei@example.org", ("educator", "team"))
INVITE = reverse("schools:invite", kwargs={"school": "harbour-bridge"})
CONFIRM = reverse("schools:invite-confirm", kwargs={"school": "harbour-bridge"})
INVITED = reverse("schools:invited", kwargs={"school": "harbour-bridge"})
FORM = {"usual": "educator", "by_mail": "on"}


def test_a_new_person_gets_a_place_a_hashed_link_a_letter_and_an_event(lead: Membership) -> None:
    (done,) = actions.invite_people(by=lead, entries=[MEI])
    assert done.outcome == Outcome.NEW
    assert done.member.state == MemberState.INVITED
    assert done.member.roles == {"educator", "team"}
    assert not done.member.person.has_usable_password()
    invitation = Invitation.objects.get()
    assert invitation.token_hash == hash_of(done.token)
    assert invitation.expires_at - clock.now() > timedelta(days=13)
    letter = OutgoingMail.objects.get()
    assert letter.to == "mei@example.org" and letter.organisation_id == lead.organisation_id
    assert "Amara Okafor invites you to join Harbour Bridge" in letter.body
    assert "leadership team, educator" in letter.body
    assert done.token not in letter.body, "the link in the letter is another one: only it proves the address"
    event = Event.objects.get(verb="member.invited")
    assert (event.actor_id, event.organisation_id) == (lead.pk, lead.organisation_id)


def test_nobody_is_invited_when_one_entry_is_wrong(lead: Membership) -> None:
    before = Person.objects.count()
    for wrong in (
        Entry("Ravi", "no address", ("team",)),
        Entry("", "ravi@example.org", ("team",)),
        Entry("Ravi", "ravi@example.org", ()),
        Entry("Ravi", "ravi@example.org", ("district-lead",)),
        Entry("Ravi", "MEI@example.org", ("team",)),
        Entry("R" * 201, "ravi@example.org", ("team",)),
    ):
        with pytest.raises(ValidationError):
            actions.invite_people(by=lead, entries=[MEI, wrong])
    assert Person.objects.count() == before
    assert not Invitation.objects.exists() and not OutgoingMail.objects.exists()


def test_members_are_recognised_guests_get_a_new_link_and_those_who_left_come_back(
    lead: Membership, team: Membership, educator: Membership
) -> None:
    actions.invite_people(by=lead, entries=[MEI])
    old = Invitation.objects.get()
    actions.remove_member(by=lead, member=educator)
    entries = [
        Entry("Jonas", team.person.email, ("educator",)),
        MEI,
        Entry("Mei T.", educator.person.email, ("family",)),
    ]
    outcomes = [done.outcome for done in actions.invite_people(by=lead, entries=entries)]
    assert outcomes == [Outcome.ALREADY_IN, Outcome.AGAIN, Outcome.BACK]
    old.refresh_from_db()
    assert old.state == Invitation.State.WITHDRAWN
    educator = Membership.objects.get(pk=educator.pk)
    assert educator.state == MemberState.INVITED and educator.roles == {"family"}
    assert Membership.objects.get(pk=team.pk).roles == {"team"}
    assert Membership.objects.filter(person=educator.person).count() == 1


def test_someone_known_elsewhere_is_invited_without_telling_the_lead_so(
    lead: Membership, outsider: Membership
) -> None:
    (done,) = actions.invite_people(by=lead, entries=[Entry("V. Sand", outsider.person.email, ("team",))])
    assert done.outcome == Outcome.NEW
    assert done.member.person_id == outsider.person_id
    assert done.member.name == "V. Sand"
    outsider.person.refresh_from_db()
    assert outsider.person.name == "Viktor Sand"


@pytest.mark.parametrize("role", ["team", "educator", "registrar", "family"])
def test_only_those_who_look_after_the_organisation_invite(
    make_one: Callable[..., Membership], role: str
) -> None:
    by = make_one("Somebody", role)
    with pytest.raises(Refused):
        actions.invite_people(by=by, entries=[MEI])
    page = client_of(by).get(INVITE)
    assert page.status_code == 403
    assert "Only the leads of this organization can invite people" in page.content.decode()


def test_in_a_district_its_lead_invites_and_in_a_network_its_staff() -> None:
    for kind, role in (("district", "district-lead"), ("network", "network-staff")):
        by = make_member(make_school(kind.title(), kind), f"Keeper of {kind}", role)
        (done,) = actions.invite_people(by=by, entries=[Entry("X", f"x@{kind}.example", (role,))])
        assert done.member.roles == {role}


def test_one_who_was_removed_can_no_longer_invite(
    lead: Membership, make_one: Callable[..., Membership]
) -> None:
    second = make_one("Second Lead", "lead")
    actions.remove_member(by=lead, member=second)
    with pytest.raises(Refused):
        actions.invite_people(by=second, entries=[MEI])


def test_a_list_is_looked_at_before_anything_happens(lead: Membership, team: Membership) -> None:
    text = f"Mei Tanaka, mei@example.org\nJonas Lind, {team.person.email}\nRavi, ravi@example.org, team; educator"
    page = client_of(lead).post(INVITE, {**FORM, "people": text})
    shown = page.content.decode()
    assert page.status_code == 200
    assert "2 people will be invited" in shown and "already a member" in shown
    assert 'name="role:ravi@example.org"' in shown and "leadership team, educator" in shown
    assert not Invitation.objects.exists()


def test_a_wrong_line_is_marked_nothing_is_lost_and_nobody_can_be_invited_yet(lead: Membership) -> None:
    text = "Mei Tanaka, mei@example.org\nsomeone without address"
    for address in (INVITE, CONFIRM):
        page = client_of(lead).post(address, {**FORM, "people": text})
        shown = page.content.decode()
        assert page.status_code == 422
        assert "There is no email address in this line." in shown
        assert "Mei Tanaka, mei@example.org" in shown and "someone without address" in shown
        assert "Send the invitations" not in shown and "Make the links" not in shown
    assert not Invitation.objects.exists()


def test_confirming_invites_with_the_role_chosen_row_by_row_and_shows_the_links_once(
    lead: Membership,
) -> None:
    client = client_of(lead)
    text = "Mei Tanaka, mei@example.org\nRavi, ravi@example.org, team; educator"
    chosen = {"role:mei@example.org": "family", "role:ravi@example.org": "team educator"}
    done = client.post(CONFIRM, {**FORM, "people": text, **chosen})
    assert done["Location"] == INVITED
    mei, ravi = Membership.objects.filter(joined_at=None).order_by("name")
    assert mei.roles == {"family"} and ravi.roles == {"team", "educator"}
    shown = client.get(INVITED).content.decode()
    assert shown.count("http://127.0.0.1:8000/i/") >= 2
    assert "/i/" not in client_of(lead).get(INVITED).content.decode(), (
        "only the browser that made them sees them"
    )
    with clock.standing_at(clock.now() + timedelta(minutes=16)):
        assert "There is no link to show" in client.get(INVITED).content.decode()


def test_without_letters_the_links_still_come(lead: Membership) -> None:
    client = client_of(lead)
    client.post(CONFIRM, {"usual": "educator", "people": "Mei, mei@example.org"})
    assert not OutgoingMail.objects.exists()
    assert "No email goes out from here" in client.get(INVITED).content.decode()


def test_a_double_click_invites_once(lead: Membership) -> None:
    client = client_of(lead)
    data = {**FORM, "people": "Mei, mei@example.org", "_once": "6f1b1e3e-8d3b-4a55-9a43-2f9a3a1f5b11"}
    assert client.post(CONFIRM, data)["Location"] == client.post(CONFIRM, data)["Location"] == INVITED
    assert Invitation.objects.count() == OutgoingMail.objects.count() == 1
    assert "/i/" in client.get(INVITED).content.decode()


def test_five_hundred_people_at_a_time_and_not_one_more(lead: Membership) -> None:
    text = "\n".join(f"Person {n}, p{n}@example.org" for n in range(501))
    page = client_of(lead).post(INVITE, {**FORM, "people": text})
    assert page.status_code == 422 and "501 lines" in page.content.decode()
    entries = [Entry(f"Person {n}", f"p{n}@example.org", ("learner",)) for n in range(500)]
    assert len(actions.invite_people(by=lead, entries=entries)) == 500
    with pytest.raises(ValidationError):
        actions.invite_people(by=lead, entries=[*entries, MEI])


def test_a_new_link_replaces_the_old_and_withdrawing_closes_it(lead: Membership) -> None:
    (done,) = actions.invite_people(by=lead, entries=[MEI])
    client = client_of(lead)
    known = {"school": "harbour-bridge", "member": done.member.pk}
    assert client.post(reverse("schools:invitation-renew", kwargs=known))["Location"] == INVITED
    assert [one.state for one in Invitation.objects.order_by("made_at")] == ["withdrawn", "open"]
    assert OutgoingMail.objects.count() == 2
    client.post(reverse("schools:invitation-withdraw", kwargs=known))
    client.post(reverse("schools:invitation-withdraw", kwargs=known))
    member = Membership.objects.get(pk=done.member.pk)
    assert member.state == MemberState.WITHDRAWN
    assert not Invitation.objects.filter(withdrawn_at=None).exists()
    assert Event.objects.filter(verb="invitation.withdrawn").count() == 1


def test_letters_are_written_in_the_language_of_the_organisation(
    lead: Membership, school: Organisation
) -> None:
    school.language = "es"
    school.save()
    actions.invite_people(by=lead, entries=[MEI])
    assert OutgoingMail.objects.get().body


def test_a_letter_cannot_be_given_a_second_line_of_subject(lead: Membership, school: Organisation) -> None:
    school.name = "Harbour\nBcc: everyone@example.org"
    school.save()
    actions.invite_people(by=lead, entries=[MEI])
    assert "\n" not in OutgoingMail.objects.get().subject


def test_no_session_holds_a_link_that_opens_anything(lead: Membership) -> None:
    client = client_of(lead)
    client.post(CONFIRM, {"people": "Mei Tanaka <mei@example.org>", **FORM})
    shown = client.get(INVITED).content.decode()
    token = shown.split("/i/")[1].split('"')[0]
    assert hash_of(token) == Invitation.objects.get().token_hash
    assert token not in repr(dict(client.session.items()))
    assert all(token not in cookie.value for cookie in client.cookies.values())
    cookie = client.cookies["handover"]
    assert cookie["path"] == INVITED and cookie["httponly"] and cookie["samesite"] == "Strict"
    client.cookies.pop("handover")
    assert "/i/" not in client.get(INVITED).content.decode()
