"""Drafting an element: beginning it, inviting to it, writing it sitting by sitting, its items and what they serve."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.formats import date_format

from throughline.elements.editing.actions import replace_text
from throughline.elements.models import ChangeKind, Element, Item
from throughline.elements.setup.actions import begin_element, invite_participant
from throughline.elements.setup.templates_read import template_of
from throughline.elements.structure.actions import add_item, choose_ties
from throughline.elements.structure.kinds import KINDS, LEVELS
from throughline.home.demo.building import Building
from throughline.home.demo.elements import texts
from throughline.home.demo.elements.texts import Told
from throughline.schools.models import Membership


class Drafts:
    """The elements that have begun and their items by key, while they are built."""

    def __init__(self, built: Building) -> None:
        self.built = built
        self.elements: dict[str, Element] = {}
        self.items: dict[str, Item] = {}

    def who(self, key: str) -> Membership:
        """Somebody of the school."""
        return self.built.seats[key].membership

    def element(self, kind: str) -> Element:
        """An element as it is now."""
        self.elements[kind].refresh_from_db()
        return self.elements[kind]

    def begin(self, kind: str, told: Told) -> None:
        """Somebody begins it from the template."""
        self.elements[kind] = begin_element(
            kind=kind,
            title=told["title"],
            language=told["language"],
            outline=template_of(kind, told["language"]).outline(),
            by=self.who(told["by"]),
        )

    def invite(self, kind: str, told: Told) -> None:
        """Somebody who is no staff, or may otherwise not write, takes part."""
        by = self.elements[kind].begun_by
        invite_participant(element=self.elements[kind], member=self.who(told["who"]), may=told["may"], by=by)

    def sit(self, kind: str, sections: Mapping[str, str], sittings: list[Told], number: int) -> None:
        """Somebody writes."""
        element, told = self.element(kind), sittings[number]
        written = texts.after_sitting(sections, sittings, number)
        replace_text(
            element=element,
            document=texts.document_of(element.outline, written, self.dated(element.language)),
            seen=element.head,
            by=self.who(told["by"]),
            kind=told.get("kind", ChangeKind.FORM),
        )

    def dated(self, language: str) -> texts.Dated:
        """How days are said in a language."""

        def say(how: str, day: int) -> str:
            with translation.override(language):
                on = self.built.on(day)
                return date_format(on, "F" if how == "month" else "MONTH_DAY_FORMAT")

        return say

    def add(self, kind: str, told: Told, by: str, parent: Item | None = None) -> None:
        """An item comes in, with what belongs to it."""
        by = told.get("by", by)
        words = self._words(told)
        item = add_item(
            element=self.elements[kind], kind=told["kind"], words=words, by=self.who(by), parent=parent
        )
        if "key" in told:
            self.items[told["key"]] = item
        for each in told.get("of", ()):
            self.add(kind, each, by, item)

    def _words(self, told: Told) -> dict[str, str]:
        words = {key: told[key] for key in KINDS[told["kind"]].keys if key in told}
        words |= dict(zip(LEVELS, told.get("levels", ()), strict=False))
        if "dated" in told:
            words["date"] = self.built.on(told["dated"]).isoformat()
        return words

    def tie(self, told: Told, by: str) -> None:
        """Somebody says what an item serves."""
        competencies: list[UUID] = [self.built.by_code[code].id for code in told.get("competencies", ())]
        to = [self.items[key].pk for key in told.get("serves", ())]
        choose_ties(
            item=self.items[told["key"]], to=to, competencies=competencies, by=self.who(told.get("by", by))
        )


def tied(items: list[Told], day: int, by: str) -> list[tuple[int, str, Told]]:
    """Every item that serves something: on which day it came, by whom, and what is told of it."""
    found: list[tuple[int, str, Any]] = []
    for each in items:
        day, by = each.get("day", day), each.get("by", by)
        if each.get("serves") or each.get("competencies"):
            found.append((day, by, each))
        found += tied(each.get("of", []), day, by)
    return found
