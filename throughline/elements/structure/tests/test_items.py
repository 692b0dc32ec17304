"""Items are added, changed, moved, removed and tied; two people at once lose nothing; a page asks few questions."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from throughline.elements.models import Element, ElementKind, Item, ItemKind, Tie
from throughline.elements.setup.actions import begin_element, invite_participant
from throughline.elements.structure.actions import (
    Meanwhile,
    add_item,
    bring_back_item,
    change_item,
    choose_serving,
    choose_ties,
    move_item,
    remove_item,
    restore_revision,
    tie,
    untie,
)
from throughline.elements.structure.queries import items_of, journey_tree, ties_of, walk
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member, ship_frameworks

pytestmark = pytest.mark.django_db


def begun(lead: Membership, kind: str = ElementKind.GRADUATE_PROFILE) -> Element:
    return begin_element(kind=kind, title=f"Our {kind}", language="en", outline=[], by=lead)


def added(
    element: Element, kind: str, title: str, by: Membership, parent: Item | None = None, **words: str
) -> Item:
    return add_item(element=element, kind=kind, words={"title": title, **words}, parent=parent, by=by)


def address(element: Element, rest: str = "") -> str:
    return f"/s/{element.organisation.slug}/elements/{element.kind}/items/{rest}"


def test_items_stand_in_a_tree_read_by_one_query(lead: Membership) -> None:
    profile = begun(lead)
    one = added(profile, ItemKind.ATTRIBUTE, "Curious", lead, text="Asks until it is clear.")
    added(profile, ItemKind.INDICATOR, "Asks a question of their own", lead, one, stage="Grades 6–8")
    added(profile, ItemKind.ATTRIBUTE, "Kind", lead)
    with CaptureQueriesContext(connection) as asked:
        nodes = items_of(profile)
    assert len(asked) == 1
    assert [node.item.title for node in nodes] == ["Curious", "Kind"]
    assert [node.item.data for node in nodes[0].of(ItemKind.INDICATOR)] == [{"stage": "Grades 6–8"}]


@pytest.mark.parametrize(
    ("kind", "words", "wrong"),
    [
        (ItemKind.ATTRIBUTE, {"title": "  "}, "title"),
        (ItemKind.ATTRIBUTE, {"title": "x" * 301}, "title"),
        (ItemKind.CREDIT, {"title": "A credit", "level": "foundational"}, "kind"),
        (ItemKind.INDICATOR, {"title": "No parent"}, "parent"),
    ],
)
def test_what_cannot_be_is_refused_by_field(
    lead: Membership, kind: str, words: dict[str, str], wrong: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        add_item(element=begun(lead), kind=kind, words=words, by=lead)
    assert list(refused.value.message_dict) == [wrong]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org", "https://", "not a link"])
def test_a_link_is_an_address_of_the_web(lead: Membership, link: str) -> None:
    with pytest.raises(ValidationError):
        added(begun(lead, ElementKind.CALL_TO_ACTION), ItemKind.FACT, "A fact", lead, link=link)


def test_two_people_at_once_lose_nothing(lead: Membership) -> None:
    item = added(begun(lead), ItemKind.ATTRIBUTE, "Curious", lead, text="One.")
    change_item(item=item, words={"title": "Curious", "text": "Two."}, seen=1, by=lead)
    with pytest.raises(Meanwhile) as met:
        change_item(item=item, words={"title": "Curious minds", "text": "One."}, seen=1, by=lead)
    assert (met.value.item.text, met.value.item.revision) == ("Two.", 2)
    assert [each.text for each in item.revisions.order_by("revision")] == ["One.", "Two."]


def test_the_form_shows_both_versions_and_holds_what_fits_together(lead: Membership) -> None:
    element = begun(lead)
    item = added(element, ItemKind.ATTRIBUTE, "Curious", lead, text="One.")
    change_item(item=item, words={"title": "Curious", "text": "Two."}, seen=1, by=lead)
    client = client_of(lead)
    there = address(element, f"{item.pk}/change/")
    answer = client.post(there, {"title": "Curious minds", "text": "One.", "seen": "1"})
    said = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Curious minds"' in said and "Two.</textarea>" in said and 'name="seen" value="2"' in said
    assert client.post(there, {"title": "Curious minds", "text": "Two.", "seen": "2"}).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.text, item.revision) == ("Curious minds", "Two.", 3)


def test_an_older_version_can_be_restored_and_the_newer_one_stays(lead: Membership) -> None:
    item = added(begun(lead), ItemKind.ATTRIBUTE, "Curious", lead, text="One.")
    change_item(item=item, words={"title": "Curious", "text": "Two."}, seen=1, by=lead)
    there = address(item.element, f"{item.pk}/history/")
    assert "Two." in client_of(lead).get(there).content.decode()
    assert client_of(lead).post(there, {"revision": "7"}).status_code == 302
    restore_revision(item=item, revision=1, by=lead)
    item.refresh_from_db()
    assert item.text == "One."
    assert [each.text for each in item.revisions.order_by("revision")] == ["One.", "Two.", "One."]


def test_what_is_removed_goes_with_what_belongs_to_it_and_comes_back(lead: Membership) -> None:
    profile = begun(lead)
    item = added(profile, ItemKind.ATTRIBUTE, "Curious", lead)
    added(profile, ItemKind.INDICATOR, "Asks", lead, item)
    remove_item(item=item, by=lead)
    assert items_of(profile) == []
    bring_back_item(item=item, by=lead)
    assert [node.item.title for node in walk(items_of(profile))] == ["Curious", "Asks"]


def test_items_change_places(lead: Membership) -> None:
    profile = begun(lead)
    one, two, three = (added(profile, ItemKind.ATTRIBUTE, name, lead) for name in ("One", "Two", "Three"))
    move_item(item=three, up=True, by=lead)
    move_item(item=one, up=True, by=lead)
    assert [node.item.title for node in items_of(profile)] == ["One", "Three", "Two"]
    client_of(lead).post(address(profile, "move/"), {"down": str(one.pk)})
    assert [node.item.title for node in items_of(profile)] == ["Three", "One", "Two"]
    assert two.position == 2


def test_ties_lead_to_items_of_the_right_kind_and_to_competencies(
    school: Organisation, lead: Membership
) -> None:
    ship_frameworks()
    profile, blocks = begun(lead), begun(lead, ElementKind.BUILDING_BLOCKS)
    attribute = added(profile, ItemKind.ATTRIBUTE, "Curious", lead)
    area = added(blocks, ItemKind.AREA, "Inquiry", lead)
    credit = added(blocks, ItemKind.CREDIT, "Asking", lead, area, level="foundational")
    known = journey_tree(school)
    assert known is not None
    competency = known.competencies[0].id
    for _again in range(2):
        tie(item=credit, to=attribute, by=lead)
        tie(item=credit, competency=competency, by=lead)
    assert Tie.objects.count() == 2
    with pytest.raises(ValidationError):
        tie(item=attribute, to=credit, by=lead)
    with pytest.raises(ValidationError):
        tie(item=credit, competency=attribute.pk, by=lead)
    untie(item=credit, competency=competency, by=lead)
    assert [each.to_id for each in ties_of(school)] == [attribute.pk]
    choose_ties(item=credit, to=[], competencies=[competency], by=lead)
    assert [each.competency_id for each in ties_of(school)] == [competency]
    choose_serving(item=attribute, serving=[credit.pk], by=lead)
    assert len(ties_of(school)) == 2
    choose_serving(item=attribute, serving=[], by=lead)
    assert [each.competency_id for each in ties_of(school)] == [competency]


def test_the_page_of_ties_keeps_what_this_person_cannot_see(school: Organisation, lead: Membership) -> None:
    profile, call = begun(lead), begun(lead, ElementKind.CALL_TO_ACTION)
    attribute = added(profile, ItemKind.ATTRIBUTE, "Curious", lead)
    vision = added(call, ItemKind.VISION, "A school that asks", lead)
    tie(item=attribute, to=vision, by=lead)
    learner = make_member(school, "Noor Haddad", Role.LEARNER)
    invite_participant(element=profile, member=learner, may="write", by=lead)
    client = client_of(learner)
    for rest in ("", f"{attribute.pk}/", f"{attribute.pk}/ties/"):
        assert "A school that asks" not in client.get(address(profile, rest)).content.decode()
    assert client.post(address(profile, f"{attribute.pk}/ties/"), {}).status_code == 302
    assert Tie.objects.filter(to=vision).exists()
    assert "A school that asks" in client_of(lead).get(address(profile)).content.decode()


def test_an_educator_reads_the_items_and_changes_none(school: Organisation, lead: Membership) -> None:
    educator = make_member(school, "Ravi Nair", Role.EDUCATOR)
    element = begun(lead)
    item = added(element, ItemKind.ATTRIBUTE, "Curious", lead)
    with pytest.raises(Refused):
        added(element, ItemKind.ATTRIBUTE, "Kind", educator)
    client = client_of(educator)
    assert client.get(address(element, f"{item.pk}/")).status_code == 200
    assert client.get(address(element, f"{item.pk}/change/")).status_code == 403
    assert client.get(f"/s/{school.slug}/elements/implementation-plan/items/").status_code == 404


def test_every_kind_is_added_by_its_form(lead: Membership) -> None:
    blocks = begun(lead, ElementKind.BUILDING_BLOCKS)
    client = client_of(lead)
    client.post(address(blocks, "add/area/"), {"title": "Inquiry"})
    area = Item.objects.get(kind=ItemKind.AREA)
    told = {"title": "Asking", "level": "advanced", "demonstrations": "3", "decides": "Two educators"}
    there = address(blocks, f"add/credit/?under={area.pk}")
    assert client.get(there).status_code == 200
    assert client.post(there, told | {"demonstrations": "many"}).status_code == 422
    assert client.post(there, told).status_code == 302
    credit = Item.objects.get(kind=ItemKind.CREDIT)
    assert credit.parent == area
    assert credit.data == {"level": "advanced", "demonstrations": "3", "decides": "Two educators"}


def test_a_page_of_many_items_asks_few_questions(lead: Membership) -> None:
    ship_frameworks()
    blocks = begun(lead, ElementKind.BUILDING_BLOCKS)
    attribute = added(begun(lead), ItemKind.ATTRIBUTE, "Curious", lead)
    for place in range(3):
        area = added(blocks, ItemKind.AREA, f"Area {place}", lead)
        for number in range(4):
            credit = added(blocks, ItemKind.CREDIT, f"Credit {number}", lead, area, level="foundational")
            added(blocks, ItemKind.CRITERION, "Clear", lead, credit)
            tie(item=credit, to=attribute, by=lead)
    client = client_of(lead)
    for rest in ("", f"{credit.pk}/", f"{credit.pk}/history/", f"{credit.pk}/ties/", f"{credit.pk}/change/"):
        client.get(address(blocks, rest))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(blocks, rest)).status_code == 200
        assert len(asked) <= 12, rest
