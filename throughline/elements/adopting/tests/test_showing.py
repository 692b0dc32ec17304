"""An edition shows all that was frozen in it: every field of an item, and nothing that had been removed."""

import pytest

from throughline.elements.adopting.freezing import frozen
from throughline.elements.adopting.showing import ShownItem, items_shown
from throughline.elements.adopting.tests.test_adopting import adopted
from throughline.elements.models import Element, ElementKind, Item
from throughline.elements.setup.actions import begin_element
from throughline.elements.structure.actions import add_item, change_item, remove_item
from throughline.elements.structure.kinds import LEVELS
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def blocks(lead: Membership) -> Element:
    return begin_element(
        kind=ElementKind.BUILDING_BLOCKS, title="Credits", language="en", outline=[], by=lead
    )


def add(element: Element, by: Membership, kind: str, parent: Item | None = None, **words: str) -> Item:
    return add_item(element=element, kind=kind, words=words, parent=parent, by=by)


def credit(element: Element, by: Membership, title: str) -> Item:
    area = add(element, by, "area", title=f"Area of {title}")
    made = add(
        element, by, "credit", area, title=title, level="advanced", text="It holds.", evidence="Two\npieces"
    )
    add(element, by, "criterion", made, title="Argues", **{each: f"{title} {each}" for each in LEVELS})
    return made


def test_fields_are_shown_in_the_order_of_their_kind(lead: Membership, blocks: Element) -> None:
    credit(blocks, lead, "Inquiry")
    (group,) = items_shown(frozen(blocks).items)
    shown: ShownItem = group.items[0].children[0]
    assert [(each.label, each.said) for each in shown.facts] == [
        ("Level", "advanced"),
        ("Evidence", "Two\npieces"),
    ]
    assert [each.said for each in shown.children[0].facts] == [f"Inquiry {each}" for each in LEVELS]


def test_a_link_can_be_followed_and_what_a_kind_no_longer_has_is_still_shown() -> None:
    row = {"id": "1", "kind": "source", "parent": None, "position": 1, "title": "A study", "text": ""}
    (group,) = items_shown([{**row, "data": {"link": "https://example.org/study", "older": "kept"}}])
    facts = group.items[0].facts
    assert [(each.said, each.href) for each in facts] == [
        ("https://example.org/study", "https://example.org/study"),
        ("kept", ""),
    ]
    (group,) = items_shown([{**row, "data": {"link": "javascript:alert(1)"}}])
    assert group.items[0].facts[0].href == ""


def test_what_belongs_to_a_removed_item_is_not_frozen(lead: Membership, blocks: Element) -> None:
    credit(blocks, lead, "Kept")
    remove_item(item=credit(blocks, lead, "Gone"), by=lead)
    said = str(frozen(blocks).items)
    assert "Kept level1" in said
    assert "Gone level1" not in said


def test_every_page_of_an_edition_shows_the_fields_as_they_were(lead: Membership, blocks: Element) -> None:
    item = credit(blocks, lead, "Inquiry")
    edition = adopted(blocks, lead, in_force_on=clock.today())
    change_item(item=item, words={"title": "Inquiry", "level": "foundational"}, seen=1, by=lead)
    page = client_of(lead).get(f"/s/harbour-bridge/elements/building-blocks/editions/{edition.number}/")
    words = page.content.decode()
    assert "advanced" in words and "Inquiry level3" in words
    assert "foundational" not in words
