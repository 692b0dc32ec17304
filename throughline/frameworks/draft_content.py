"""A framework being written, as plain values that fit in a JSON column. Pure, no database.

The shape of `FrameworkDraft.content`::

    {"title", "summary", "attribution", "source_url", "language", "number", "code", "source_identifier",
     "steps": [{"code", "label", "hint"}], "steps_are_default": bool, "design_elements": [...],
     "more": {whatever else the version's content holds (crosswalks, source_codes)},
     "domains": [{"uid", "was": code of the domain it comes from or "", "code", "name", "question",
                  "design_element", "source_identifier",
                  "competencies": [{"uid", "was": [codes of the competencies it continues], "code", "name", "level",
                                    "description", "steps": [text], "evidence": [{"mark", "text"}],
                                    "source_identifier",
                                    "indicators": [{"uid", "code", "text", "witnesses": [code],
                                                    "source_identifier"}]}]}],
     "removed": [{"domain": uid, "place", "item": a competency} or {"place", "item": a domain}]}

`uid` names a part as long as it is a draft; `was` speaks of the version that the draft was made from (`draft.base`).
An import makes its draft with `draft_of(blueprint)`; nothing continues anything then (`was` is empty).
"""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import (
    Blueprint,
    CompetencyPlan,
    DomainPlan,
    FrameworkProblem,
    IndicatorPlan,
    check_competency,
    check_domain,
    check_head,
    check_steps,
    default_steps,
)

Content = dict[str, Any]
Part = dict[str, Any]

_HEAD = ("summary", "attribution", "source_url")
_OWN = {"title", *_HEAD, "steps", "steps_are_default", "design_elements"}


def new_uid() -> str:
    """A name for a part of a draft."""
    return uuid4().hex[:12]


def empty_draft(title: str, language: str) -> Content:
    """A framework with nothing in it yet but the product's own steps."""
    return {
        "title": title,
        "summary": "",
        "attribution": "",
        "source_url": "",
        "language": language,
        "number": "1",
        "code": "",
        "source_identifier": "",
        "steps": default_steps(),
        "steps_are_default": True,
        "design_elements": [],
        "more": {},
        "domains": [],
        "removed": [],
    }


def draft_of(plan: Blueprint, *, continues: bool = False) -> Content:
    """The draft that says what a blueprint says. `continues`: it is a copy, and every part continues its original."""
    content = plan.content
    return {
        "title": plan.title,
        **{key: content.get(key, "") for key in _HEAD},
        "language": plan.language,
        "number": plan.number,
        "code": plan.code,
        "source_identifier": plan.source_identifier,
        "steps": [dict(each) for each in content.get("steps", [])],
        "steps_are_default": plan.borrows_steps,
        "design_elements": [dict(each) for each in content.get("design_elements", [])],
        "more": {key: value for key, value in content.items() if key not in _OWN},
        "domains": [_domain_part(each, continues) for each in plan.domains],
        "removed": [],
    }


def _domain_part(plan: DomainPlan, continues: bool) -> Part:
    return {
        "uid": new_uid(),
        "was": plan.code if continues else "",
        "code": plan.code,
        "name": plan.name,
        "question": plan.question,
        "design_element": plan.design_element,
        "source_identifier": plan.source_identifier,
        "competencies": [_competency_part(each, continues) for each in plan.competencies],
    }


def _competency_part(plan: CompetencyPlan, continues: bool) -> Part:
    return {
        "uid": new_uid(),
        "was": [plan.code] if continues else [],
        "code": plan.code,
        "name": plan.name,
        "level": plan.level,
        "description": plan.description,
        "steps": list(plan.steps),
        "evidence": [{"mark": mark, "text": text} for mark, text in plan.evidence],
        "source_identifier": plan.source_identifier,
        "indicators": [
            {
                "uid": new_uid(),
                "code": each.code,
                "text": each.text,
                "witnesses": list(each.witnesses),
                "source_identifier": each.source_identifier,
            }
            for each in plan.indicators
        ],
    }


def blueprint_of(content: Content) -> Blueprint:
    """The version that a draft would become. Not checked: see `problems_of` and `blueprint.check`."""
    shown: dict[str, Any] = {"title": content["title"], **{key: content.get(key, "") for key in _HEAD}}
    shown["steps"] = content["steps"]
    if content.get("steps_are_default"):
        shown["steps_are_default"] = True
    shown["design_elements"] = content.get("design_elements", [])
    shown |= _still_there(content)
    return Blueprint(
        code=content.get("code", ""),
        number=content.get("number", ""),
        language=content["language"],
        title=content["title"],
        content=shown,
        domains=tuple(domain_plan(each) for each in content["domains"]),
        source_identifier=content.get("source_identifier", ""),
    )


def _still_there(content: Content) -> dict[str, Any]:
    """What else the version's content holds, without what it says of competencies that are gone."""
    more = dict(content.get("more", {}))
    codes = {each["code"] for _domain, each in competencies_of(content)}
    if "source_codes" in more:
        more["source_codes"] = {code: own for code, own in more["source_codes"].items() if code in codes}
    if "crosswalks" in more:
        more["crosswalks"] = [
            {
                **walk,
                "elements": [
                    {**each, "competencies": [code for code in each.get("competencies", []) if code in codes]}
                    for each in walk.get("elements", [])
                ],
            }
            for walk in more["crosswalks"]
        ]
    return more


def domain_plan(part: Part) -> DomainPlan:
    """A domain of a draft as it would be published."""
    return DomainPlan(
        code=part["code"],
        name=part["name"],
        question=part.get("question", ""),
        design_element=part.get("design_element", ""),
        competencies=tuple(competency_plan(each) for each in part["competencies"]),
        source_identifier=part.get("source_identifier", ""),
    )


def competency_plan(part: Part) -> CompetencyPlan:
    """A competency of a draft as it would be published. Steps that are all empty are no steps."""
    steps = tuple(part.get("steps", []))
    return CompetencyPlan(
        code=part["code"],
        name=part["name"],
        level=part["level"],
        description=part.get("description", ""),
        steps=steps if any(steps) else (),
        evidence=tuple((each["mark"], each["text"]) for each in part.get("evidence", [])),
        indicators=tuple(
            IndicatorPlan(
                code=each["code"],
                text=each["text"],
                witnesses=tuple(each.get("witnesses", [])),
                source_identifier=each.get("source_identifier", ""),
            )
            for each in part.get("indicators", [])
        ),
        source_identifier=part.get("source_identifier", ""),
    )


def competencies_of(content: Content) -> Iterator[tuple[Part, Part]]:
    """Every competency with its domain, in order."""
    for domain in content["domains"]:
        for each in domain["competencies"]:
            yield domain, each


def origins_of(content: Content) -> dict[str, tuple[str, ...]]:
    """Which competencies of the base each competency continues, by codes."""
    return {each["code"]: tuple(each["was"]) for _domain, each in competencies_of(content)}


def problems_of(content: Content) -> list[tuple[str, str]]:
    """What stands in the way of publishing, all at once: the uid of the part ("" for the whole) and a sentence."""
    plan = blueprint_of(content)
    found = [
        ("", said) for checking in (check_head, check_steps) for said in _said(lambda c=checking: c(plan))
    ]
    steps = len(plan.content["steps"])
    seen: set[str] = set()
    for domain in content["domains"]:
        planned = domain_plan(domain)
        found += [(domain["uid"], said) for said in _said(lambda part=planned: check_domain(part))]
        if not domain["competencies"]:
            found.append((domain["uid"], _("This domain is empty. Add a competency, or remove the domain.")))
        for each in domain["competencies"]:
            built = competency_plan(each)
            found += [(each["uid"], said) for said in _said(lambda part=built: check_competency(part, steps))]
            if built.steps and not all(step.strip() for step in built.steps):
                found.append((each["uid"], _("Describe every step, or none of them.")))
            if each["code"] in seen:
                found.append((each["uid"], _("This code is used twice.")))
            seen.add(each["code"])
    return found


def _said(checking: Any) -> list[str]:
    try:
        checking()
    except FrameworkProblem as problem:
        return [problem.plain]
    return []
