"""What a community said: typed word for word with its group, grouped, agreed on, asked again; who is missing is asked."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from throughline.elements.gathering.actions import (
    add_entries,
    agree_cluster,
    bring_back_entries,
    drop_cluster,
    make_cluster,
    note_missing,
    remove_entries,
    reopen_cluster,
    sort_entries,
)
from throughline.elements.gathering.queries import answers_of, groups_in_rounds, missing_note, piles_of
from throughline.elements.models import Cluster, Element, ElementKind, Entry, Item, MissingNote
from throughline.elements.setup.actions import begin_element, invite_participant
from throughline.elements.structure.queries import items_of
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile(lead: Membership) -> Element:
    return begin_element(
        kind=ElementKind.GRADUATE_PROFILE, title="Our profile", language="en", outline=[], by=lead
    )


def said(profile: Element, by: Membership, *texts: str, group: str = "families") -> list[Entry]:
    return add_entries(element=profile, texts=texts, group=group, origin="Wall in the hall", by=by)


def test_the_whole_way_from_a_wall_to_an_attribute_and_back(profile: Element, lead: Membership) -> None:
    entries = said(profile, lead, "asks questons", "", "  wants to know why ") + said(
        profile, lead, "curious", group="learners"
    )
    assert [each.text for each in entries] == ["asks questons", "wants to know why", "curious"]
    cluster = make_cluster(element=profile, title="Asking", by=lead)
    assert (
        sort_entries(element=profile, entries=[each.pk for each in entries[:2]], cluster=cluster, by=lead)
        == 2
    )
    loose, pile = piles_of(profile)
    assert [each.text for each in loose.entries] == ["curious"]
    assert {each.group for each in pile.entries} == {"families"}
    attribute = agree_cluster(cluster=cluster, title="Asks before answering", by=lead)
    assert [node.item for node in items_of(profile)] == [attribute]
    add_entries(
        element=profile, texts=["Too long"], group="learners", item=attribute, stance="against", by=lead
    )
    answers = answers_of(profile, [attribute])
    assert [(stance, [each.text for each in found]) for stance, found in answers[0].stances] == [
        ("against it", ["Too long"])
    ]
    reopen_cluster(cluster=cluster, by=lead)
    drop_cluster(cluster=cluster, by=lead)
    assert len(piles_of(profile)) == 1 and len(piles_of(profile)[0].entries) == 3


def test_what_was_typed_by_mistake_goes_and_is_kept(profile: Element, lead: Membership) -> None:
    one, _two = said(profile, lead, "one", "two")
    assert remove_entries(element=profile, entries=[one.pk], by=lead) == 1
    assert [each.text for each in piles_of(profile)[0].entries] == ["two"]
    assert Entry.objects.count() == 2


def test_what_was_removed_comes_back_to_where_it_stood(
    school: Organisation, profile: Element, lead: Membership
) -> None:
    one, two = said(profile, lead, "one", "two")
    cluster = make_cluster(element=profile, title="Numbers", by=lead)
    sort_entries(element=profile, entries=[one.pk], cluster=cluster, by=lead)
    remove_entries(element=profile, entries=[one.pk, two.pk], by=lead)
    client, there = client_of(lead), f"/s/{school.slug}/elements/graduate-profile/gathering/"
    assert "2 removed entries" in client.get(there).content.decode()
    assert "Numbers" in client.get(f"{there}removed/").content.decode()
    answer = client.post(f"{there}removed/", {"entry": [str(one.pk)]})
    assert (answer.status_code, answer["Location"]) == (302, f"{there}removed/")
    loose, pile = piles_of(profile)
    assert (loose.entries, [each.text for each in pile.entries]) == ([], ["one"])
    assert bring_back_entries(element=profile, entries=[one.pk], by=lead) == 0
    assert bring_back_entries(element=profile, entries=[two.pk], by=lead) == 1
    page = client.get(f"{there}removed/").content.decode()
    assert "Nothing has been removed." in page and 'name="entry"' not in page
    assert "removed entr" not in client.get(there).content.decode()


def test_who_may_not_write_brings_nothing_back(
    school: Organisation, profile: Element, lead: Membership
) -> None:
    [one] = said(profile, lead, "one")
    remove_entries(element=profile, entries=[one.pk], by=lead)
    learner = make_member(school, "Noor Haddad", Role.LEARNER)
    invite_participant(element=profile, member=learner, may="comment", by=lead)
    with pytest.raises(Refused):
        bring_back_entries(element=profile, entries=[one.pk], by=learner)
    there = f"/s/{school.slug}/elements/graduate-profile/gathering/"
    assert client_of(learner).get(f"{there}removed/").status_code == 403
    assert "removed entry" not in client_of(learner).get(there).content.decode()


@pytest.mark.parametrize(
    ("texts", "group", "wrong"),
    [
        ([" "], "families", "texts"),
        (["x" * 501], "families", "texts"),
        (["x"] * 301, "families", "texts"),
        (["x"], "cats", "group"),
    ],
)
def test_what_cannot_be_is_refused(
    profile: Element, lead: Membership, texts: list[str], group: str, wrong: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        add_entries(element=profile, texts=texts, group=group, by=lead)
    assert list(refused.value.message_dict) == [wrong]


def test_a_learner_who_is_invited_speaks_for_learners_and_groups_nothing(
    school: Organisation, lead: Membership, profile: Element
) -> None:
    learner = make_member(school, "Noor Haddad", Role.LEARNER)
    invite_participant(element=profile, member=learner, may="comment", by=lead)
    with pytest.raises(ValidationError):
        said(profile, learner, "ours", group="families")
    client, there = client_of(learner), f"/s/{school.slug}/elements/graduate-profile/gathering/"
    assert client.post(f"{there}add/", {"group": "learners", "texts": "mine\nand mine"}).status_code == 302
    assert groups_in_rounds(school)[profile.pk] == {"learners"}
    with pytest.raises(Refused):
        make_cluster(element=profile, title="No", by=learner)
    assert client.post(f"{there}sort/", {"to": "away"}).status_code == 403
    assert "mine" in client.get(there).content.decode()


def test_who_is_missing_is_written_down_and_what_was_written_before_is_kept(
    profile: Element, lead: Membership
) -> None:
    note_missing(element=profile, number=1, text="Those who work at night.", by=lead)
    note_missing(element=profile, number=1, text="We called them.", by=lead)
    held = missing_note(profile, 1)
    assert held is not None and held.text == "We called them."
    assert MissingNote.objects.count() == 2 and missing_note(profile, 2) is None


def test_entries_are_moved_by_form_in_bulk(school: Organisation, lead: Membership, profile: Element) -> None:
    entries = said(profile, lead, *(f"Hope {number}" for number in range(5)))
    client, there = client_of(lead), f"/s/{school.slug}/elements/graduate-profile/gathering/"
    ticked = [str(each.pk) for each in entries[:3]]
    client.post(f"{there}sort/", {"entry": ticked, "to": "new", "name": "Hopes"})
    cluster = Cluster.objects.get()
    assert cluster.entries.count() == 3
    client.post(f"{there}sort/", {"entry": ticked[:1], "to": "none"})
    assert cluster.entries.count() == 2
    page = f"{there}clusters/{cluster.pk}/"
    assert client.get(page).status_code == 200
    assert (
        client.post(f"{page}agree/", {"item": "", "title": "Hopeful", "text": "It says so."}).status_code
        == 302
    )
    assert Item.objects.get().title == "Hopeful"
    assert client.get(f"{there}second/").status_code == 200
    item = Item.objects.get()
    add = f"{there}add/?to={item.pk}"
    assert client.post(add, {"group": "families", "texts": "Yes", "stance": "for"}).status_code == 302
    assert "For it" in client.get(f"{there}second/").content.decode()
    client.post(f"{there}missing/", {"number": "2", "text": "Night workers"})
    assert "Night workers" in client.get(f"{there}second/").content.decode()


def test_three_hundred_entries_stand_on_one_page_with_few_questions(
    school: Organisation, lead: Membership, profile: Element
) -> None:
    entries = said(profile, lead, *(f"Hope number {number}" for number in range(300)))
    for number in range(12):
        cluster = make_cluster(element=profile, title=f"Cluster {number}", by=lead)
        ids = [each.pk for each in entries[number * 20 : number * 20 + 20]]
        sort_entries(element=profile, entries=ids, cluster=cluster, by=lead)
    slips = said(profile, lead, *(f"Slip {number}" for number in range(100)))
    remove_entries(element=profile, entries=[each.pk for each in slips], by=lead)
    attribute = agree_cluster(cluster=cluster, by=lead)
    add_entries(element=profile, texts=["Yes"] * 50, group="learners", item=attribute, stance="for", by=lead)
    client, there = client_of(lead), f"/s/{school.slug}/elements/graduate-profile/gathering/"
    for page in (there, f"{there}second/", f"{there}removed/", f"{there}clusters/{cluster.pk}/"):
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(page)
        assert answer.status_code == 200 and len(asked) <= 12, page
    assert client.get(there).content.decode().count('name="entry"') == 300


def test_no_other_element_has_rounds(school: Organisation, lead: Membership) -> None:
    call = begin_element(kind=ElementKind.CALL_TO_ACTION, title="Call", language="en", outline=[], by=lead)
    assert client_of(lead).get(f"/s/{school.slug}/elements/{call.kind}/gathering/").status_code == 404
    with pytest.raises(ValidationError):
        said(call, lead, "a hope")
