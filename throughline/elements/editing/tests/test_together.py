"""Several people write in one text: everybody ends with the same one, and nothing is taken twice or lost without a word."""

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from prosemirror.model import resolvedpos

from throughline.elements.editing import opening
from throughline.elements.editing.actions import Batch, accept, replace_text
from throughline.elements.editing.queries import text_at
from throughline.elements.editing.tests.editors import Editor, some_change
from throughline.elements.models import Change, Element, TextState
from throughline.elements.setup.actions import end_participation, invite_participant
from throughline.elements.writing.schema import checked, plain_text
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import make_member

pytestmark = pytest.mark.django_db


def words(text: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": [{"type": "text", "text": text}]}


def item(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "list_item", "content": list(blocks)}


def rich() -> dict[str, Any]:
    cell = {"type": "table_cell", "content": [words("cell 🏫 words")]}
    inner = {"type": "bullet_list", "content": [item(words("deep 𝒳")), item(words("deeper"))]}
    return {
        "type": "doc",
        "content": [
            {
                "type": "heading",
                "attrs": {"level": 2, "key": "why"},
                "content": [{"type": "text", "text": "Why"}],
            },
            words("A first paragraph with 🎓 in it."),
            {"type": "bullet_list", "content": [item(words("one"), inner), item(words("two"))]},
            {"type": "table", "content": [{"type": "table_row", "content": [cell, cell]}] * 2},
            words("The end."),
        ],
    }


def insert(at: int, text: str) -> dict[str, Any]:
    return {
        "stepType": "replace",
        "from": at,
        "to": at,
        "slice": {"content": [{"type": "text", "text": text}]},
    }


def cut(start: int, end: int) -> dict[str, Any]:
    return {"stepType": "replace", "from": start, "to": end}


@pytest.fixture
def writers(school: Organisation, lead: Membership) -> list[Membership]:
    return [lead, *(make_member(school, name, Role.TEAM) for name in ("Ravi Nair", "Mei Lin"))]


def doc(*texts: str) -> dict[str, Any]:
    return {"type": "doc", "content": [words(text) for text in texts]}


@pytest.mark.parametrize("seed", range(4))
def test_three_who_write_at_random_end_with_the_same_text(
    seed: int, element: Element, writers: list[Membership]
) -> None:
    chance = random.Random(seed)
    replace_text(element=element, document=rich(), seen=0, by=writers[0])
    editors = [Editor(element, each).open() for each in writers]
    for _turn in range(60):
        editor = chance.choice(editors)
        act = chance.random()
        if act < 0.6:
            editor.change(some_change(editor.document, chance))
        elif act < 0.9:
            editor.send(twice=act > 0.8)
        else:
            editor.hear()
        if chance.random() < 0.1:
            opening.forget_all()  # another process, which has nothing open
    for _round in range(2):
        for editor in editors:
            editor.send()
    for editor in editors:
        editor.hear()
    texts = [editor.document.to_json() for editor in editors]
    assert texts[0] == texts[1] == texts[2] == text_at(element).document
    assert checked(texts[0]) == texts[0]


def test_two_in_one_paragraph_both_keep_their_words(element: Element, writers: list[Membership]) -> None:
    replace_text(element=element, document=doc("One two three"), seen=0, by=writers[0])
    start = text_at(element).version
    accept(element=element, version=start, batches=[Batch(uuid4(), [insert(4, "🎓")])], by=writers[0])
    accept(element=element, version=start, batches=[Batch(uuid4(), [insert(14, "!")])], by=writers[1])
    assert plain_text(text_at(element).document) == "One🎓 two three!"


def test_a_batch_that_comes_again_is_taken_once(element: Element, lead: Membership) -> None:
    batch = Batch(uuid4(), [insert(1, "a"), insert(2, "b")])
    first = accept(element=element, version=0, batches=[batch], by=lead)
    opening.forget_all()
    assert accept(element=element, version=0, batches=[batch], by=lead) == first
    assert plain_text(text_at(element).document) == "ab"


def test_what_was_written_after_a_batch_whose_answer_got_lost(
    element: Element, writers: list[Membership]
) -> None:
    """A page that is loaded anew sends both: what may have arrived and what was typed after it."""
    known, more = Batch(uuid4(), [insert(1, "first ")]), Batch(uuid4(), [insert(7, "second")])
    accept(element=element, version=0, batches=[known], by=writers[0])
    accept(
        element=element, version=1, batches=[Batch(uuid4(), [insert(1, "Somebody else. ")])], by=writers[1]
    )
    accept(element=element, version=0, batches=[known, more], by=writers[0])
    assert plain_text(text_at(element).document) == "Somebody else. first second"


def test_what_has_lost_its_place_is_given_back(element: Element, writers: list[Membership]) -> None:
    start = replace_text(element=element, document=doc("Gone soon", "Stays"), seen=0, by=writers[0])
    accept(element=element, version=start, batches=[Batch(uuid4(), [cut(0, 11)])], by=writers[0])
    name = uuid4()
    steps = [insert(5, "lost"), insert(17, "!")]
    answer = accept(element=element, version=start, batches=[Batch(name, steps)], by=writers[1])
    assert [each[:2] for each in answer.refused] == [(name, 0)]
    assert "deleted" in answer.refused[0][2]
    assert "lost" not in plain_text(text_at(element).document)
    assert Change.objects.latest("start").places == [1]


BAD = [
    None,
    {},
    {"stepType": "attr", "pos": 0, "attr": "key", "value": "x"},
    {"stepType": "docAttr", "attr": "x", "value": 1},
    {"stepType": "replace", "from": True, "to": 1},
    {"stepType": "replace", "from": -1, "to": 1},
    {"stepType": "replace", "from": 1, "to": 10**9},
    {"stepType": "replace", "from": 0, "to": 0, "slice": {"content": [{"type": "script"}]}},
    insert(1, "\ud83c"),
    insert(1, "bell\x07"),
    {"stepType": "replace", "from": 0, "to": 0, "slice": {"content": [{"type": "heading", "attrs": {"level": 1, "key": ""}}]}},
    {"stepType": "replace", "from": 0, "to": 0, "slice": {"content": [{"type": "image", "attrs": {"file": "../x", "alt": "", "caption": ""}}]}},
    {"stepType": "addMark", "from": 1, "to": 2, "mark": {"type": "link", "attrs": {"href": "javascript:alert(1)"}}},
    {"stepType": "addMark", "from": 1, "to": 2, "mark": {"type": "blink"}},
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_what_is_no_step_of_ours_is_refused_whole(bad: Any, element: Element, lead: Membership) -> None:
    start = replace_text(element=element, document=doc("One two"), seen=0, by=lead)
    with pytest.raises(ValidationError):
        accept(element=element, version=start, batches=[Batch(uuid4(), [insert(1, "x"), bad])], by=lead)
    assert plain_text(text_at(element).document) == "One two"


ROW = {"stepType": "replace", "from": 0, "to": 0, "slice": {"content": [{"type": "table_row"}]}}
INSIDE = {
    "stepType": "replace",
    "from": 4,
    "to": 4,
    "slice": {"content": [words("a paragraph in a paragraph")]},
}


@pytest.mark.parametrize(
    ("misfit", "at"),
    [(ROW, 3), (INSIDE, 1), (cut(5, 400), 1), (insert(6, "x"), 1)],  # the last: between halves of a character
)
def test_what_does_not_fit_is_given_back_and_the_rest_taken(
    misfit: Any, at: int, element: Element, lead: Membership
) -> None:
    start = replace_text(element=element, document=doc("One 🎓 two"), seen=0, by=lead)
    answer = accept(
        element=element, version=start, batches=[Batch(uuid4(), [misfit, insert(at, "x")])], by=lead
    )
    assert [place for _batch, place, _why in answer.refused] == [0]
    assert plain_text(text_at(element).document) == "xOne 🎓 two"


def test_a_text_does_not_grow_without_end(
    element: Element, lead: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("throughline.elements.editing.actions.MOST_BYTES", 2_000)
    batch = Batch(uuid4(), [insert(1, "x" * 500) for _ in range(6)])
    answer = accept(element=element, version=0, batches=[batch], by=lead)
    assert len(answer.refused) >= 2
    assert "too long" in answer.refused[0][2]
    assert len(plain_text(text_at(element).document)) == 500 * (6 - len(answer.refused))


def test_a_picture_must_be_one_that_somebody_brought(element: Element, lead: Membership) -> None:
    image = {"type": "image", "attrs": {"file": str(uuid4()), "alt": "", "caption": ""}}
    step = {"stepType": "replace", "from": 0, "to": 0, "slice": {"content": [image]}}
    answer = accept(element=element, version=0, batches=[Batch(uuid4(), [step])], by=lead)
    assert "picture" in answer.refused[0][2]


def test_who_was_uninvited_writes_no_more(school: Organisation, element: Element, lead: Membership) -> None:
    family = make_member(school, "Efua Mensah", Role.FAMILY)
    invited = invite_participant(element=element, member=family, may="write", by=lead)
    accept(element=element, version=0, batches=[Batch(uuid4(), [insert(1, "x")])], by=family)
    end_participation(participant=invited, by=lead)
    with pytest.raises(Refused):
        accept(element=element, version=1, batches=[Batch(uuid4(), [insert(1, "y")])], by=family)


def test_a_version_that_never_was_is_refused(element: Element, lead: Membership) -> None:
    with pytest.raises(ValidationError):
        accept(element=element, version=5, batches=[Batch(uuid4(), [insert(1, "y")])], by=lead)


def test_writing_keeps_few_whole_texts_and_lets_old_documents_go(element: Element, lead: Membership) -> None:
    for turn in range(12):
        steps = [insert(1, "x") for _ in range(100)]
        accept(element=element, version=turn * 100, batches=[Batch(uuid4(), steps)], by=lead)
    states = list(TextState.objects.order_by("version").values_list("version", flat=True))
    assert len(states) == 2
    assert resolvedpos._resolve_cache == {}


@pytest.mark.django_db(transaction=True)
def test_an_open_text_costs_few_queries(
    element: Element,
    lead: Membership,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[Any]],
) -> None:
    accept(element=element, version=0, batches=[Batch(uuid4(), [insert(1, "x")])], by=lead)
    with django_assert_max_num_queries(6):  # two of them frame the transaction
        accept(element=element, version=1, batches=[Batch(uuid4(), [insert(1, "y")])], by=lead)
    assert opening._open[element.pk].version == 2
