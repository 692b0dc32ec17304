"""The page for families: written, published, translated, asked about."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from throughline.home.demo.plan.days import Doing
from throughline.home.demo.plan.planning import Planning
from throughline.home.demo.plan.texts import Told, told_in_file
from throughline.kit.ids import opaque_id
from throughline.kit.text import clean_text
from throughline.plans.families.actions.asking import answer_question, ask
from throughline.plans.families.actions.translating import Typed, translate_page
from throughline.plans.families.actions.writing import (
    begin_page,
    check_page,
    open_page,
    publish_page,
    write_section,
)
from throughline.plans.families.sections import BY_KEY
from throughline.plans.families.translations import to_translate
from throughline.plans.models import FamilyQuestion, PageForFamilies

ENGLISH, SPANISH = 0, 1
SCHOOL_YEAR_BEGINS = 8


class FamilyPage:
    """One page in two languages. What is told of it stands in pairs of English and Spanish."""

    def __init__(self, planning: Planning) -> None:
        self.planning, self.by = planning, planning.who("amara")
        self.told = told_in_file("families")
        self.page: PageForFamilies | None = None

    def doings(self) -> Iterator[Doing]:
        """What happened to it, each on its day; whatever was answered is translated on the day after."""
        yield self.told["begun"], self._begin
        yield self.told["published"], self._publish
        for each in self.told["questions"]:
            yield each["day"], partial(self._ask, each)
        yield self.told["checked"], self._check

    def _begin(self) -> None:
        self.page = begin_page(language="en", by=self.by)

    def _publish(self) -> None:
        assert self.page is not None
        for key in BY_KEY:
            write_section(page=self.page, section=key, told=self._section(self.told[key], key), by=self.by)
        publish_page(page=self.page, by=self.by)
        self.page = open_page(
            page=self.page, way="everyone", may_be_found=False, takes_questions=True, by=self.by
        )

    def _section(self, told: Told, key: str) -> dict[str, Any]:
        content: dict[str, Any] = {name: pair[ENGLISH] for name, pair in told.items() if name != "items"}
        if key == "changes":
            content["year"] = _school_year(self.planning.built.on(0))
        content["items"] = [self._item(each) for each in told.get("items", ())]
        return content

    def _item(self, told: Told) -> dict[str, Any]:
        item = {name: said[ENGLISH] for name, said in told.items() if isinstance(said, list)}
        if "follows" in told:
            item["tie"] = f"action:{self.planning.actions[told['follows']].pk}"
        item |= {name: self.planning.day(told[name]) for name in ("earliest", "latest") if name in told}
        return item | {"give": told.get("give", 0)}

    def _ask(self, told: Told) -> None:
        assert self.page is not None
        asked = told["asked"][SPANISH if told["language"] == "es" else ENGLISH]
        question = ask(
            page=self.page, text=asked, language=told["language"], key=opaque_id(), address="192.0.2.24"
        )
        if "answered" in told:
            self._answer(question, told)

    def _answer(self, question: FamilyQuestion, told: Told) -> None:
        with self.planning.built.standing(told["answered"]):
            answer_question(question=question, wording="", answer=told["answer"][ENGLISH], by=self.by)

    def _check(self) -> None:
        """All of it is translated, the questions too, and right on this day."""
        assert self.page is not None
        pairs = [[clean_text(said) for said in pair] for pair in _pairs(self.told)]
        for language, source, into in (("es", ENGLISH, SPANISH), ("en", SPANISH, ENGLISH)):
            says = {pair[source]: pair[into] for pair in pairs}
            typed = {each.name: Typed(says[each.text], None) for each in to_translate(self.page, language)}
            translate_page(page=self.page, language=language, typed=typed, by=self.by)
        check_page(page=self.page, by=self.by)


def _pairs(told: Any) -> Iterator[list[str]]:
    """Every text of a file in both languages."""
    if isinstance(told, dict):
        for each in told.values():
            yield from _pairs(each)
    elif isinstance(told, list) and all(isinstance(each, str) for each in told):
        yield told
    elif isinstance(told, list):
        for each in told:
            yield from _pairs(each)


def _school_year(on: date) -> str:
    first = on.year if on.month >= SCHOOL_YEAR_BEGINS else on.year - 1
    return f"{first}–{(first + 1) % 100:02}"
