"""The product's own words: a link to what a word means, where a page uses it for the first time.

The words themselves belong to the rooms above; whoever explains them says here how to find them (`register`).
"""

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class Explained(NamedTuple):
    """A word as the reader's language says it, and where it is explained."""

    word: str
    address: str


Lookup = Callable[[str], Explained]
_lookups: list[Lookup] = []


def register(lookup: Lookup) -> None:
    """Say where words are explained; `lookup` raises `KeyError` for one that is not."""
    _lookups[:] = [lookup]


def term(request: HttpRequest | None, name: str, text: object = "") -> SafeString:
    """The word `name` (or `text`, where a sentence needs another form of it), as a link the first time on a page."""
    found = _lookups[0](name) if _lookups else Explained(name, "")
    said = text or found.word
    if request is None or not found.address or not _is_first(request, name):
        return format_html("{}", said)
    return format_html(
        '<a class="term" href="{}" title="{}">{}</a>', found.address, _("What this word means"), said
    )


def _is_first(request: HttpRequest, name: str) -> bool:
    """Whether this page has not linked the word yet."""
    seen: set[str] = request.__dict__.setdefault("_terms_linked", set())
    first = name not in seen
    seen.add(name)
    return first
