"""Restoring a version brings back what stood beside the text: items with their ties, and sections. Nothing is lost by it."""

import pytest

from throughline.elements.adopting.tests.test_adopting import adopted
from throughline.elements.editing.queries import text_at
from throughline.elements.history.actions import name_version, restore_version
from throughline.elements.history.moments import beside
from throughline.elements.models import Element, ElementKind, Item, Tie
from throughline.elements.setup.actions import add_section, begin_element, remove_section
from throughline.elements.setup.sections import words_in
from throughline.elements.structure.actions import (
    add_item,
    bring_back_item,
    change_item,
    move_item,
    remove_item,
    tie,
    untie,
)
from throughline.elements.structure.queries import items_of, walk
from throughline.elements.talk.tests.conftest import write
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def element(lead: Membership) -> Element:
    made = begin_element(
        kind=ElementKind.GRADUATE_PROFILE, title="Who leaves", language="en", outline=[], by=lead
    )
    write(made, lead, "The first text.")
    return made


def add(element: Element, by: Membership, title: str, parent: Item | None = None) -> Item:
    kind = "indicator" if parent else "attribute"
    return add_item(element=element, kind=kind, words={"title": title}, parent=parent, by=by)


def said(element: Element) -> list[str]:
    return [node.item.title for node in walk(items_of(element))]


def back(
    element: Element, version: int, by: Membership, *, items: bool = True, sections: bool = False
) -> None:
    element.refresh_from_db()
    restore_version(
        element=element, version=version, seen=element.head, by=by, items=items, sections=sections
    )
    element.refresh_from_db()


def test_items_are_what_they_were_when_the_text_last_said_this(lead: Membership, element: Element) -> None:
    kind, brave = add(element, lead, "Kind"), add(element, lead, "Brave")
    add(element, lead, "Helps", kind)
    version = element.head
    write(element, lead, "Another text.")
    change_item(item=kind, words={"title": "Strong"}, seen=1, by=lead)
    remove_item(item=brave, by=lead)
    add(element, lead, "Later", add(element, lead, "Fast"))
    assert said(element) == ["Strong", "Helps", "Fast", "Later"]
    shown = beside(element, version).items
    assert (shown.back, shown.changed, shown.gone) == (["Brave"], ["Kind"], ["Fast", "Later"])
    back(element, version, lead)
    assert said(element) == ["Kind", "Helps", "Brave"]
    assert Item.objects.get(title="Kind").revisions.count() == 3
    assert not beside(element, version).items


def test_a_restore_can_be_taken_back_and_what_came_later_brought_back(
    lead: Membership, element: Element
) -> None:
    version = element.head
    write(element, lead, "Another text.")
    fast = add(element, lead, "Fast")
    add(element, lead, "Runs", fast)
    after = element.head
    back(element, version, lead)
    assert said(element) == []
    bring_back_item(item=fast, by=lead)
    assert said(element) == ["Fast", "Runs"]
    remove_item(item=fast, by=lead)
    back(element, after, lead)
    assert said(element) == ["Fast", "Runs"]


def test_without_being_asked_it_leaves_the_items_alone(lead: Membership, element: Element) -> None:
    version = element.head
    write(element, lead, "Another text.")
    add(element, lead, "Fast")
    back(element, version, lead, items=False)
    assert said(element) == ["Fast"]


def test_a_version_with_a_name_kept_ties_and_order(lead: Membership, element: Element) -> None:
    reasons = begin_element(kind=ElementKind.CALL_TO_ACTION, title="Why", language="en", outline=[], by=lead)
    vision = add_item(element=reasons, kind="vision", words={"title": "Known"}, by=lead)
    kind, brave = add(element, lead, "Kind"), add(element, lead, "Brave")
    tie(item=kind, to=vision, by=lead)
    name_version(element=element, version=element.head, name="Spring", by=lead)
    untie(item=kind, to=vision, by=lead)
    tie(item=brave, to=vision, by=lead)
    move_item(item=brave, up=True, by=lead)
    assert said(element) == ["Brave", "Kind"]
    shown = beside(element, element.head)
    assert shown.exact and shown.items.retied == ["Kind", "Brave"]
    back(element, element.head, lead)
    assert said(element) == ["Kind", "Brave"]
    assert list(Tie.objects.values_list("item__title", "to__title")) == [("Kind", "Known")]


def test_an_edition_brings_its_items_back(lead: Membership, element: Element) -> None:
    kind = add(element, lead, "Kind")
    version = element.head
    adopted(element, lead)
    remove_item(item=kind, by=lead)
    write(element, lead, "Another text.")
    assert beside(element, version).exact
    back(element, version, lead)
    assert said(element) == ["Kind"]


def test_sections_come_back_with_the_text_that_they_stood_in(lead: Membership, element: Element) -> None:
    key = add_section(element=element, words={"title": "What we keep"}, by=lead)
    element.refresh_from_db()
    version = element.head
    remove_section(element=element, key=key, by=lead)
    element.refresh_from_db()
    write(element, lead, "All new.")
    assert beside(element, version).sections == ["What we keep"]
    back(element, version, lead, sections=True)
    assert [each["key"] for each in element.outline] == [key]
    assert key in words_in(text_at(element).document)
    assert beside(element, version).sections is None


def test_the_page_says_what_comes_back_and_what_does_not(
    lead: Membership, element: Element, django_assert_max_num_queries: object
) -> None:
    add(element, lead, "Kind")
    version = element.head
    write(element, lead, "Another text.")
    for number in range(9):
        add(element, lead, f"Later {number}")
    there = f"/s/harbour-bridge/elements/graduate-profile/history/{version}/"
    client = client_of(lead)
    assert "in the sitting that ended" in client.get(there).content.decode()
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = client.get(there).content.decode()
    assert "Later 8" in page and "both stay as they are now" in page
    element.refresh_from_db()
    client.post(f"{there}restore/", {"seen": element.head, "items": "1"})
    assert said(element) == ["Kind"]
