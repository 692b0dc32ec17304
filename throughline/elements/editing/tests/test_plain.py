"""The plain form: everything can be written in it, a section at a time, merged with what others write meanwhile."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from html import unescape
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from PIL import Image

from throughline.elements.editing.actions import Batch, accept, bring_picture, replace_text
from throughline.elements.editing.pictures import names_of_pictures
from throughline.elements.editing.plain import sections_of, to_lines, with_section
from throughline.elements.editing.queries import text_at
from throughline.elements.editing.tests.test_together import doc, insert, rich, words
from throughline.elements.models import Element, ElementKind
from throughline.elements.setup.actions import begin_element
from throughline.elements.writing.reading.fitting import fitted
from throughline.elements.writing.reading.typed import read_typed
from throughline.elements.writing.schema import checked, plain_text
from throughline.elements.writing.tests.documents import DOCUMENTS
from throughline.elements.writing.tests.test_fixpoint import pictures_of
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member

Queries = Callable[..., AbstractContextManager[Any]]
Fields = dict[str, Any]
pytestmark = pytest.mark.django_db


def field(page: str, name: str) -> str:
    found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found
    return unescape(found[1].removeprefix("\n"))


def form_of(page: str) -> Fields:
    hidden = dict(re.findall(r'<input type="hidden" name="(seen|against)" value="(\w+)"', page))
    [piece] = set(re.findall(r'<form[^>]* action="[^"]*/plain/(\w+)/"', page))
    return {"lines": field(page, "lines"), "piece": piece, **hidden}


def opened(browser: Client, there: str, part: str = "all") -> Fields:
    return form_of(browser.get(f"{there}plain/{part}/").content.decode())


def sent(browser: Client, there: str, form: Fields, **more: Any) -> Any:
    told = {**form, **more}
    return browser.post(f"{there}plain/{told.pop('piece')}/", told)


def now(element: Element) -> str:
    return plain_text(text_at(element).document)


@pytest.fixture
def two_parts(element: Element, lead: Membership) -> str:
    """A text of two sections with words before them."""
    heading = rich()["content"][0]
    other = {**heading, "attrs": {"level": 2, "key": "how"}, "content": words("How")["content"]}
    content = [words("Before."), heading, words("Reasons."), other, words("Ways."), words("More ways.")]
    replace_text(element=element, document={"type": "doc", "content": content}, seen=0, by=lead)
    return f"/s/{lead.organisation.slug}/elements/call-to-action/text/"


def a_picture(name: str = "Our wall.png") -> SimpleUploadedFile:
    kept = BytesIO()
    Image.new("RGB", (20, 20), "red").save(kept, "PNG")
    return SimpleUploadedFile(name, kept.getvalue())


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_what_is_sent_as_it_was_shown_changes_nothing(document: dict[str, Any]) -> None:
    document = checked(document)
    names = {file: f"a-{file[-8:]}" for file in pictures_of(document)}
    files = {name: file for file, name in names.items()}
    for section in (None, *sections_of(document)):
        start, end = (section.start, section.end) if section else (0, len(document["content"]))
        lines = to_lines(document["content"][start:end], names)
        read = checked(fitted(read_typed(lines, files).loose))["content"]
        typed = [] if read == [{"type": "paragraph"}] else read
        assert with_section(document, section, typed) == document


def test_one_block_that_changes_leaves_the_others_as_they_were() -> None:
    untidy = {"type": "paragraph", "content": [{"type": "text", "text": "two  blanks "}]}
    empty = {"type": "paragraph"}
    base = {"type": "doc", "content": [empty, untidy, empty, words("End.")]}
    after = with_section(base, None, [*doc("two blanks", "Finis.")["content"]])
    assert after["content"] == [empty, untidy, empty, words("Finis.")]


def test_a_form_that_changes_nothing_changes_nothing(browser: Client, there: str, element: Element) -> None:
    before = text_at(element)
    for part in ("all", "0"):
        assert sent(browser, there, opened(browser, there, part)).status_code == 302
    assert (text_at(element).version, text_at(element).document) == (before.version, checked(rich()))


def test_tables_lists_quotations_and_notes_are_written_in_it(
    browser: Client, there: str, element: Element
) -> None:
    form = opened(browser, there)
    form["lines"] = (
        form["lines"]
        .replace("cell 🏫 words", "another cell", 1)
        .replace("  - deeper", "  - deeper\n    1. deepest")
    )
    form["lines"] += (
        "\n\n| Who | When |\n| --- | --- |\n| all | *now*[^a] |\n\n> Ask us.\n> -- Efua | Families\n\n[^a]: The survey. https://example.org/"
    )
    assert sent(browser, there, form).status_code == 302
    content = text_at(element).document["content"]
    assert plain_text(content[3]).startswith("another cell\ncell 🏫 words")
    deep = content[2]["content"][0]["content"][1]["content"][1]["content"]
    assert (deep[1]["type"], plain_text(deep[1])) == ("ordered_list", "deepest")
    table, quote = content[-2:]
    assert [each["type"] for each in table["content"][0]["content"]] == ["table_header"] * 2
    assert table["content"][1]["content"][1]["content"][0]["content"][1]["type"] == "footnote"
    assert quote["attrs"] == {"voice": "Efua", "group": "Families"}


def test_a_text_with_sections_is_offered_section_by_section(
    browser: Client, two_parts: str, element: Element, django_assert_max_num_queries: Queries
) -> None:
    browser.get(f"{two_parts}plain/")
    with django_assert_max_num_queries(9):
        page = browser.get(f"{two_parts}plain/").content.decode()
    assert [page.count(f"/plain/{part}/") for part in ("0", "1", "2", "all")] == [1, 1, 1, 1]
    with django_assert_max_num_queries(9):
        form = opened(browser, two_parts, "2")
    assert form["lines"] == "## How {#how}\n\nWays.\n\nMore ways."
    form["lines"] = form["lines"].replace("Ways.", "Better ways.")
    answer = sent(browser, two_parts, form)
    assert (answer.status_code, answer["Location"]) == (302, f"{two_parts}plain/")
    assert now(element) == "Before.\nWhy\nReasons.\nHow\nBetter ways.\nMore ways."
    assert opened(browser, two_parts, "0")["lines"] == "Before."


def test_a_text_without_sections_is_written_whole(browser: Client, there: str, element: Element) -> None:
    assert browser.get(f"{there}plain/")["Location"] == f"{there}plain/all/"
    assert browser.get(f"{there}plain/7/")["Location"] == f"{there}plain/"


def test_a_section_is_put_together_with_what_others_wrote_and_moved_meanwhile(
    browser: Client, two_parts: str, element: Element, lead: Membership
) -> None:
    form = opened(browser, two_parts, "2")
    text = text_at(element)
    [before, why, _reasons, *how] = text.document["content"]
    theirs = {"type": "doc", "content": [before, words("New above."), why, words("Good reasons."), *how[:2]]}
    replace_text(element=element, document=theirs, seen=text.version, by=lead)
    form["lines"] = form["lines"].replace("Ways.", "Our ways.")
    assert sent(browser, two_parts, form).status_code == 302
    assert now(element) == "Before.\nNew above.\nWhy\nGood reasons.\nHow\nOur ways."
    form = opened(browser, two_parts, "1")
    assert sent(browser, two_parts, {**form, "lines": ""}).status_code == 302
    assert now(element) == "Before.\nNew above.\nHow\nOur ways."


def test_a_form_is_merged_with_what_others_typed_meanwhile(
    browser: Client, there: str, element: Element, lead: Membership
) -> None:
    form, start = opened(browser, there), text_at(element).version
    element.refresh_from_db()
    accept(element=element, version=start, batches=[Batch(uuid4(), [insert(6, "Typed: ")])], by=lead)
    form["lines"] = form["lines"].replace("The end.", "The end, by form.\n\n## New\n\nWith **strong** words.")
    assert sent(browser, there, form).status_code == 302
    assert "Typed: A first paragraph" in now(element)
    assert "The end, by form.\nNew\nWith strong words." in now(element)


@pytest.fixture
def clash(browser: Client, there: str, element: Element, lead: Membership) -> tuple[Fields, str]:
    """A form that was sent after somebody else had changed the same words, and the page that it led to."""
    form = opened(browser, there)
    theirs = {**rich(), "content": [*rich()["content"][:-1], words("Their end, at last.")]}
    replace_text(element=element, document=theirs, seen=int(form["seen"]), by=lead)
    form["lines"] = form["lines"].replace("The end.", "My end.").replace("first paragraph", "1st paragraph")
    answer = sent(browser, there, form)
    assert answer.status_code == 422
    page = answer.content.decode()
    return form_of(page), page


def test_both_versions_are_shown_with_one_of_both(clash: tuple[Fields, str]) -> None:
    form, page = clash
    assert "<p>Their end, at last.</p>" in page and "<p>My end.</p>" in page
    assert field(page, "anew-0") == "Their / My end, at last."
    assert "1st paragraph" in form["lines"]


@pytest.mark.parametrize(
    ("choice", "end"),
    [
        ("mine", "My end."),
        ("theirs", "Their end, at last."),
        ("both", "Their end, at last.\nMy end."),
        ("anew", "Our **end**."),
    ],
)
def test_one_chooses_or_writes_it_anew(
    choice: str, end: str, clash: tuple[Fields, str], browser: Client, there: str, element: Element
) -> None:
    form, _page = clash
    more = {"choice-0": choice, "anew-0": "Our **end**."}
    assert sent(browser, there, form, **more).status_code == 302
    assert now(element).endswith(f"\n{end.replace('**', '')}") and "1st paragraph" in now(element)
    assert "Their" in now(element) if choice in {"theirs", "both"} else "Their" not in now(element)


def test_what_was_decided_is_not_lost_when_somebody_writes_there_once_more(
    clash: tuple[Fields, str], browser: Client, there: str, element: Element, lead: Membership
) -> None:
    form, _page = clash
    text = text_at(element)
    theirs = {**text.document, "content": [*text.document["content"][:-1], words("A third end, at last.")]}
    replace_text(element=element, document=theirs, seen=text.version, by=lead)
    answer = sent(browser, there, form, **{"choice-0": "anew", "anew-0": "Our end, at last."})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<p>A third end, at last.</p>" in page and "<p>Our end, at last.</p>" in page
    again = sent(browser, there, form_of(page), **{"choice-0": "mine"})
    assert again.status_code == 302
    assert now(element).endswith("\nOur end, at last.") and "1st paragraph" in now(element)


def test_what_has_no_place_in_the_field_is_said_there(
    clash: tuple[Fields, str], browser: Client, there: str, element: Element
) -> None:
    form, before = clash[0], now(element)
    answer = sent(browser, there, form, **{"choice-0": "anew", "anew-0": "<script>x</script> Ours"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Place 1: “&lt;script&gt;” looks like HTML" in page
    assert (field(page, "anew-0"), now(element)) == ("<script>x</script> Ours", before)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("![A wall](the-wall)", "No picture is called “the-wall” here."),
        ("![x](https://example.org/pixel.gif)", "is a picture that lies elsewhere"),
        ("![x](data:image/png;base64,AAAA)", "is a picture that lies elsewhere"),
        ("<script>alert(1)</script>", "“<script>” looks like HTML"),
        ("one <img src=x onerror=y> two", "“<img>” looks like HTML"),
        ("<!-- a note to self -->", "looks like HTML"),
        ("[us](javascript:alert(1))", "is no address that a link can lead to"),
        ("[us](www.example.org)", "“www.example.org” is no address"),
        ("[^9]: A note that nothing calls.", "No footnote [^9] stands in the text"),
        ("x" * 1_000_001, "This text is too long"),
    ],
)
def test_what_has_no_place_is_said_and_what_was_typed_stays(
    typed: str, sentence: str, browser: Client, there: str, element: Element
) -> None:
    form, before = opened(browser, there), text_at(element).version
    form["lines"] += f"\n\n{typed}"
    answer = sent(browser, there, form)
    page = answer.content.decode()
    assert (answer.status_code, text_at(element).version) == (422, before)
    assert sentence in unescape(page)
    assert field(page, "lines") == form["lines"]


def test_what_looks_otherwise_than_typed_is_said_after_it_is_saved(
    browser: Client, there: str, element: Element
) -> None:
    form = opened(browser, there)
    form["lines"] = "---\ntitle: no settings here\n---\n\n# A title\n\n~~old~~ new"
    page = browser.post(f"{there}plain/all/", form, follow=True).content.decode()
    assert "Words that were struck through are plain now." in page
    assert [each["type"] for each in text_at(element).document["content"]] == [
        "heading",
        "heading",
        "paragraph",
    ]
    assert now(element) == "title: no settings here\nA title\nold new"


@pytest.mark.parametrize(
    "wrong",
    [{"seen": "x"}, {"seen": "-1"}, {"seen": "99999999999999999999"}, {"piece": "77"}, {"against": "99"}],
)
def test_a_form_that_is_none_of_ours_keeps_what_was_typed(
    wrong: dict[str, str], browser: Client, there: str, element: Element
) -> None:
    form, before = opened(browser, there), text_at(element).version
    answer = sent(browser, there, {**form, "lines": "My words", **wrong})
    assert (answer.status_code, text_at(element).version) == (422, before)
    assert field(answer.content.decode(), "lines") == "My words"


def test_a_picture_is_added_moved_and_named(browser: Client, there: str, element: Element) -> None:
    form, before = opened(browser, there), text_at(element).version
    form["lines"] += "\n\nUnsaved words."
    answer = sent(browser, there, form, do="picture", picture=a_picture(), alt="A [red] wall")
    page = answer.content.decode()
    [(file, name)] = names_of_pictures(element).items()
    assert re.fullmatch(r"our-wall-[0-9a-f]{8}", name)
    assert (answer.status_code, text_at(element).version) == (200, before)
    shown = form_of(page)
    assert shown["lines"].endswith(f"Unsaved words.\n\n![A \\[red\\] wall]({name})")
    shown["lines"] = f'![A red wall]({name} "In the hall")\n\nWords.'
    assert sent(browser, there, shown).status_code == 302
    [image, _words] = text_at(element).document["content"]
    assert image["attrs"] == {"file": file, "alt": "A red wall", "caption": "In the hall"}
    sent(browser, there, {**opened(browser, there), "lines": "Words."})
    assert name in browser.get(f"{there}plain/all/").content.decode()  # taken out, and still to be had


def test_what_is_no_picture_is_refused_and_nothing_is_lost(browser: Client, there: str) -> None:
    form = opened(browser, there)
    form["lines"] += "\n\nUnsaved words."
    for more, why in (
        ({}, "Choose a picture."),
        ({"picture": SimpleUploadedFile("a.txt", b"only words")}, "isn’t a picture"),
    ):
        answer = sent(browser, there, form, do="picture", **more)
        page = answer.content.decode()
        assert answer.status_code == 422 and why in page
        assert field(page, "lines") == form["lines"]


def test_a_picture_of_another_element_has_no_name_here(
    browser: Client, there: str, element: Element, lead: Membership
) -> None:
    other = begin_element(
        kind=ElementKind.GRADUATE_PROFILE, title="Other", language="en", outline=[], by=lead
    )
    bring_picture(element=other, upload=a_picture(), by=lead)
    [name] = names_of_pictures(other).values()
    form = opened(browser, there)
    assert name not in browser.get(f"{there}plain/all/").content.decode()
    assert sent(browser, there, {**form, "lines": f"![x]({name})"}).status_code == 422


def test_who_may_not_write_gets_no_form(school: Organisation, there: str) -> None:
    educator = client_of(make_member(school, "Ravi Nair", Role.EDUCATOR).person)
    assert educator.get(f"{there}plain/all/").status_code == 403
    assert educator.post(f"{there}plain/all/", {"do": "picture", "picture": a_picture()}).status_code == 403
