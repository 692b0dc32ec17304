"""Ties between organisations: consent on both sides, and no right to read."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from throughline.activity.models import Event, OutgoingMail
from throughline.kit.verdict import Refused
from throughline.schools import actions
from throughline.schools.models import Affiliation, Membership
from throughline.testing import client_of, make_member, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def district_lead(db: None) -> Membership:
    return make_member(make_school("Coast District", "district"), "Dana Reyes", "district-lead")


@pytest.fixture
def network_staff(db: None) -> Membership:
    return make_member(make_school("Mastery Network", "network"), "Noor Aziz", "network-staff")


def page_of(member: Membership) -> str:
    return reverse("schools:affiliations", kwargs={"school": member.organisation.slug})


def test_a_school_asks_and_the_district_agrees(lead: Membership, district_lead: Membership) -> None:
    tie = actions.ask_affiliation(by=lead, short_name="coast-district")
    assert tie.agreed_at is None
    assert OutgoingMail.objects.get().to == district_lead.person.email
    with pytest.raises(ValidationError):
        actions.agree_affiliation(by=lead, affiliation=tie)
    tie = actions.agree_affiliation(by=district_lead, affiliation=tie)
    assert tie.agreed_at and tie.organisation_id == lead.organisation_id
    for organisation in (lead.organisation_id, district_lead.organisation_id):
        verbs = list(
            Event.objects.filter(organisation_id=organisation).order_by("at").values_list("verb", flat=True)
        )
        assert verbs == ["affiliation.asked", "affiliation.agreed"]


def test_a_district_invites_a_school_and_the_school_declines(
    lead: Membership, district_lead: Membership
) -> None:
    tie = actions.ask_affiliation(by=district_lead, short_name="/s/harbour-bridge/")
    assert tie.organisation_id == lead.organisation_id and not tie.asked_by_member
    actions.decline_affiliation(by=lead, affiliation=tie)
    actions.decline_affiliation(by=lead, affiliation=tie)
    assert Event.objects.filter(verb="affiliation.declined").count() == 2
    assert actions.ask_affiliation(by=district_lead, short_name="harbour-bridge").pk != tie.pk


def test_asking_each_other_is_agreeing_and_asking_twice_changes_nothing(
    lead: Membership, network_staff: Membership
) -> None:
    tie = actions.ask_affiliation(by=lead, short_name="mastery-network")
    assert actions.ask_affiliation(by=lead, short_name="mastery-network").pk == tie.pk
    assert actions.ask_affiliation(by=network_staff, short_name="harbour-bridge").agreed_at is not None
    assert Affiliation.objects.count() == 1


def test_either_side_ends_it(lead: Membership, district_lead: Membership) -> None:
    for ends in (lead, district_lead):
        tie = actions.ask_affiliation(by=lead, short_name="coast-district")
        actions.agree_affiliation(by=district_lead, affiliation=tie)
        assert actions.end_affiliation(by=ends, affiliation=tie).ended_at


def test_what_cannot_belong_to_what(
    lead: Membership, outsider: Membership, network_staff: Membership
) -> None:
    other_network = make_member(make_school("Other Network", "network"), "Oz", "network-staff")
    for by, name in (
        (lead, "stonefield"),
        (lead, "harbour-bridge"),
        (lead, "nowhere"),
        (lead, ""),
        (other_network, "mastery-network"),
    ):
        with pytest.raises(ValidationError):
            actions.ask_affiliation(by=by, short_name=name)
    assert not Affiliation.objects.exists()


def test_a_district_joins_a_network(district_lead: Membership, network_staff: Membership) -> None:
    tie = actions.ask_affiliation(by=network_staff, short_name="coast-district")
    assert tie.organisation_id == district_lead.organisation_id


def test_only_leads_decide_and_strangers_to_the_tie_do_not_see_it(
    lead: Membership, team: Membership, educator: Membership, outsider: Membership, district_lead: Membership
) -> None:
    tie = actions.ask_affiliation(by=district_lead, short_name="harbour-bridge")
    with pytest.raises(Refused):
        actions.agree_affiliation(by=team, affiliation=tie)
    with pytest.raises(Refused):
        actions.end_affiliation(by=outsider, affiliation=tie)
    assert "Coast District" in client_of(team).get(page_of(team)).content.decode()
    assert client_of(team).post(page_of(team), {"short_name": "x"}).status_code == 403
    assert client_of(educator).get(page_of(educator)).status_code == 403
    theirs = reverse("schools:affiliation-agree", kwargs={"school": "stonefield", "tie": tie.pk})
    assert client_of(outsider).post(theirs).status_code == 404


def test_a_tie_gives_no_right_to_read_anything(
    lead: Membership, district_lead: Membership, educator: Membership
) -> None:
    tie = actions.ask_affiliation(by=lead, short_name="coast-district")
    actions.agree_affiliation(by=district_lead, affiliation=tie)
    for reader, school in ((district_lead, "harbour-bridge"), (lead, "coast-district")):
        client = client_of(reader)
        for name in ("people", "groups", "affiliations", "settings", "log", "invite"):
            assert client.get(reverse(f"schools:{name}", kwargs={"school": school})).status_code == 404
        assert client.get(f"/s/{school}/people/{educator.pk}/").status_code == 404
    own = client_of(district_lead).get(f"/s/coast-district/people/{educator.pk}/")
    assert own.status_code == 404


def test_the_page_asks_answers_and_ends(lead: Membership, district_lead: Membership) -> None:
    school, district = client_of(lead), client_of(district_lead)
    wrong = school.post(page_of(lead), {"short_name": "nowhere"})
    assert wrong.status_code == 422 and "No organization here" in wrong.content.decode()
    assert school.post(page_of(lead), {"short_name": "coast-district"})["Location"] == page_of(lead)
    assert "Take it back" in school.get(page_of(lead)).content.decode()
    assert "asks to join you" in district.get(page_of(district_lead)).content.decode()
    tie = Affiliation.objects.get()
    district.post(reverse("schools:affiliation-agree", kwargs={"school": "coast-district", "tie": tie.pk}))
    assert "You belong to it" in school.get(page_of(lead)).content.decode()
    school.post(reverse("schools:affiliation-end", kwargs={"school": "harbour-bridge", "tie": tie.pk}))
    assert "A school does not need any" in school.get(page_of(lead)).content.decode()
