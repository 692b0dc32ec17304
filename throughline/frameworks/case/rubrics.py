"""Steps in a CASE package: a rubric with a criterion for what they mean in general and one for each competency. No ORM."""

from collections.abc import Sequence
from typing import Any

from throughline.frameworks.blueprint import CODE_LIMIT, STEPS, Blueprint, CompetencyPlan
from throughline.frameworks.case.builder import Maker, rubric_of
from throughline.frameworks.case.schema import OURS, Table, named
from throughline.frameworks.case.serialization import timeless
from throughline.kit.text import clean_line, clean_text

Told = Sequence[tuple[CompetencyPlan, Table]]


def steps_in(package: Table) -> tuple[list[dict[str, str]], dict[str, tuple[str, ...]], int]:
    """The steps that the rubrics of a package tell: in general, for each item, and how many criteria do not have four.

    The general ones come from a criterion without an item, or are named after the levels that every criterion shares.
    """
    general: list[dict[str, str]] = []
    named: set[tuple[str, ...]] = set()
    told: dict[str, tuple[str, ...]] = {}
    others = 0
    for criterion in _criteria(package):
        levels = _levels(criterion)
        link = criterion.get("CFItemURI")
        item = clean_line(_text(link, "identifier")).lower() if isinstance(link, dict) else ""
        if len(levels) != STEPS:
            others += 1
        elif item:
            told[item] = tuple(_text(level, "description") for level in levels)
            named.add(tuple(_text(level, "quality") for level in levels))
        elif not general and criterion.get("category") == "general":
            general = [_step(level, place) for place, level in enumerate(levels, start=1)]
    if not general and len(named) == 1:
        labels = named.pop()
        if all(labels):
            general = [
                {"code": f"step-{place}", "label": label, "hint": ""}
                for place, label in enumerate(labels, start=1)
            ]
    if not general:
        return [], {}, others + len(told)
    return general, told, others


def _criteria(package: Table) -> list[Table]:
    rubrics = package.get("CFRubrics")
    found = []
    for rubric in rubrics if isinstance(rubrics, list) else ():
        rows = rubric.get("CFRubricCriteria") if isinstance(rubric, dict) else None
        found += [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return found


def _levels(criterion: Table) -> list[Table]:
    rows = criterion.get("CFRubricCriterionLevels")
    found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    places = [row.get("position") for row in found]
    if all(isinstance(place, int | float) for place in places) and len(set(places)) == len(places):
        found.sort(key=lambda row: row["position"])
    return found


def _step(level: Table, place: int) -> dict[str, str]:
    own = level.get("extensions")
    own = own[0] if isinstance(own, list) and own else None
    ours = own.get(OURS) if isinstance(own, dict) else None
    code = clean_line(_text(ours, "code")) if isinstance(ours, dict) else ""
    return {
        "code": code if 0 < len(code) <= CODE_LIMIT else f"step-{place}",
        "label": _text(level, "quality"),
        "hint": _text(level, "description"),
    }


def _text(row: Any, key: str) -> str:
    value = row.get(key) if isinstance(row, dict) else None
    return clean_text(value[:20_000].encode(errors="replace").decode()) if isinstance(value, str) else ""


def overlay_steps(
    package: Table,
    before: Blueprint,
    after: Blueprint,
    maker: Maker,
    told: Told,
    patched: set[str],
    made: set[str],
) -> None:
    """Change the rubrics of a package where the steps differ between two versions."""
    old = {each.code: each.steps for each in before.competencies}
    labels = before.content["steps"] != after.content["steps"]
    changed = [(plan, row) for plan, row in told if labels or old.get(plan.code, ()) != plan.steps]
    if not changed:
        return
    ours = maker.own_id("rubric", "steps")
    rubrics = package.setdefault("CFRubrics", [])
    mine = next((row for row in rubrics if row.get("identifier") == ours), None)
    if mine is None and not labels:
        changed = [pair for pair in changed if not _patch_foreign(package, pair, maker, patched)]
        if not changed:
            return
    fresh = rubric_of(maker, after.content["steps"], told if mine is not None or labels else changed)
    if mine is None:
        rubrics.append(fresh)
        made.add(ours)
        return
    still = {named(row["identifier"]) for _plan, row in told}
    had = {row["identifier"]: row for row in mine["CFRubricCriteria"]}
    rows = [_newer(had.pop(row["identifier"], None), row) for row in fresh["CFRubricCriteria"]]
    ended = [
        row for row in had.values() if named(row.get("CFItemURI", {}).get("identifier")) not in {*still, ""}
    ]
    mine["CFRubricCriteria"] = [*rows, *ended]
    mine["lastChangeDateTime"] = maker.moment
    made.add(ours)


def _newer(old: Table | None, new: Table) -> Table:
    """The old one where nothing but its time differs."""
    return old if old is not None and timeless(old) == timeless(new) else new


def _patch_foreign(
    package: Table, pair: tuple[CompetencyPlan, Table], maker: Maker, patched: set[str]
) -> bool:
    """Put other words into the criterion that the package has for this item, if it has one of as many levels."""
    plan, item = pair
    for criterion in _criteria(package):
        link = criterion.get("CFItemURI")
        levels = _levels(criterion)
        if (
            isinstance(link, dict)
            and named(link.get("identifier")) == named(item["identifier"])
            and len(levels) == len(plan.steps)
        ):
            for level, text in zip(levels, plan.steps, strict=True):
                if level.get("description") != text:
                    level |= {"description": text, "lastChangeDateTime": maker.moment}
                    patched.add(str(level.get("identifier")))
            return True
    return False
