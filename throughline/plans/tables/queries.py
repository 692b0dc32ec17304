"""Reads for tables: those that wait, and what the plan holds."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from throughline.plans.models import Action, Goal, Helper, OutsideKey, PlanTable, Waits
from throughline.plans.policy import may_change_plan
from throughline.plans.tables.rules import Known, Person, Stands
from throughline.schools.models import Membership
from throughline.schools.tenant import Seat


def tables_of(seat: Seat) -> QuerySet[PlanTable]:
    """The tables that this person brought and that wait."""
    if not may_change_plan(seat.membership):
        return PlanTable.objects.none()
    return PlanTable.objects.filter(organisation=seat.organisation, made_by=seat.membership).order_by(
        "-made_at"
    )


def known_of(organisation: UUID) -> Known:
    """People, actions and keys of a plan. Four queries."""
    here = {"organisation": organisation}
    members = Membership.objects.filter(**here, joined_at__isnull=False, left_at__isnull=True)
    people = [Person(*each) for each in members.values_list("pk", "name", "person__email")]
    helpers: dict[UUID, set[UUID]] = defaultdict(set)
    for action, member in Helper.objects.filter(**here).values_list("action", "membership"):
        helpers[action].add(member)
    names = ("owner", "starts_on", "due_on", "state", "done_when", "resources")
    rows = Action.objects.filter(**here).values_list("pk", "title", "goal__title", *names)
    actions = []
    for key, title, goal, *told in rows:
        known: dict[str, Any] = {**dict(zip(names, told, strict=True)), "title": title, "goal": goal or ""}
        actions.append(Stands(key, title, goal or "", {**known, "helpers": helpers.get(key, set())}))
    keys = dict(OutsideKey.objects.filter(**here).values_list("key", "action"))
    return Known(people, actions, keys)


def goals_by_title(organisation: UUID) -> dict[str, Goal]:
    """The goals of a plan by their words. One query."""
    rows = Goal.objects.filter(organisation=organisation).order_by("-position")
    return {each.title.casefold(): each for each in rows}


def plan_rows(organisation: UUID) -> list[dict[str, str]]:
    """The whole plan, a row for each action and for each goal without any; fields by our names. Four queries."""
    here = {"organisation": organisation}
    helpers: dict[UUID, list[str]] = defaultdict(list)
    named = Helper.objects.filter(**here, membership__left_at__isnull=True).order_by("membership__name")
    for action, name in named.values_list("action", "membership__name"):
        helpers[action].append(name)
    waits: dict[UUID, list[str]] = defaultdict(list)
    rows = Waits.objects.filter(**here).order_by("on__due_on", "on__title")
    for action, title in rows.values_list("action", "on__title"):
        waits[action].append(title)
    goals = list(Goal.objects.filter(**here).order_by("position", "made_at", "pk"))
    by_goal: dict[UUID | None, list[Action]] = defaultdict(list)
    actions = Action.objects.filter(**here).select_related("owner").order_by("position", "made_at", "pk")
    for each in actions:
        by_goal[each.goal_id].append(each)
    found: list[dict[str, str]] = []
    for goal in (*goals, None):
        about = _about(goal)
        held = by_goal.get(goal.pk if goal else None, [])
        found.extend(
            {**about, **_row(each, helpers.get(each.pk, []), waits.get(each.pk, []))} for each in held
        )
        if goal and not held:
            found.append(about)
    return found


def _about(goal: Goal | None) -> dict[str, str]:
    if goal is None:
        return {}
    return {"goal": goal.title, "for_whom": goal.for_whom, "by_when": _day(goal.by_when)}


def _row(action: Action, helpers: list[str], waits: list[str]) -> dict[str, str]:
    owner = action.owner.name if action.owner and action.owner.is_active else ""
    return {
        "key": str(action.pk),
        "title": action.title,
        "owner": owner,
        "helpers": "; ".join(helpers),
        "starts_on": _day(action.starts_on),
        "due_on": _day(action.due_on),
        "state": action.state,
        "done_when": action.done_when,
        "resources": action.resources,
        "waits_for": "; ".join(waits),
    }


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
