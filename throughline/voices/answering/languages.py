"""In which of its languages a listening is read, chosen in the address or the form: no cookie remembers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_info
from django.utils.translation.trans_real import parse_accept_lang_header

from throughline.frameworks.languages import name_of
from throughline.kit.familiar import familiar


@dataclass(frozen=True, slots=True)
class Said:
    """Words, and the language that they are in."""

    text: str
    language: str

    @property
    def direction(self) -> str:
        """Which way they are read."""
        return direction_of(self.language)


@dataclass(frozen=True, slots=True)
class Choice:
    """A language to read in, by what it calls itself."""

    code: str
    chosen: bool

    @property
    def name(self) -> str:
        """In its own words."""
        return name_of(self.code)


def wanted_language(request: HttpRequest, languages: Sequence[str]) -> str:
    """The one that was asked for (`?in=`, or the form), or the first of the browser's that there is, or the first of all."""
    asked = request.POST.get("in") or request.GET.get("in", "")
    if asked in languages:
        return asked
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200]):
        for known in (code, code.split("-")[0]):
            if known in languages:
                return known
    return languages[0]


def interface_language(language: str, browser: str, *, learners: bool = False) -> str:
    """The language of the words around the questions: the same where the product speaks it (a British reader keeps theirs).

    `learners` are spoken to as one speaks to children where a language makes a difference.
    """
    spoken = dict(settings.LANGUAGES)
    if language == "en" and browser in spoken and browser.startswith("en"):
        return browser
    known = language if language in spoken else settings.LANGUAGE_CODE
    return familiar(known) if learners else known


def direction_of(language: str) -> str:
    """Which way a language is read."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


def said_in(words: dict[str, Any], language: str, *, simple: bool = False) -> Said:
    """What is said in this language, or in the first that there is; in simpler words where they exist and are wished for."""
    known = language if words.get(language) else next((code for code in words if words[code]), "")
    told = words.get(known, "")
    if isinstance(told, dict):
        told = (told.get("simple") if simple else "") or told.get("text", "")
    return Said(str(told), known or language)
