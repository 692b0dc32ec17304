"""A whole text is put in the place of another one by the smallest steps."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given, settings

from throughline.elements.editing.actions import Meanwhile, replace_text
from throughline.elements.editing.merging import decided
from throughline.elements.editing.queries import text_at
from throughline.elements.editing.steps import node_of, steps_between
from throughline.elements.models import Change, Element
from throughline.elements.writing.schema import checked
from throughline.elements.writing.tests.documents import DOCUMENTS
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import make_member

pytestmark = pytest.mark.django_db


def doc(*paragraphs: str) -> dict[str, object]:
    return {
        "type": "doc",
        "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in paragraphs
        ],
    }


def test_every_version_can_be_read_again(lead: Membership, element: Element) -> None:
    first = replace_text(element=element, document=doc("One 🎈 two", "Three"), seen=0, by=lead)
    second = replace_text(element=element, document=doc("One 🎈 too", "Three", "Four"), seen=first, by=lead)
    assert text_at(element).document == doc("One 🎈 too", "Three", "Four")
    assert (text_at(element).version, text_at(element, first).document) == (
        second,
        doc("One 🎈 two", "Three"),
    )
    assert text_at(element, 0).document["content"] == [{"type": "paragraph"}]


def test_only_what_changed_is_in_the_steps(lead: Membership, element: Element) -> None:
    first = replace_text(element=element, document=doc("One two three", "Four"), seen=0, by=lead)
    replace_text(element=element, document=doc("One 2 three", "Four"), seen=first, by=lead)
    [step] = Change.objects.latest("start").steps
    assert (step["from"], step["to"]) == (5, 8)


def test_what_others_wrote_meanwhile_is_not_overwritten(lead: Membership, element: Element) -> None:
    first = replace_text(element=element, document=doc("One"), seen=0, by=lead)
    with pytest.raises(Meanwhile) as told:
        replace_text(element=element, document=doc("Two"), seen=0, by=lead)
    assert told.value.version == first
    assert text_at(element).document == doc("One")


def test_who_may_not_write_does_not(school: Organisation, lead: Membership, element: Element) -> None:
    educator = make_member(school, "Ravi Nair", Role.EDUCATOR)
    with pytest.raises(Refused):
        replace_text(element=element, document=doc("One"), seen=0, by=educator)
    with pytest.raises(ValidationError):
        replace_text(
            element=element, document={"type": "doc", "content": [{"type": "script"}]}, seen=0, by=lead
        )


def test_different_words_of_one_paragraph_are_merged(lead: Membership, element: Element) -> None:
    first = replace_text(element=element, document=doc("One two three", "Four"), seen=0, by=lead)
    replace_text(element=element, document=doc("One two 3", "Four", "Five"), seen=first, by=lead)
    replace_text(element=element, document=doc("1 two three", "Four!"), seen=first, by=lead)
    assert text_at(element).document == doc("1 two 3", "Four!", "Five")


def test_the_same_change_by_two_is_no_conflict(lead: Membership, element: Element) -> None:
    first = replace_text(element=element, document=doc("One two three"), seen=0, by=lead)
    second = replace_text(element=element, document=doc("One 2 three"), seen=first, by=lead)
    assert replace_text(element=element, document=doc("One 2 three"), seen=first, by=lead) == second


def test_the_same_words_are_shown_in_both_versions(lead: Membership, element: Element) -> None:
    first = replace_text(element=element, document=doc("One two three", "Four"), seen=0, by=lead)
    replace_text(element=element, document=doc("One zwei three", "Four"), seen=first, by=lead)
    with pytest.raises(Meanwhile) as told:
        replace_text(element=element, document=doc("One dos three", "Four!"), seen=first, by=lead)
    [clash] = told.value.clashes
    assert (clash.mine, clash.theirs) == (doc("One dos three")["content"], doc("One zwei three")["content"])
    for choice, expected in (
        (clash.mine, doc("One dos three", "Four!")),
        (clash.theirs, doc("One zwei three", "Four!")),
        ([*clash.theirs, *clash.mine], doc("One zwei three", "One dos three", "Four!")),
    ):
        assert decided(told.value.merged, [choice]).to_json() == expected
    assert text_at(element).document == doc("One zwei three", "Four")


def test_a_word_that_both_wrote_stands_once_in_what_is_proposed(lead: Membership, element: Element) -> None:
    first = replace_text(element=element, document=doc("We meet this year."), seen=0, by=lead)
    replace_text(element=element, document=doc("We meet in May."), seen=first, by=lead)
    with pytest.raises(Meanwhile) as told:
        replace_text(element=element, document=doc("We meet in June."), seen=first, by=lead)
    assert told.value.clashes[0].both == doc("We meet in May / June.")["content"]


def test_a_block_that_others_deleted_is_not_lost(lead: Membership, element: Element) -> None:
    first = replace_text(element=element, document=doc("Gone", "Stays"), seen=0, by=lead)
    replace_text(element=element, document=doc("Stays"), seen=first, by=lead)
    with pytest.raises(Meanwhile) as told:
        replace_text(element=element, document=doc("Gone but better", "Stays"), seen=first, by=lead)
    [clash] = told.value.clashes
    assert (clash.mine, clash.theirs) == (doc("Gone but better")["content"], [])
    assert decided(told.value.merged, [clash.mine]).to_json() == doc("Gone but better", "Stays")


def listed(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "doc",
        "content": [{"type": "bullet_list", "content": [{"type": "list_item", "content": list(blocks)}]}],
    }


EMPTY = {"type": "paragraph"}
WORDS: dict[str, Any] = {"type": "paragraph", "content": [{"type": "text", "text": "a"}]}
OTHER: dict[str, Any] = {"type": "paragraph", "content": [{"type": "text", "text": "b"}]}
NO_WORDS = {"type": "heading", "attrs": {"level": 2, "key": ""}}
TABLE = {
    "type": "table",
    "content": [
        {
            "type": "table_row",
            "content": [{"type": "table_header", "attrs": {"colspan": 1, "rowspan": 1}, "content": [WORDS]}],
        }
    ],
}


@settings(max_examples=40, deadline=None)
@given(DOCUMENTS, DOCUMENTS)
@example(
    listed(EMPTY, TABLE), listed(WORDS, NO_WORDS)
)  # without words in common, but as empty as the other's heading
def test_each_step_on_the_way_leaves_a_text_that_may_be(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    node, wanted = node_of(checked(before)), node_of(checked(after))
    for step in steps_between(node, wanted):
        result = step.apply(node)
        assert result.doc is not None
        node = result.doc
        node.check()
    assert node.eq(wanted)
