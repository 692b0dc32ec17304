"""A framework as a table, CSV or XLSX, and the template to start from. What is written reads back as the same. No ORM."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import Blueprint, CompetencyPlan, DomainPlan, IndicatorPlan
from throughline.frameworks.labels import MARKS, WITNESSES
from throughline.frameworks.markup import flattened
from throughline.frameworks.tables.layout import MAIN_COLUMNS, MORE_COLUMNS, STEP_LIMIT, Kind, guarded, joined
from throughline.kit.apart import Apart

Row = dict[str, str]
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WRITER = Apart("throughline.frameworks.tables.xlsx_writing", seconds=60)
_WIDTHS = {"kind": 16, "text": 46, "description": 46, "witnesses": 22}


def as_csv(plan: Blueprint) -> bytes:
    """The framework as CSV, UTF-8."""
    columns, rows = _table(plan)
    return csv_text(columns, [[row.get(column, "") for column in columns] for row in rows]).encode()


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table as CSV with the mark of UTF-8; what a spreadsheet would run as a formula is kept as text."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def as_xlsx(plan: Blueprint) -> bytes:
    """The framework as XLSX, every cell a text."""
    columns, rows = _table(plan)
    asked = {
        "title": "framework",
        "columns": columns,
        "widths": [_WIDTHS.get(column, 18) for column in columns],
        "rows": [[guarded(row.get(column, "")) for column in columns] for row in rows],
    }
    _said, book = _WRITER.ask({"sheets": [asked]})
    return book


def _table(plan: Blueprint) -> tuple[list[str], list[Row]]:
    rows = [{column: _NOT_IN_XML.sub("", text) for column, text in row.items()} for row in _rows(plan)]
    used = {column for row in rows for column, text in row.items() if text}
    steps = sorted((c for c in used if c.startswith("step ")), key=lambda column: int(column[5:]))
    return [*MAIN_COLUMNS, *(column for column in MORE_COLUMNS if column in used), *steps], rows


def _rows(plan: Blueprint) -> Iterator[Row]:
    content = plan.content
    facts = {
        Kind.TITLE: plan.title,
        Kind.CODE: plan.code,
        Kind.VERSION: plan.number,
        Kind.LANGUAGE: plan.language,
        Kind.SUMMARY: content.get("summary", ""),
        Kind.ATTRIBUTION: content.get("attribution", ""),
        Kind.SOURCE: _address(content.get("source_url", "")),
        Kind.IDENTIFIER: plan.source_identifier,
    }
    yield from ({"kind": kind, "text": text} for kind, text in facts.items() if text)
    if not plan.borrows_steps:
        for each in content.get("steps", []):
            label = each["label"]
            if len(label) > STEP_LIMIT or "\n" in label:
                label = flattened(label, STEP_LIMIT)
            label = label or each["code"]
            yield _named(Kind.STEP, each["code"], label, each.get("hint", ""))
    for each in content.get("design_elements", []):
        yield _named(Kind.ELEMENT, each["code"], each["name"], each.get("summary", ""))
    own = content.get("source_codes", {})
    for domain in plan.domains:
        yield {
            **_named(Kind.DOMAIN, domain.code, domain.name, domain.question),
            "design element": domain.design_element,
            "source identifier": domain.source_identifier,
        }
        for competency in domain.competencies:
            yield from _competency_rows(competency, own.get(competency.code, ""))
    for walk in content.get("crosswalks", []):
        yield _named(Kind.CROSSWALK, walk["code"], walk["title"], walk.get("note", ""))
        for each in walk.get("elements", []):
            row = _named(Kind.CROSSWALK_ELEMENT, each["code"], each["label"], "")
            yield {**row, "competencies": joined(each.get("competencies", []))}


def _competency_rows(each: CompetencyPlan, source_code: str) -> Iterator[Row]:
    yield {
        **_named(Kind.COMPETENCY, each.code, each.name, each.description),
        "level": each.level,
        "source code": source_code,
        "source identifier": each.source_identifier,
        **_steps(each),
    }
    for idea in each.indicators:
        yield {
            **_named(Kind.INDICATOR, idea.code, idea.text, ""),
            "witnesses": ", ".join(word for word in idea.witnesses if word in WITNESSES),
            "source identifier": idea.source_identifier,
        }
    for mark, text in each.evidence:
        yield {"kind": Kind.EVIDENCE, "mark": mark if mark in MARKS else "", "text": text}


def _steps(each: CompetencyPlan) -> Row:
    """A table says every step or none, so one without words gets a dash."""
    if not any(each.steps):
        return {}
    return {f"step {place}": text or "–" for place, text in enumerate(each.steps, start=1)}


def _address(source: str) -> str:
    return source if re.fullmatch(r"https?://\S+", source) else ""


def _named(kind: Kind, code: str, text: str, description: str) -> Row:
    return {"kind": kind, "code": code, "text": text, "description": description}


def template() -> Blueprint:
    """The template: one worked example of everything that most people need, in the reader's language."""
    steps = (
        (_("Not yet"), _("This is not part of what we do today.")),
        (_("Trying"), _("We have begun, and it needs someone to push it.")),
        (_("Usual"), _("It normally happens, and people count on it.")),
        (_("How we work"), _("It happens without a push and would outlast any one of us.")),
    )
    content: dict[str, Any] = {
        "summary": _("What this framework is for, in a sentence or two."),
        "attribution": _("Who wrote it, and under which license."),
        "steps": [
            {"code": f"step-{place}", "label": label, "hint": hint}
            for place, (label, hint) in enumerate(steps, start=1)
        ],
    }
    compost = CompetencyPlan(
        code="compost",
        name=_("Compost"),
        level="foundational",
        description=_("We build a compost pile that gets warm, and we use what it makes."),
        steps=(
            _("Kitchen and garden waste goes out with the trash."),
            _("There is a pile, and someone is trying to keep it going."),
            _("The pile is turned every week and gets warm."),
            _("Every bed gets our own compost, whoever is in charge."),
        ),
        indicators=(
            IndicatorPlan("1", _("The pile reaches 120 °F (50 °C)."), ("learner", "educator")),
            IndicatorPlan("2", _("Kitchen waste goes in, plastic does not."), ("family", "educator")),
        ),
        evidence=(("practice", _("A dated photo of the thermometer in the pile.")),),
    )
    water = CompetencyPlan(
        code="water",
        name=_("Water"),
        level="advanced",
        description=_("We water at the right time of day, mostly with rainwater."),
    )
    soil = DomainPlan(
        code="soil", name=_("Soil"), question=_("What makes things grow here?"), competencies=(compost, water)
    )
    return Blueprint(
        code="garden",
        number="1",
        language="en",
        title=_("An example: a school garden"),
        content=content,
        domains=(soil,),
    )
