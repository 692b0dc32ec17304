"""Who sees what on the pages of this room, at a fixed price; the settings; the log."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from throughline.activity.actions import record
from throughline.activity.models import Event
from throughline.kit.verdict import Refused
from throughline.schools import actions, policy, queries
from throughline.schools.log import describe, described_verbs, register_event
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member, make_person

pytestmark = pytest.mark.django_db

PAGES = ("people", "groups", "affiliations", "settings", "log", "invite", "invited", "leave", "group-new")


def address(name: str, school: str = "harbour-bridge", **known: object) -> str:
    return reverse(f"schools:{name}", kwargs={"school": school, **known})


def test_the_list_is_for_leads_team_and_registrars_and_others_see_the_leads(
    lead: Membership,
    team: Membership,
    educator: Membership,
    learner: Membership,
    family: Membership,
    make_one: Any,
) -> None:
    registrar = make_one("Rita Registrar", "registrar")
    for viewer in (lead, team, registrar):
        assert "Salma Haddad" in client_of(viewer).get(address("people")).content.decode()
    for viewer in (educator, learner, family):
        page = client_of(viewer).get(address("people"))
        shown = page.content.decode()
        assert page.status_code == 200
        assert "Amara Okafor" in shown and "Rita Registrar" not in shown and lead.person.email not in shown


def test_addresses_of_learners_and_families_are_for_leads(
    lead: Membership, team: Membership, educator: Membership, learner: Membership, family: Membership
) -> None:
    seen_by_lead = client_of(lead).get(address("people")).content.decode()
    seen_by_team = client_of(team).get(address("people")).content.decode()
    assert educator.person.email in seen_by_team
    for shielded in (learner, family):
        assert shielded.person.email in seen_by_lead
        assert shielded.person.email not in seen_by_team
        one = client_of(team).get(address("member", member=shielded.pk)).content.decode()
        assert shielded.name in one and shielded.person.email not in one


def test_a_member_opens_their_own_page_and_nobody_elses(learner: Membership, family: Membership) -> None:
    client = client_of(learner)
    assert client.get(address("member", member=learner.pk)).status_code == 200
    assert client.get(address("member", member=family.pk)).status_code == 404


def test_pages_of_another_school_do_not_exist_and_strangers_sign_in_first(
    lead: Membership, outsider: Membership, client: Client
) -> None:
    inside = client_of(outsider)
    for name in PAGES:
        assert inside.get(address(name)).status_code == 404, name
        assert client.get(address(name))["Location"].startswith("/account/login/"), name
    nobody = client_of(make_person("Lone Ranger"))
    assert nobody.get(address("people")).status_code == 404


def test_settings_and_log_refuse_with_a_reason(team: Membership) -> None:
    for name, words in (("settings", "change its settings"), ("log", "read its log")):
        page = client_of(team).get(address(name))
        assert page.status_code == 403 and words in page.content.decode()


def test_settings_are_kept_and_the_short_name_stays(lead: Membership, school: Organisation) -> None:
    client = client_of(lead)
    good = {"name": "Harbour Bridge Academy", "language": "es", "time_zone": "Asia/Kolkata"}
    assert client.post(address("settings"), good).status_code == 302
    school.refresh_from_db()
    assert (school.name, school.slug, school.time_zone) == (
        "Harbour Bridge Academy",
        "harbour-bridge",
        "Asia/Kolkata",
    )
    assert Event.objects.filter(verb="organisation.changed").count() == 1
    actions.change_organisation(by=lead, **good)
    assert Event.objects.filter(verb="organisation.changed").count() == 1
    for field, value in (
        ("name", ""),
        ("name", "x" * 201),
        ("name", "\x00"),
        ("language", "xx"),
        ("time_zone", "xx"),
    ):
        assert client.post(address("settings"), {**good, field: value}).status_code == 422
        with pytest.raises(ValidationError):
            actions.change_organisation(by=lead, **{**good, field: value})


def test_times_stand_in_the_schools_zone_unless_i_chose_my_own(
    lead: Membership, school: Organisation
) -> None:
    school.time_zone = "Asia/Kolkata"
    school.save()
    actions.create_group(by=lead, kind="team", name="Guides")
    event = Event.objects.get()
    shown = client_of(lead).get(address("log")).content.decode()
    assert f"{event.at + timedelta(hours=5, minutes=30):%-I:%M %p}" in shown
    lead.person.time_zone = "UTC"
    lead.person.save()
    assert f"{event.at:%-I:%M %p}" in client_of(lead).get(address("log")).content.decode()


def test_the_log_tells_who_did_what_and_only_of_this_organisation(
    lead: Membership, outsider: Membership
) -> None:
    actions.create_group(by=lead, kind="team", name="Guides <b>")
    actions.create_group(by=outsider, kind="team", name="Theirs")
    record("person.signed-in", organisation_id=None, actor_id=lead.person_id, actor_name="Somebody hidden")
    shown = client_of(lead).get(address("log")).content.decode()
    assert "Amara Okafor" in shown and "created the group \u2068Guides &lt;b&gt;\u2069" in shown
    assert "Theirs" not in shown and "Somebody hidden" not in shown


def test_rooms_above_bring_their_own_words_and_an_unknown_verb_breaks_nothing(lead: Membership) -> None:
    register_event("test.happened", "tried %(what)s and %(missing)s")
    known = record("test.happened", organisation_id=lead.organisation_id, actor_id=None, what="100 %")
    unknown = record("test.unknown", organisation_id=lead.organisation_id, actor_id=None)
    assert describe(known) == "tried \u2068100 %\u2069 and –"
    assert "test.unknown" in describe(unknown)
    assert "This site" in client_of(lead).get(address("log")).content.decode()


def test_everything_that_is_written_to_the_log_of_an_organisation_has_words() -> None:
    root = Path(policy.__file__).parent.parent
    found = r'\b(?:record|note|log|_log|log_round|_tell_both)\(\s*"([a-z-]+\.[a-z-]+)"'
    said = {
        verb
        for path in root.rglob("*.py")
        if "tests" not in path.parts
        for verb in re.findall(found, path.read_text())
    }
    # These are about a person, belong to no organisation, and are read by no lead.
    said -= {verb for verb in said if verb.startswith("person.")}
    assert len(said) > 40
    assert said - described_verbs() == set()


def test_the_log_is_paged(lead: Membership) -> None:
    for number in range(60):
        record("test.n", organisation_id=lead.organisation_id, actor_id=None, actor_name=f"Actor {number:02}")
    client = client_of(lead)
    first, second = (client.get(address("log") + query).content.decode() for query in ("", "?page=2"))
    assert "Actor 59" in first and "Actor 09" not in first
    assert "Actor 09" in second and "Actor 59" not in second
    assert client.get(address("log") + "?page=nonsense").status_code == 200


def test_people_are_searched_by_name_and_paged(lead: Membership, school: Organisation, make_one: Any) -> None:
    for number in range(120):
        make_one(f"Member {number:03}", "community")
    client = client_of(lead)
    first = client.get(address("people")).content.decode()
    assert "Member 000" in first and "Member 119" not in first
    assert "Member 119" in client.get(address("people") + "?page=2").content.decode()
    found = client.get(address("people") + "?q=member+11").content.decode()
    assert "Member 115" in found and "Member 000" not in found
    assert "Nobody by that name" in client.get(address("people") + "?q=%00zz&page=9").content.decode()


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("people", 8),
        ("groups", 6),
        ("affiliations", 6),
        ("log", 7),
        ("settings", 5),
        ("invite", 5),
        ("invited", 6),
    ],
)
def test_a_page_costs_the_same_with_one_member_and_with_fifty(
    lead: Membership,
    school: Organisation,
    make_one: Any,
    name: str,
    most: int,
    django_assert_max_num_queries: Any,
) -> None:
    client = client_of(lead)
    client.get(address(name))
    with django_assert_max_num_queries(most) as few:
        client.get(address(name))
    for number in range(50):
        member = make_one(f"Member {number:03}", "team", "educator")
        group = actions.create_group(by=lead, kind="team", name=f"Group {number}")
        actions.add_to_group(by=lead, group=group, members=[member])
    with django_assert_max_num_queries(most) as many:
        client.get(address(name))
    assert abs(len(many) - len(few)) <= 1


def test_one_group_and_one_member_cost_the_same_however_many_belong(
    lead: Membership, make_one: Any, django_assert_max_num_queries: Any
) -> None:
    group = actions.create_group(by=lead, kind="team", name="Guides")
    everyone = [make_one(f"Member {number}", "team") for number in range(30)]
    actions.add_to_group(by=lead, group=group, members=everyone)
    client = client_of(lead)
    for page in (address("group", group=group.pk), address("member", member=everyone[0].pk)):
        with django_assert_max_num_queries(10):
            assert client.get(page).status_code == 200


def test_looking_at_a_list_of_fifty_costs_no_more_than_one_of_one(
    lead: Membership, django_assert_max_num_queries: Any
) -> None:
    client = client_of(lead)
    for size in (1, 50):
        text = "\n".join(f"P {n}, p{n}@example.org" for n in range(size))
        with django_assert_max_num_queries(8):
            assert client.post(address("invite"), {"people": text, "usual": "educator"}).status_code == 200


def test_an_invited_or_departed_member_may_nothing(lead: Membership, educator: Membership) -> None:
    actions.remove_member(by=lead, member=educator)
    gone = queries.fresh(educator)
    for rule in (
        policy.may_manage_people,
        policy.may_see_people,
        policy.may_manage_groups,
        policy.may_read_log,
        policy.may_change_settings,
        policy.may_affiliate,
    ):
        assert not rule(gone)
        assert rule(gone).reason
    with pytest.raises(Refused):
        actions.create_group(by=educator, kind="team", name="X")


def test_a_name_in_another_direction_is_kept_apart(lead: Membership, make_one: Any) -> None:
    make_one("\u0633\u0644\u0645\u0649 \u062d\u062f\u0627\u062f", "educator", "team")
    shown = client_of(lead).get(address("people")).content.decode()
    assert "\u0633\u0644\u0645\u0649 \u062d\u062f\u0627\u062f" in shown


def test_a_member_of_two_schools_stands_in_each_with_other_roles(
    lead: Membership, outsider: Membership
) -> None:
    make_member(outsider.organisation, "Amara Okafor", Role.COMMUNITY, person=lead.person)
    client = client_of(lead)
    assert client.get(address("log")).status_code == 200
    assert client.get(address("log", school="stonefield")).status_code == 403
