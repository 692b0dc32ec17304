"""The plan on paper: a tagged PDF, goal by goal."""

from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.plans.models import Action
from throughline.plans.tables.queries import plan_rows
from throughline.records.paper.compiling import Way, make_pdf, theirs
from throughline.schools.models import Organisation
from throughline.ui.times import day_in_words

LAYOUT = Path(__file__).with_name("plan.typ")


def plan_pdf(organisation: Organisation, way: Way, *, made_at: datetime) -> bytes:
    """The whole plan. Raises `kit.apart.Broke`."""
    return make_pdf(LAYOUT, as_data(organisation), way=way, made_at=made_at)


def as_data(organisation: Organisation) -> dict[str, Any]:
    """What `plan.typ` lays out."""
    title = _("%(organization)s: plan") % {"organization": organisation.name}
    rows = plan_rows(organisation.pk)
    goals = [list(found) for _goal, found in groupby(rows, lambda row: _goal_of(row))]
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
        "goals": [_goal(found) for found in goals],
    }


def _goal_of(row: dict[str, str]) -> tuple[str, str, str]:
    return row.get("goal", ""), row.get("for_whom", ""), row.get("by_when", "")


def _goal(rows: list[dict[str, str]]) -> dict[str, Any]:
    goal, for_whom, by_when = _goal_of(rows[0])
    about = [for_whom, _("by %(date)s") % {"date": _day(by_when)} if by_when else ""]
    return {
        "name": theirs(goal or _("Without a goal")),
        "about": theirs(" · ".join(filter(None, about))),
        "rows": [_action(row) for row in rows if "title" in row],
    }


def _action(row: dict[str, str]) -> dict[str, Any]:
    more = []
    if row["helpers"]:
        more.append(_("Helps: %(names)s") % {"names": row["helpers"]})
    if row["done_when"]:
        more.append(_("Done when: %(words)s") % {"words": row["done_when"]})
    if row["resources"]:
        more.append(_("Needs: %(words)s") % {"words": row["resources"]})
    return {
        "name": theirs(row["title"]),
        "more": [theirs(each) for each in more],
        "owner": theirs(row["owner"] or "–"),
        "due": _day(row["due_on"]) or "–",
        "state": str(Action.State(row["state"]).label),
    }


def _day(text: str) -> str:
    return day_in_words(date.fromisoformat(text)) if text else ""
