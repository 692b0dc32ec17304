"""Every text can be translated, and each language that is offered is whole; a variant of English says what differs."""

import re

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings

from throughline.kit.familiar import FAMILIAR
from throughline.kit.spelling import american_in, british, british_in
from tools.messages import SOURCE, collect, is_overlay, place_of

CODES = [code for code, _name in settings.LANGUAGES if code != SOURCE]
OVERLAYS = [code for code in CODES if is_overlay(code)]
LANGUAGES = [code for code in CODES if not is_overlay(code)]
TO_LEARNERS = sorted(FAMILIAR.values())
# What learners are told while they answer, and how Spanish shows that somebody is *usted*.
SAID_TO_LEARNERS = (
    "voices/answering/",
    "voices/paper/notice",
    "voices/paper/sheet",
    "voices/inviting/papers",
    "voices/scales.py",
)
POLITE = re.compile(r"\b(?:usted|suyas?|escriba|elija|vuelva|sus? respuestas)\b", re.IGNORECASE)
FOR_OTHERS = ("opt_out.html", "unknown.html")  # families; and nobody knows whom
TO_OTHERS = (
    "You see ",
    "You answer for",
    "You know what your time",
    "You meet ",
)  # why another group is asked
PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


@pytest.fixture(scope="module")
def texts() -> Catalog:
    """Every text of the product, collected anew."""
    return collect()


def catalog_of(language: str) -> Catalog:
    place = place_of(language)
    assert place.exists(), f"there is no translation for {language}: make messages"
    with place.open("rb") as source:
        return read_po(source)


def key(message: Message) -> tuple[object, object]:
    return (message.context, message.id)


def forms(text: object) -> tuple[str, ...]:
    """A text, or each of its forms where it has a plural."""
    return tuple(text) if isinstance(text, tuple | list) else (str(text or ""),)


def places(text: str) -> list[str]:
    return sorted(match.group(0) for match in PLACE.finditer(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing_from_a_language(language: str, texts: Catalog) -> None:
    known = {key(message) for message in catalog_of(language)}
    missing = [message.id for message in texts if message.id and key(message) not in known]
    assert missing == [], "make messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_none_is_guessed(language: str) -> None:
    messages = [message for message in catalog_of(language) if message.id]
    assert len(messages) > 100
    open_ones = []
    for message in messages:
        if message.fuzzy or not all(forms(message.string)):
            open_ones.append(message.id)
    assert open_ones == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_the_english_sentence(language: str) -> None:
    told = [
        (text, said)
        for message in catalog_of(language)
        if message.id
        for text, said in zip(forms(message.id), forms(message.string), strict=False)
    ]
    assert [said for text, said in told if said == british(text) != text] == []
    assert [
        said
        for text, said in told
        if said == text and len(re.findall(r"\b[a-z]{3,}\b", PLACE.sub("", text))) > 2
    ] == []


@pytest.mark.parametrize("language", [*CODES, *TO_LEARNERS])
def test_a_translation_has_the_same_places_to_fill(language: str) -> None:
    wrong = []
    for message in catalog_of(language):
        if isinstance(message.id, str) and isinstance(message.string, str) and message.string:
            if places(message.id) != places(message.string):
                wrong.append(message.id)
        elif isinstance(message.id, tuple | list) and message.string:
            most = places(message.id[1])
            wrong += [message.id[1] for form in message.string if form and not set(places(form)) <= set(most)]
    assert wrong == []


@pytest.mark.parametrize("language", OVERLAYS)
def test_a_variant_of_english_holds_what_differs_and_nothing_else(language: str, texts: Catalog) -> None:
    known = {key(message) for message in texts if message.id}
    told = [message for message in catalog_of(language) if message.id]
    assert len(told) > 30
    assert [message.id for message in told if key(message) not in known] == [], "make messages"
    assert [message.id for message in told if forms(message.string) == forms(message.id)] == []
    assert [message.id for message in told if message.fuzzy or not all(forms(message.string))] == []


@pytest.mark.parametrize("language", OVERLAYS)
def test_every_american_spelling_has_its_british_form(language: str, texts: Catalog) -> None:
    told = {key(message): forms(message.string) for message in catalog_of(language)}
    missing = [
        message.id
        for message in texts
        if message.id
        and tuple(british(form) for form in forms(message.id)) != forms(message.id)
        and key(message) not in told
    ]
    assert missing == [], "make messages"
    assert [said for said in told.values() if any(american_in(form) for form in said)] == []


@pytest.mark.parametrize("language", FAMILIAR)
def test_what_is_said_to_learners_differs_and_nothing_of_it_is_forgotten(language: str) -> None:
    told, others = catalog_of(FAMILIAR[language]), {key(each): each for each in catalog_of(language)}
    mine = {key(each): forms(each.string) for each in told if each.id}
    assert len(mine) > 50
    assert [each for each in mine if each not in others] == [], "make messages"
    assert [each for each in mine if mine[each] == forms(others[each].string)] == []
    assert [said for said in mine.values() if any(re.search(r"\busted\b", form) for form in said)] == []
    forgotten = [
        each.string
        for each in others.values()
        if any(SAID in place for place, _line in each.locations for SAID in SAID_TO_LEARNERS)
        and not all(place.endswith(FOR_OTHERS) for place, _line in each.locations)
        and POLITE.search(" ".join(forms(each.string)))
        and key(each) not in mine
        and not forms(each.id)[0].startswith(TO_OTHERS)
    ]
    assert forgotten == [], "say it to learners too: locale/es_X-tu"


def test_texts_are_written_in_american_english(texts: Catalog) -> None:
    """A British reader gets `en-gb`; the texts themselves follow one spelling."""
    found = {form: british_in(form) for message in texts for form in forms(message.id) if british_in(form)}
    assert found == {}, "write it as an American editor would: organization, color, check the box"
