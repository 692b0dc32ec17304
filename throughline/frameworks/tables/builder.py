"""Putting a framework together row by row; each row is accepted or refused with a sentence. No ORM."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.frameworks.blueprint import (
    CODE_LIMIT,
    DOMAIN_NAME_LIMIT,
    NAME_LIMIT,
    NUMBER_LIMIT,
    STEPS,
    TITLE_LIMIT,
    Blueprint,
    CompetencyPlan,
    DomainPlan,
    IndicatorPlan,
    default_steps,
)
from throughline.frameworks.labels import MARKS, WITNESSES
from throughline.frameworks.limits import LONGEST_TEXT
from throughline.frameworks.tables.layout import FACTS, LEVELS, STEP_LIMIT, Kind, several
from throughline.kit.text import clean_line, clean_text

Row = dict[str, str]
FOUR_STEPS = gettext_lazy("A framework has four steps of its own, or none.")


class RowProblem(Exception):
    """Why a row cannot become anything: a sentence for a person."""


@dataclass(slots=True)
class _Competency:
    name: str
    row: Row
    number: int
    steps: tuple[str, ...]
    indicators: list[IndicatorPlan] = field(default_factory=list)
    evidence: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Domain:
    name: str
    row: Row
    competencies: list[_Competency] = field(default_factory=list)
    named: dict[str, _Competency] = field(default_factory=dict)


@dataclass(slots=True)
class Building:
    """What has been read so far. `add` takes one thing; `blueprint` is the whole."""

    facts: dict[str, str] = field(default_factory=dict)
    steps: list[dict[str, str]] = field(default_factory=list)
    elements: list[dict[str, str]] = field(default_factory=list)
    crosswalks: list[dict[str, Any]] = field(default_factory=list)
    domains: list[_Domain] = field(default_factory=list)
    named: dict[str, _Domain] = field(default_factory=dict)
    codes: dict[tuple[str, str], int] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=lambda: _groups())
    unsaid_levels: int = 0
    here: _Domain | None = None
    above: _Competency | None = None

    def add(self, kind: Kind, row: Row, number: int) -> None:
        """Take a row. Raises `RowProblem`; what stands below a row that was refused is still looked at."""
        try:
            self._add(kind, row, number)
        except RowProblem:
            if kind is Kind.DOMAIN:
                self.here, self.above = _Domain("", row), None
            elif kind is Kind.COMPETENCY:
                self.above = _Competency("", row, number, ())
            raise

    def _add(self, kind: Kind, row: Row, number: int) -> None:
        for column, text in row.items():
            if len(text) > LONGEST_TEXT:
                raise RowProblem(
                    _("The cell in “%(column)s” is longer than %(limit)d characters.")
                    % {"column": column, "limit": LONGEST_TEXT}
                )
        if kind in FACTS:
            self._fact(kind, row)
            return
        by_kind: dict[Kind, Callable[[Row, int], None]] = {
            Kind.STEP: self._step,
            Kind.ELEMENT: self._element,
            Kind.DOMAIN: self._domain,
            Kind.COMPETENCY: self._competency,
            Kind.INDICATOR: self._indicator,
            Kind.EVIDENCE: self._evidence,
            Kind.CROSSWALK: self._crosswalk,
            Kind.CROSSWALK_ELEMENT: self._crosswalk_element,
        }
        by_kind[kind](row, number)

    def _fact(self, kind: Kind, row: Row) -> None:
        text = clean_text(row.get("text", ""))
        if kind.value in self.facts:
            raise RowProblem(_("This is given twice."))
        if kind in (Kind.TITLE, Kind.VERSION, Kind.LANGUAGE, Kind.CODE, Kind.SOURCE, Kind.IDENTIFIER):
            limits = {
                Kind.TITLE: TITLE_LIMIT,
                Kind.SOURCE: 2000,
                Kind.IDENTIFIER: 200,
                Kind.VERSION: NUMBER_LIMIT,
            }
            text = _fitting(text, limits.get(kind, CODE_LIMIT))
        if kind is Kind.CODE and not re.fullmatch(r"[a-z0-9_-]+", text):
            raise RowProblem(_("A framework’s code uses lowercase letters, digits and hyphens only."))
        if kind is Kind.LANGUAGE and not re.fullmatch(r"[a-z]{2,3}", text):
            raise RowProblem(_("Give the language by its code, such as en or es."))
        if kind is Kind.SOURCE and not re.fullmatch(r"https?://\S+", text):
            raise RowProblem(_("The source must be an address that starts with https://."))
        self.facts[kind.value] = text

    def _step(self, row: Row, number: int) -> None:
        if self.domains:
            raise RowProblem(_("Steps must come before the first domain."))
        if len(self.steps) == STEPS:
            raise RowProblem(FOUR_STEPS)
        label = _fitting(row.get("text", ""), STEP_LIMIT)
        code = self._code("step", row, slugify(label) or f"step-{len(self.steps) + 1}", number)
        self.steps.append({"code": code, "label": label, "hint": clean_text(row.get("description", ""))})

    def _element(self, row: Row, number: int) -> None:
        name = _fitting(row.get("text", ""), TITLE_LIMIT)
        code = self._code("element", row, _slug(name), number)
        self.elements.append({"code": code, "name": name, "summary": clean_text(row.get("description", ""))})

    def _crosswalk(self, row: Row, number: int) -> None:
        title = _fitting(row.get("text", ""), TITLE_LIMIT)
        code = self._code("crosswalk", row, _slug(title), number)
        note = clean_text(row.get("description", ""))
        self.crosswalks.append({"code": code, "title": title, "note": note, "elements": []})

    def _crosswalk_element(self, row: Row, number: int) -> None:
        if not self.crosswalks:
            raise RowProblem(_("There is no crosswalk above this row."))
        label = _fitting(row.get("text", ""), NAME_LIMIT)
        code = self._code(f"crosswalk {len(self.crosswalks)}", row, _slug(label), number)
        self.crosswalks[-1]["elements"].append(
            {"code": code, "label": label, "competencies": several(row.get("competencies", ""))}
        )

    def _domain(self, row: Row, number: int) -> None:
        name = _fitting(row.get("text", ""), DOMAIN_NAME_LIMIT)
        if name.casefold() in self.named and not clean_line(row.get("code", "")):
            raise RowProblem(
                _("There is already a domain with this name. Give each a code to tell them apart.")
            )
        self._code("domain", row, "", number)
        self.here, self.above = _Domain(name, row), None
        self.domains.append(self.here)
        self.named[name.casefold()] = self.here
        self.named.setdefault(clean_line(row.get("code", "")).casefold(), self.here)

    def _competency(self, row: Row, number: int) -> None:
        self.here = here = self._home(row)
        name = _fitting(row.get("text", ""), NAME_LIMIT)
        level = clean_line(row.get("level", "")).casefold()
        if level not in LEVELS:
            raise RowProblem(_("The level must be foundational or advanced."))
        steps = self._own_steps(row)
        twin = here.named.get(name.casefold())
        if twin is not None and not (
            clean_line(row.get("code", "")) and clean_line(twin.row.get("code", ""))
        ):
            raise RowProblem(
                _("This competency is already in row %(row)d. Give each a code to tell them apart.")
                % {"row": twin.number}
            )
        self._code("competency", row, "", number)
        self.unsaid_levels += not level
        self.above = _Competency(name, {**row, "level": LEVELS[level]}, number, steps)
        here.competencies.append(self.above)
        here.named[name.casefold()] = self.above

    def _home(self, row: Row) -> _Domain:
        wanted = clean_line(row.get("domain", ""))
        if wanted:
            found = self.named.get(wanted.casefold())
            if found is None:
                raise RowProblem(_("There is no domain “%(name)s” above this row.") % {"name": wanted[:80]})
            return found
        if self.here is None:
            raise RowProblem(_("There is no domain above this row."))
        return self.here

    def _own_steps(self, row: Row) -> tuple[str, ...]:
        said = {
            int(column[5:]): clean_text(text)
            for column, text in row.items()
            if column.startswith("step ") and clean_text(text)
        }
        if not said:
            return ()
        if set(said) != set(range(1, STEPS + 1)):
            raise RowProblem(_("Describe all %(count)d steps, or none of them.") % {"count": STEPS})
        return tuple(said[place] for place in range(1, STEPS + 1))

    def _last(self) -> _Competency:
        if self.above is None:
            raise RowProblem(_("There is no competency above this row."))
        return self.above

    def _indicator(self, row: Row, number: int) -> None:
        above = self._last()
        text = clean_text(row.get("text", ""))
        if not text:
            raise RowProblem(_("Text is missing here."))
        witnesses = tuple(dict.fromkeys(self._witness(word) for word in several(row.get("witnesses", ""))))
        code = clean_line(row.get("code", ""))
        _short(code, CODE_LIMIT)
        identifier = _short(clean_line(row.get("source identifier", "")), 200)
        above.indicators.append(
            IndicatorPlan(code or str(len(above.indicators) + 1), text, witnesses, identifier)
        )

    def _witness(self, word: str) -> str:
        code = self.groups.get(word.casefold())
        if code is None:
            raise RowProblem(
                _("“%(word)s” is not a group of witnesses. The groups are: %(all)s.")
                % {"word": word[:40], "all": ", ".join(WITNESSES)}
            )
        return code

    def _evidence(self, row: Row, number: int) -> None:
        above = self._last()
        text = clean_text(row.get("text", ""))
        if not text:
            raise RowProblem(_("Text is missing here."))
        mark = clean_line(row.get("mark", "")).casefold() or "document"
        if mark not in MARKS:
            raise RowProblem(_("Evidence must be marked as document, practice or effect."))
        above.evidence.append((mark, text))

    def _code(self, of: str, row: Row, otherwise: str, number: int) -> str:
        """The row's own code, or `otherwise`; either may be used once among things of its kind."""
        code = _short(clean_line(row.get("code", "")), CODE_LIMIT) or otherwise
        if code and self.codes.setdefault((of, code), number) != number:
            raise RowProblem(
                _("The code %(code)s is already used in row %(row)d.")
                % {"code": code, "row": self.codes[(of, code)]}
            )
        return code

    def blueprint(self, title: str) -> Blueprint:
        """The framework; `title` is for one that does not say its own."""
        title = self.facts.get("title") or _short(clean_line(title), TITLE_LIMIT) or _("A framework")
        domain_codes = _made_codes([(each.row.get("code", ""), "", each.name) for each in self.domains])
        flat = [(domain, each) for domain in self.domains for each in domain.competencies]
        codes = _made_codes([(each.row.get("code", ""), domain.name, each.name) for domain, each in flat])
        of = {id(each): code for (_domain, each), code in zip(flat, codes, strict=True)}
        return Blueprint(
            code=self.facts.get("code") or _slug(title),
            number=self.facts.get("version") or "1",
            language=self.facts.get("language") or "en",
            title=title,
            content=self._content(title, {of[id(each)]: each for _domain, each in flat}),
            domains=tuple(
                DomainPlan(
                    code=code,
                    name=domain.name,
                    question=clean_text(domain.row.get("description", "")),
                    design_element=clean_line(domain.row.get("design element", "")),
                    competencies=tuple(_plan(each, of[id(each)]) for each in domain.competencies),
                    source_identifier=clean_line(domain.row.get("source identifier", "")),
                )
                for domain, code in zip(self.domains, domain_codes, strict=True)
            ),
            source_identifier=self.facts.get("identifier", ""),
        )

    def _content(self, title: str, competencies: dict[str, _Competency]) -> dict[str, Any]:
        content: dict[str, Any] = {
            "title": title,
            "summary": self.facts.get("summary", ""),
            "attribution": self.facts.get("attribution", ""),
            "source_url": self.facts.get("source", ""),
            "steps": self.steps or _plain_steps(),
            "design_elements": self.elements,
            "crosswalks": self.crosswalks,
        }
        told = {code: clean_line(each.row.get("source code", "")) for code, each in competencies.items()}
        told = {code: text for code, text in told.items() if text}
        if not self.steps:
            content["steps_are_default"] = True
        if told or not self.steps:
            content["source_codes"] = told
        return content


def _plan(each: _Competency, code: str) -> CompetencyPlan:
    return CompetencyPlan(
        code=code,
        name=each.name,
        level=each.row["level"],
        description=clean_text(each.row.get("description", "")),
        steps=each.steps,
        evidence=tuple(each.evidence),
        indicators=tuple(each.indicators),
        source_identifier=clean_line(each.row.get("source identifier", "")),
    )


def _plain_steps() -> list[dict[str, str]]:
    with translation.override("en"):
        return default_steps()


def _fitting(text: str, limit: int) -> str:
    line = clean_line(text)
    if not line:
        raise RowProblem(_("Text is missing here."))
    return _short(line, limit)


def _short(text: str, limit: int) -> str:
    if len(text) > limit:
        raise RowProblem(_("A text is longer than %(limit)d characters.") % {"limit": limit})
    return text


def _groups() -> dict[str, str]:
    """The codes of witnesses by their names, in English and in the language in force."""
    known = {str(name).casefold(): code for code, name in WITNESSES.items()}
    with translation.override("en"):
        known |= {str(name).casefold(): code for code, name in WITNESSES.items()}
    return known | {code: code for code in WITNESSES}


def _slug(name: str) -> str:
    """A code made from a name: the same for the same name."""
    return slugify(name)[:60].strip("-") or hashlib.sha256(name.encode()).hexdigest()[:16]


def _made_codes(things: list[tuple[str, str, str]]) -> list[str]:
    """For each (own code, where it stands, name) a code of its own, whatever the order of the rows."""
    own = {clean_line(code) for code, _place, _name in things} - {""}
    short = [_slug(name) for _code, _place, name in things]
    long = [_slug(f"{place} {name}") for _code, place, name in things]
    times, long_times = Counter(short), Counter(long)
    found = []
    for (code, place, name), one, more in zip(things, short, long, strict=True):
        if clean_line(code):
            found.append(clean_line(code))
        elif times[one] == 1 and one not in own:
            found.append(one)
        elif long_times[more] == 1 and more not in own and more not in times:
            found.append(more)
        else:
            mark = hashlib.sha256(f"{place}\0{name}".encode()).hexdigest()[:12]
            found.append(f"{one[:60]}-{mark}")
    return found
