"""What stands in a section, as it is kept: cleaned, and the pieces of it that are translated. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from throughline.elements.publishing.units import paragraph
from throughline.elements.writing.schema import fingerprint
from throughline.kit.text import clean_line, clean_text
from throughline.plans.families.sections import BY_KEY, MOST_ITEMS, SECTIONS, Field, Section

Content = dict[str, Any]
Document = Mapping[str, Content]
MOST_MONTHS = 12


def cleaned(section: Section, told: Mapping[str, Any]) -> Content:
    """What was typed, as it is kept. Entries without words fall away. Raises `ValidationError`."""
    errors: dict[str, str] = {}
    content: Content = {each.name: _text(each, told.get(each.name, ""), errors) for each in section.fields}
    if section.cites:
        content["cites"] = bool(told.get("cites"))
    if section.item:
        items = [_item(section, each, errors) for each in told.get("items", ())]
        content["items"] = [each for each in items if each["title"] or each["text"]]
        if any(not each["title"] for each in content["items"]):
            errors["items"] = _("Give each entry its first line; without it nobody knows what it is about.")
        if len(content["items"]) > MOST_ITEMS:
            errors["items"] = _("Keep this to %(most)d entries.") % {"most": MOST_ITEMS}
    if errors:
        raise ValidationError(list(errors.values()))
    return content


def _text(field: Field, typed: object, errors: dict[str, str]) -> str:
    said = clean_line(str(typed)) if field.lines == 1 else clean_text(str(typed))
    if len(said) > field.most:
        errors[field.name] = _("Please keep “%(label)s” under %(most)s characters.") % {
            "label": field.label,
            "most": field.most,
        }
    return said


def _item(section: Section, told: Mapping[str, Any], errors: dict[str, str]) -> Content:
    item: Content = {"id": str(told.get("id") or token_hex(4))[:8]}
    item |= {each.name: _text(each, told.get(each.name, ""), errors) for each in section.item}
    if section.tied:
        item["tie"] = tie_of(str(told.get("tie") or ""))
    if section.ranged:
        item["give"] = min(max(int(told.get("give") or 0), 0), MOST_MONTHS)
        first, last = told.get("earliest"), told.get("latest")
        if first and last and last < first:
            errors["latest"] = _("A phase can’t end before it begins.")
        item |= {"earliest": _day(first), "latest": _day(last)}
    return item


def _day(told: object) -> str:
    return told.isoformat() if isinstance(told, date) else ""


def tie_of(told: str) -> str:
    """`goal:ID` or `action:ID`, or nothing when it is neither."""
    kind, _colon, key = told.partition(":")
    try:
        return f"{kind}:{UUID(key)}" if kind in ("goal", "action") else ""
    except ValueError:
        return ""


def ties_in(document: Document) -> dict[str, set[UUID]]:
    """The goals and actions that its entries follow."""
    found: dict[str, set[UUID]] = {"goal": set(), "action": set()}
    for section in SECTIONS:
        for item in document.get(section.key, {}).get("items", ()):
            if item.get("tie"):
                kind, _colon, key = item["tie"].partition(":")
                found[kind].add(UUID(key))
    return found


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece to translate: its fingerprint, its words, and where it stands (the same from edition to edition).

    `language` is its own, where that isn’t the page’s."""

    name: str
    text: str
    place: str
    section: str
    language: str = ""


def name_of_text(text: str) -> str:
    """The fingerprint of some words, as for paragraphs of an element (docs/decisions/0017)."""
    return fingerprint(paragraph(text))


def says_something(text: str) -> bool:
    """Whether there are words in it; a year like 2026–27 is the same in every language."""
    return any(map(str.isalpha, text))


def units_of(document: Document) -> list[Unit]:
    """Everything with words in it, in the order of the page, each piece once."""
    found: dict[str, Unit] = {}
    for key, place, text in _texts(document):
        if says_something(text):
            name = name_of_text(text)
            found.setdefault(name, Unit(name, text, place, key))
    return list(found.values())


def _texts(document: Document) -> Iterator[tuple[str, str, str]]:
    for section in SECTIONS:
        content = document.get(section.key, {})
        for field in section.fields:
            yield section.key, f"{section.key}.{field.name}", content.get(field.name, "")
        for item in content.get("items", ()):
            for field in section.item:
                yield section.key, f"{section.key}.{item['id']}.{field.name}", item.get(field.name, "")


def says_nothing(document: Document) -> bool:
    """Whether nothing is written yet."""
    return not any(text for _key, _place, text in _texts(document))


def words_in(content: Content, section: str) -> str:
    """All that is written in a section, a line for each piece: what the reading level is measured of."""
    return "\n".join(text for _key, _place, text in _texts({section: content}) if text)


__all__ = [
    "BY_KEY",
    "Content",
    "Document",
    "Unit",
    "cleaned",
    "name_of_text",
    "says_nothing",
    "says_something",
    "tie_of",
    "ties_in",
    "units_of",
    "words_in",
]
