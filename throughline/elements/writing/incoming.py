"""Texts that people bring: read in a process apart, checked here, with a list of what could not be kept.

Nothing is ever fetched from elsewhere, and nothing is kept by reading: who brings a text looks at it first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.elements.writing.checking import TooLong, too_long
from throughline.elements.writing.lost import SENTENCES, misplaced, unreadable
from throughline.elements.writing.reading.found import Comment
from throughline.elements.writing.rules import Document
from throughline.elements.writing.schema import checked
from throughline.kit.apart import Apart, Broke

MOST = 5_000_000  # bytes of a file or a paste
SECONDS = 45
_READING = Apart("throughline.elements.writing.reading.apart", seconds=SECONDS)


@dataclass(frozen=True, slots=True)
class Brought:
    """A picture that came in a text: as it came, so whoever keeps it checks it first."""

    content: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Read:
    """A text that was read: `files` by the ids that its images bear, and in words what could not be kept."""

    document: Document
    files: Mapping[str, Brought] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    title: str = ""


def from_html(text: str) -> Read:
    """A page, or what was pasted from a word processor."""
    return _read("html", text.encode("utf-8", "replace"))


def from_html_file(content: bytes) -> Read:
    """A page as a file, in whatever it says that it is encoded."""
    return _read("html", content)


def from_docx(content: bytes) -> Read:
    """A Word file (.docx)."""
    return _read("docx", content)


def from_markdown(content: bytes) -> Read:
    """A Markdown file."""
    return _read("markdown", content)


def from_zip(content: bytes) -> Read:
    """A Markdown file packed together with its pictures, as we give it out."""
    return _read("zip", content)


def from_typed(text: str, pictures: Mapping[str, str]) -> Read:
    """What somebody typed as Markdown in a form of ours; `pictures` has the files that may stand in it by their names.

    Raises `ValidationError` with a sentence for each thing that has no place: nothing that was typed is left out.
    """
    return _read("typed", text.encode("utf-8", "replace"), pictures=dict(pictures))


def _read(kind: str, content: bytes, **more: Any) -> Read:
    """Raises `ValidationError` with a sentence when it cannot be read."""
    if len(content) > MOST:
        raise ValidationError(
            _("This is larger than 5 MB. Divide it, or make its pictures smaller, and bring it again.")
        )
    try:
        told, held = _READING.ask({"kind": kind, **more}, content)
    except Broke:
        raise ValidationError(
            _(
                "Reading this took too long or too much memory. Divide it, or save it anew, and bring it again."
            )
        ) from None
    much = too_long() if kind == "typed" else TooLong(unreadable("too-long"))
    if told.get("unreadable") == "too-long":
        raise much
    if "unreadable" in told:
        raise ValidationError(unreadable(told["unreadable"]))
    if told["wrong"]:
        raise ValidationError(
            [misplaced(kind, what) for kind, found in told["wrong"].items() for what in found]
        )
    files, at = {}, 0
    for name, size, alt in told["pictures"]:
        files[name] = Brought(held[at : at + size], alt)
        at += size
    try:
        document = checked(told["document"])
    except TooLong:
        raise much from None
    return Read(
        document,
        files,
        [Comment(**comment) for comment in told["comments"]],
        _lost(told),
        told["title"],
    )


def _lost(told: dict[str, Any]) -> list[str]:
    counts: dict[str, int] = told["lost"]
    found = [sentence(counts[what]) for what, sentence in SENTENCES.items() if what in counts]
    for address in told["elsewhere"]:
        found.append(
            _("A picture that lies at %(place)s was not fetched: %(address)s")
            % {"place": urlsplit(address).hostname or _("another place"), "address": address}
        )
    left = told["comments_left"]
    if left:
        found.append(
            ngettext(
                "%(count)d comment was left out: there are too many.",
                "%(count)d comments were left out: there are too many.",
                left,
            )
            % {"count": left}
        )
    return found
