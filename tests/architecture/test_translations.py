"""Every text can be translated, and each language that is offered is whole."""

import re

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings

from tests.architecture.tree import ROOT
from tools.messages import collect

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


@pytest.fixture(scope="module")
def texts() -> Catalog:
    """Every text of the product, collected anew."""
    return collect()


def catalog_of(language: str) -> Catalog:
    place = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    assert place.exists(), f"there is no translation for {language}: make messages"
    with place.open("rb") as source:
        return read_po(source, locale=language)


def key(message: Message) -> tuple[object, object]:
    return (message.context, message.id)


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
        forms = list(message.string) if isinstance(message.string, tuple | list) else [message.string or ""]
        if message.fuzzy or not all(forms):
            open_ones.append(message.id)
    assert open_ones == []


@pytest.mark.parametrize("language", LANGUAGES)
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
