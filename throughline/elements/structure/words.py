"""What an item says, field by field: checked, told apart, laid side by side. No database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from throughline.elements.models import Item, ItemRevision
from throughline.elements.structure.fields import (
    CHOICE,
    DATE,
    LINK,
    MOST_DEMONSTRATIONS,
    NUMBER,
    TEXT,
    Field,
    Kind,
)
from throughline.elements.structure.kinds import KINDS
from throughline.kit.text import clean_line, clean_text

Words = dict[str, str]


def words_of(said: Item | ItemRevision, kind: str = "") -> Words:
    """What an item (or one of its revisions, then with the `kind`) says, by field."""
    known = KINDS[kind or said.kind]  # type: ignore[union-attr]
    own = {"title": said.title, "text": said.text}
    return {key: own[key] if key in own else str(said.data.get(key, "")) for key in known.keys}


def cleaned(kind: Kind, words: Mapping[str, str]) -> Words:
    """The words as they are kept. Raises `ValidationError` by field; what the kind doesn't have is left out."""
    found: Words = {}
    errors: dict[str, str] = {}
    for field in kind.fields:
        said = str(words.get(field.key) or "")
        found[field.key] = clean_text(said) if field.sort == TEXT else clean_line(said)
        if problem := _problem(field, found[field.key]):
            errors[field.key] = problem
    if errors:
        raise ValidationError(errors)
    return found


def _problem(field: Field, said: str) -> str:
    if not said:
        return _("This is needed.") if field.required else ""
    if len(said) > field.limit:
        return _("Please keep this under %(most)s characters.") % {"most": field.limit}
    if field.sort == CHOICE and said not in dict(field.choices):
        return _("Choose one of these.")
    if field.sort == NUMBER and not (
        said.isascii() and said.isdigit() and 1 <= int(said) <= MOST_DEMONSTRATIONS
    ):
        return _("Enter a number from 1 to %(most)d.") % {"most": MOST_DEMONSTRATIONS}
    if field.sort == LINK and not is_link(said):
        return _("Enter a web address that begins with https:// or http://.")
    if field.sort == DATE and not _is_date(said):
        return _("Enter a date.")
    return ""


def is_link(said: str) -> bool:
    """Whether it is an address of the web, and nothing that a browser would carry out."""
    try:
        parts = urlsplit(said)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in said


def _is_date(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


def shown(field: Field, said: str) -> str:
    """A field's value as people read it."""
    if field.sort == CHOICE:
        return str(dict(field.choices).get(said, said))
    if field.sort == DATE and said and _is_date(said):
        return date_format(date.fromisoformat(said))
    return said


@dataclass(frozen=True, slots=True)
class Told:
    """A field with what it says, for pages that only show it."""

    field: Field
    said: str

    @property
    def words(self) -> str:
        """As people read it."""
        return shown(self.field, self.said)

    @property
    def is_link(self) -> bool:
        """Whether it can be followed."""
        return self.field.sort == LINK and is_link(self.said)


def told(item: Item) -> list[Told]:
    """Every field that says something, after the title."""
    words = words_of(item)
    fields = KINDS[item.kind].fields
    return [Told(each, words[each.key]) for each in fields if each.key != "title" and words[each.key]]


@dataclass(frozen=True, slots=True)
class Side:
    """A field in two versions; `both` when both people changed it, so that somebody has to choose."""

    label: str
    mine: str
    theirs: str
    both: bool


def side_by_side(kind: Kind, base: Words, mine: Words, theirs: Words) -> tuple[Words, list[Side]]:
    """Two versions that grew from one: what they say together, and every field in which they differ.

    A field that only the other person changed takes their words; where both changed it, mine stay in the form.
    """
    joined, sides = dict(mine), []
    for field in kind.fields:
        key = field.key
        if mine.get(key, "") == theirs[key]:
            continue
        changed, theirs_changed = mine.get(key, "") != base.get(key, ""), theirs[key] != base.get(key, "")
        if not changed:
            joined[key] = theirs[key]
        sides.append(
            Side(
                str(field.label),
                shown(field, mine.get(key, "")),
                shown(field, theirs[key]),
                changed and theirs_changed,
            )
        )
    return joined, sides
