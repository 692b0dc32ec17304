"""The plan on paper: a tagged PDF, goal by goal, then its measures, risks and log."""

from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.plans.measuring.numbers import in_words
from throughline.plans.models import Action, LogEntry, Measure, Risk
from throughline.plans.tables.whole import Row, Sheet, whole_plan
from throughline.records.paper.compiling import Way, make_pdf, theirs
from throughline.schools.models import Organisation
from throughline.ui.times import day_in_words

LAYOUT = Path(__file__).with_name("plan.typ")
LINES = 100  # of the log, the newest


def plan_pdf(organisation: Organisation, way: Way, *, made_at: datetime) -> bytes:
    """The whole plan. Raises `kit.apart.Broke`."""
    return make_pdf(LAYOUT, as_data(organisation), way=way, made_at=made_at)


def as_data(organisation: Organisation) -> dict[str, Any]:
    """What `plan.typ` lays out."""
    title = _("%(organization)s: plan") % {"organization": organisation.name}
    plan = whole_plan(organisation.pk)
    goals = [list(found) for _goal, found in groupby(plan["actions"].rows, _goal_of)]
    serves = {row["goal"]: row["serves"] for row in plan["goals"].rows}
    return {
        "title": title,
        "author": organisation.name,
        "heading": theirs(title),
        "asof": _("As of %(day)s") % {"day": day_in_words(clock.today())},
        "footer": title,
        "page": _("Page %(page)s of %(pages)s"),
        "columns": [_("Action"), _("Owner"), _("Due"), _("State")],
        "empty": _("Nothing is planned yet"),
        "none": _("Nothing is done about it yet."),
        "made_with": _("Printed from Throughline, %(address)s") % {"address": settings.SITE_ADDRESS},
        "goals": [_goal(found, serves) for found in goals],
        "sections": [_measures(plan["measures"], plan["values"]), _risks(plan["risks"]), _log(plan["log"])],
    }


def _goal_of(row: Row) -> tuple[str, str, str]:
    return row.get("goal", ""), row.get("for_whom", ""), row.get("by_when", "")


def _goal(rows: list[Row], serves: dict[str, str]) -> dict[str, Any]:
    goal, for_whom, by_when = _goal_of(rows[0])
    about = [for_whom, _("by %(date)s") % {"date": _day(by_when)} if by_when else ""]
    about.append(_("Serves: %(names)s") % {"names": serves[goal]} if serves.get(goal) else "")
    return {
        "name": theirs(goal or _("Without a goal")),
        "about": theirs(" · ".join(filter(None, about))),
        "rows": [_action(row) for row in rows if "title" in row],
    }


def _action(row: Row) -> dict[str, Any]:
    more = []
    if row["helpers"]:
        more.append(_("Helps: %(names)s") % {"names": row["helpers"]})
    if row["waits_for"]:
        more.append(_("Waits for: %(names)s") % {"names": row["waits_for"]})
    if row["done_when"]:
        more.append(_("Done when: %(words)s") % {"words": row["done_when"]})
    if row["resources"]:
        more.append(_("Needs: %(words)s") % {"words": row["resources"]})
    if row["serves"]:
        more.append(_("Serves: %(names)s") % {"names": row["serves"]})
    return {
        "name": theirs(row["title"]),
        "more": [theirs(each) for each in more],
        "owner": theirs(row["owner"] or "–"),
        "due": _day(row["due_on"]) or "–",
        "state": str(Action.State(row["state"]).label),
    }


def _entry(title: str, more: list[str], cells: list[str]) -> dict[str, Any]:
    return {
        "name": theirs(title),
        "more": [theirs(each) for each in more if each],
        "cells": [theirs(each or "–") for each in cells],
    }


def _measures(sheet: Sheet, values: Sheet) -> dict[str, Any]:
    read: dict[str, list[Row]] = {}
    for row in values.rows:
        read.setdefault(row["measure_key"], []).append(row)
    columns = [_("Measure"), _("Where it stood"), _("Where it should be"), _("What was read")]
    entries = [_measure(row, read.get(row["key"], [])) for row in sheet.rows]
    return {"name": _("Measures"), "columns": columns, "rows": entries, "note": ""}


def _measure(row: Row, values: list[Row]) -> dict[str, Any]:
    unit = row["unit"]

    def at(name: str) -> str:
        if row[name] == "":
            return ""
        return _with_day(in_words(row[name], unit), row[f"{name}_on"])

    more = [
        str(Measure.Kind(row["kind"]).label),
        _("Goal: %(title)s") % {"title": row["goal"]} if row["goal"] else "",
        _("Counted so: %(words)s") % {"words": row["definition"]} if row["definition"] else "",
        _("From: %(words)s") % {"words": row["source"]} if row["source"] else "",
        _("Kept by: %(name)s") % {"name": row["keeper"]} if row["keeper"] else "",
        _("Serves: %(names)s") % {"names": row["serves"]} if row["serves"] else "",
        _("Read no more since %(day)s") % {"day": _day(row["ended_on"])} if row["ended_on"] else "",
    ]
    said = [_with_day(in_words(each["value"], unit), each["read_on"]) for each in values]
    return _entry(row["measure"], more, [at("baseline"), at("target"), "\n".join(said)])


def _with_day(words: str, day: str) -> str:
    return f"{words} · {_day(day)}" if day else words


def _risks(sheet: Sheet) -> dict[str, Any]:
    sizes = {size.name.lower(): str(size.label) for size in Risk.Size}
    ended = {"open": "", "closed": _("closed"), "came true": _("came true")}
    rows = [
        _entry(
            row["risk"],
            [
                _("Goal: %(title)s") % {"title": row["goal"]} if row["goal"] else "",
                row["response"],
                _("Watched by: %(name)s") % {"name": row["owner"]} if row["owner"] else "",
                _("Look again on %(day)s") % {"day": _day(row["look_again_on"])}
                if row["look_again_on"]
                else "",
                _("Holds up: %(names)s") % {"names": row["serves"]} if row["serves"] else "",
            ],
            [sizes[row["likelihood"]], sizes[row["effect"]], ended[row["state"]] or _("open")],
        )
        for row in sheet.rows
    ]
    return {
        "name": _("Risks"),
        "columns": [_("Risk"), _("Likelihood"), _("Effect"), _("State")],
        "rows": rows,
        "note": "",
    }


def _log(sheet: Sheet) -> dict[str, Any]:
    rows = [
        _entry(
            row["about"] or str(LogEntry.Kind(row["kind"]).label),
            [row["words"], row["what_changed"]],
            [_day(row["on"]), str(LogEntry.Kind(row["kind"]).label), row["by"]],
        )
        for row in sheet.rows[:LINES]
    ]
    note = (
        _("The newest %(n)d lines. The tables hold the others.") % {"n": LINES}
        if len(sheet.rows) > LINES
        else ""
    )
    return {
        "name": _("Log"),
        "columns": [_("About"), _("Day"), _("Kind"), _("By")],
        "rows": rows,
        "note": note,
    }


def _day(text: str) -> str:
    return day_in_words(date.fromisoformat(text)) if text else ""
