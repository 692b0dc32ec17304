"""A translation knows which paragraph it says, and is behind as soon as that says something else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from throughline.elements.adopting.tests.test_adopting import adopted, write
from throughline.elements.models import BlockTranslation, Edition, Element
from throughline.elements.publishing.actions import Typed, translate_edition
from throughline.elements.publishing.queries import said_in
from throughline.elements.publishing.typed import from_typed, to_typed
from throughline.elements.publishing.units import units_of
from throughline.elements.writing.schema import checked, plain_text
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member


def names(edition: Edition) -> dict[str, str]:
    return {plain_text(each.node): each.name for each in units_of(edition)}


def say(edition: Edition, by: Membership, **said: str) -> None:
    """`one="…"`: the translation of the paragraph that begins so."""
    typed = {
        name: Typed(text, None)
        for begin, text in said.items()
        for words, name in names(edition).items()
        if words.startswith(begin)
    }
    assert translate_edition(edition=edition, language="es", typed=typed, by=by).number == len(said)


MARKED: dict[str, Any] = {
    "type": "paragraph",
    "content": [
        {"type": "text", "text": "A "},
        {"type": "text", "text": "strong", "marks": [{"type": "strong"}]},
        {"type": "text", "text": " word, "},
        {"type": "text", "text": "soft", "marks": [{"type": "em"}]},
        {"type": "text", "text": ", a "},
        {
            "type": "text",
            "text": "link",
            "marks": [{"type": "link", "attrs": {"href": "https://example.org/a_b"}}],
        },
        {"type": "footnote", "attrs": {"text": "Where from", "url": "https://example.org"}},
        {"type": "hard_break"},
        {"type": "text", "text": "and [signs] * \\ of its own."},
    ],
}


def test_what_one_types_comes_back_as_it_was() -> None:
    assert from_typed(to_typed(MARKED), MARKED) == MARKED
    said = to_typed(MARKED).replace("strong", "fuerte").replace("Where from", "De dónde")
    made = from_typed(said, MARKED)
    assert plain_text(made).startswith("A fuerte word")
    assert made["content"][6] == {
        "type": "footnote",
        "attrs": {"text": "De dónde", "url": "https://example.org"},
    }
    checked({"type": "doc", "content": [made]})


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1))
def test_any_words_come_back_as_they_were(text: str) -> None:
    node = {"type": "paragraph", "content": [{"type": "text", "text": text}]}
    back = from_typed(to_typed(node), node)
    assert "".join(each["text"] for each in back["content"]) == text


def test_a_picture_has_two_lines() -> None:
    node = {"type": "image", "attrs": {"file": "x", "alt": "A door", "caption": "Open"}}
    assert from_typed(to_typed(node), node) == node
    assert from_typed("Una puerta", node)["attrs"] == {"file": "x", "alt": "Una puerta", "caption": ""}


@pytest.mark.django_db
def test_a_paragraph_that_stays_keeps_its_translation_and_a_changed_one_is_behind(
    lead: Membership, school: Organisation, element: Element
) -> None:
    first = adopted(element, lead)
    say(first, lead, The="El mundo se mueve.", Our="Esperan.", Why="Por qué cambiamos")
    write(
        element, lead, "Something new before.", "The world moves.", "Our learners have waited.", "We begin."
    )
    second = adopted(element, lead)
    page = client_of(lead).get(f"/s/{school.slug}/elements/call-to-action/translations/es/")
    rows = {each["short"]: each for each in page.context["rows"]}
    assert rows["The world moves."]["state"] == "done"
    late = rows["Our learners have waited."]
    assert (late["state"], late["was"], late["typed"]) == ("behind", "Our learners wait.", "Esperan.")
    assert rows["We begin."]["state"] == "missing"
    assert (page.context["done"], page.context["total"]) == (2, 5)
    say(second, lead, Our="Han esperado.")
    assert BlockTranslation.objects.filter(edition=second).count() == 1


@pytest.mark.django_db
def test_two_who_translate_at_once_lose_nothing(
    lead: Membership, school: Organisation, element: Element
) -> None:
    edition = adopted(element, lead)
    browser, address = client_of(lead), f"/s/{school.slug}/elements/call-to-action/translations/es/"
    world, begin = names(edition)["The world moves."], names(edition)["We begin."]
    say(edition, lead, The="Primera.")
    answer = browser.post(address, {f"t:{world}": "Segunda.", f"s:{world}": "", f"t:{begin}": "Empezamos."})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Primera." in page and "Segunda." in page
    said = said_in(element, "es")
    assert {plain_text(each.block) for each in said.values() if each.block} == {"Primera.", "Empezamos."}
    again = {f"t:{world}": "Segunda.", f"s:{world}": str(said[world].pk)}
    assert browser.post(address, again).status_code == 302
    assert plain_text(said_in(element, "es")[world].block or {}) == "Segunda."


@pytest.mark.django_db
def test_bad_input_is_told_and_what_was_typed_stays(
    lead: Membership, school: Organisation, element: Element
) -> None:
    edition = adopted(element, lead)
    name = names(edition)["We begin."]
    answer = client_of(lead).post(
        f"/s/{school.slug}/elements/call-to-action/translations/es/",
        {f"t:{name}": "[Empezamos](javascript:alert(1)) [x](javascript:x)", f"s:{name}": ""},
    )
    assert answer.status_code == 422 and "Empezamos" in answer.content.decode()
    assert not BlockTranslation.objects.exists()
    for language in ("en", "xx-nothing"):
        with pytest.raises(ValidationError):
            translate_edition(edition=edition, language=language, typed={}, by=lead)


@pytest.mark.django_db
def test_whoever_may_write_translates_and_others_do_not(
    lead: Membership, school: Organisation, element: Element
) -> None:
    edition = adopted(element, lead)
    educator = make_member(school, "Ravi Nair", Role.EDUCATOR)
    with pytest.raises(Refused):
        translate_edition(edition=edition, language="es", typed={}, by=educator)
    assert (
        client_of(educator).get(f"/s/{school.slug}/elements/call-to-action/translations/es/").status_code
        == 403
    )


@pytest.mark.django_db
def test_a_long_edition_costs_the_same(
    lead: Membership, school: Organisation, element: Element, django_assert_num_queries: Callable[..., Any]
) -> None:
    browser, address = client_of(lead), f"/s/{school.slug}/elements/call-to-action/translations/es/"
    write(element, lead, *(f"Paragraph {number}" for number in range(300)))
    adopted(element, lead, in_force_on=clock.today())
    write(element, lead, *(f"Paragraph {number} again" for number in range(300)))
    adopted(element, lead, in_force_on=clock.today())
    browser.get(address)
    with django_assert_num_queries(7):
        assert len(browser.get(f"{address}?page=3").context["rows"]) == 25
