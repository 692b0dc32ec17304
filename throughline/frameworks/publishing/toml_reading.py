"""Reading a framework from TOML: the source file and, beside it, one file of texts per other language. No ORM."""

import tomllib
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import (
    Blueprint,
    CompetencyPlan,
    DomainPlan,
    FrameworkProblem,
    IndicatorPlan,
    check,
)
from throughline.kit.text import clean_line, clean_text

Table = dict[str, Any]
SHOWN = ("title", "summary", "attribution", "source_url")


def read_toml(source: Path) -> Blueprint:
    """The framework in `source`, with the translations that lie beside it (`name.<language>.toml`)."""
    table = _load(source)
    try:
        plan = _blueprint(table)
    except KeyError as missing:
        raise FrameworkProblem(_("%(key)s is missing.") % {"key": missing}, source.name) from None
    check(plan)
    for beside in sorted(source.parent.glob(f"{source.stem}.*.toml")):
        texts = _load(beside)
        _check_translation(plan, texts, beside.name)
        plan.translations[texts.pop("language")] = texts
    return plan


def _load(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FrameworkProblem(
            _("This is not readable TOML (%(why)s).") % {"why": error}, path.name
        ) from None


def _blueprint(table: Table) -> Blueprint:
    head = table["framework"]
    content: dict[str, Any] = {key: clean_text(head.get(key, "")) for key in SHOWN}
    content["steps"] = [_texts(step, "code", "label", "hint") for step in head["steps"]]
    content["design_elements"] = [
        _texts(each, "code", "name", "summary") for each in table.get("design_elements", [])
    ]
    content["crosswalks"] = [
        {
            **_texts(each, "code", "title", "note"),
            "elements": [
                {**_texts(element, "code", "label"), "competencies": element["competencies"]}
                for element in each["elements"]
            ],
        }
        for each in table.get("crosswalks", [])
    ]
    return Blueprint(
        code=head["code"],
        number=str(head["version"]),
        language=head["language"],
        title=clean_line(head["title"]),
        content=content,
        domains=tuple(_domain(each) for each in table["domains"]),
    )


def _texts(table: Table, *keys: str) -> dict[str, str]:
    return {key: clean_text(table[key]) for key in keys}


def _domain(table: Table) -> DomainPlan:
    return DomainPlan(
        code=table["code"],
        name=clean_line(table["name"]),
        question=clean_text(table.get("question", "")),
        design_element=table.get("design_element", ""),
        competencies=tuple(_competency(each) for each in table["competencies"]),
    )


def _competency(table: Table) -> CompetencyPlan:
    return CompetencyPlan(
        code=table["code"],
        name=clean_line(table["name"]),
        level=table["level"],
        description=clean_text(table.get("description", "")),
        steps=tuple(clean_text(step) for step in table.get("steps", [])),
        evidence=tuple((each["mark"], clean_text(each["text"])) for each in table.get("evidence", [])),
        indicators=tuple(
            IndicatorPlan(each["code"], clean_text(each["text"]), tuple(each.get("witnesses", [])))
            for each in table.get("indicators", [])
        ),
    )


def _check_translation(plan: Blueprint, texts: Table, where: str) -> None:
    """A translation names only what exists and has as many steps, indicators and examples as the source."""
    if not texts.get("language"):
        raise FrameworkProblem(_("%(key)s is missing.") % {"key": "language"}, where)
    known = {
        "steps": {step["code"] for step in plan.content["steps"]},
        "design_elements": {each["code"] for each in plan.content["design_elements"]},
        "domains": {domain.code for domain in plan.domains},
        "competencies": {competency.code for competency in plan.competencies},
        "crosswalks": {each["code"] for each in plan.content["crosswalks"]},
    }
    for part, codes in known.items():
        for code in texts.get(part, {}):
            if code not in codes:
                raise FrameworkProblem(
                    _("%(code)s is not in the framework.") % {"code": f"{part}.{code}"}, where
                )
    for competency in plan.competencies:
        said = texts.get("competencies", {}).get(competency.code, {})
        counts = {
            "steps": len(competency.steps),
            "indicators": len(competency.indicators),
            "evidence": len(competency.evidence),
        }
        for part, count in counts.items():
            if part in said and len(said[part]) != count:
                raise FrameworkProblem(
                    _("%(place)s must have %(count)d entries.")
                    % {"place": f"{competency.code}.{part}", "count": count},
                    where,
                )
