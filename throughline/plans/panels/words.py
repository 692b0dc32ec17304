"""What is being done, as HTML: plain functions, because the pages that show it are opened all day."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.plans.doing.rows import rows
from throughline.plans.measuring.numbers import in_words as number_in_words
from throughline.plans.models import Cycle, Goal, Policy
from throughline.plans.panels.queries import Doing, Goals, Going, Measured, Ruled, Tried
from throughline.ui.pieces import button_link, pill
from throughline.ui.times import day_in_words

SHOWN = 5


def doing_in_words(doing: Doing, school: str, today: date, plan_more: str = "") -> SafeString:
    """The goals, open actions, measures, small tests and policies; `plan_more` leads to the form of a goal."""
    at = {"school": school}
    parts = [
        _listed(_("Goals"), [_goal(each, at, today) for each in doing.goals.values()]),
        _actions(doing, school, today),
        _listed(_("Measures"), [_measure(each, at) for each in doing.measures.values()]),
        _listed(_("Small tests"), [_test(each, at) for each in doing.tests.values()]),
        _listed(_("Policies"), [_policy(each, at) for each in doing.policies.values()]),
        _more(reverse("plans:plan", kwargs=at), plan_more),
    ]
    return mark_safe(f'<div class="stack tight">{"".join(parts)}</div>')  # noqa: S308  (each part escapes)


def nothing_in_words(plan_more: str) -> SafeString:
    """That the plan does nothing about it yet, and the way to the form of a goal."""
    said = f'<p class="small quiet">{escape(_("Nothing in the plan is about it yet."))}</p>'
    return mark_safe(f'<div class="stack tight">{said}{_more("", plan_more)}</div>')  # noqa: S308  (each part escapes)


def _listed(title: str, found: Sequence[str]) -> str:
    if not found:
        return ""
    items = "".join(f"<li>{each}</li>" for each in found[:SHOWN])
    return f'<p class="small quiet">{escape(title)}</p><ul class="bare stack tight">{items}</ul>{_left(len(found))}'


def _left(number: int) -> str:
    left = number - SHOWN
    if left <= 0:
        return ""
    words = ngettext("%(n)d more in the plan", "%(n)d more in the plan", left) % {"n": left}
    return f'<p class="small quiet">{escape(words)}</p>'


def _linked(name: str, at: dict[str, Any], title: str) -> str:
    return f'<a href="{reverse(name, kwargs=at)}"><bdi>{escape(title)}</bdi></a>'


def _note(*words: str) -> str:
    said = " · ".join(escape(each) for each in words if each)
    return f' <span class="quiet small">· {said}</span>' if said else ""


def _goal(goal: Goals, at: dict[str, str], today: date) -> str:
    by = _("by %(date)s") % {"date": day_in_words(goal.by_when)} if goal.by_when else ""
    there = _linked("plans:goal", {**at, "goal_id": goal.id}, goal.title)
    if goal.state == Goal.State.REACHED:
        return f"{there} {pill(Goal.State.REACHED.label, 'success')}"
    late = f" {pill(_('late'), 'error')}" if goal.by_when and goal.by_when < today else ""
    return f"{there}{_note(by)}{late}"


def _actions(doing: Doing, school: str, today: date) -> str:
    done = ngettext("%(n)d is done", "%(n)d are done", doing.done) % {"n": doing.done} if doing.done else ""
    if not doing.actions:
        return f'<p class="small quiet">{escape(_("Actions"))}{_note(done)}</p>' if done else ""
    listed = rows(doing.actions[:SHOWN], school, {}, today)
    return (
        f'<p class="small quiet">{escape(_("Actions"))}{_note(done)}</p>{listed}{_left(len(doing.actions))}'
    )


def _measure(each: Measured, at: dict[str, str]) -> str:
    there = _linked("plans:measure", {**at, "measure_id": each.id}, each.title)
    if each.value is None or each.on is None:
        return f"{there}{_note(_('no value yet'))}"
    return f"{there}: {escape(number_in_words(each.value, each.unit))}{_note(day_in_words(each.on))}"


def _test(each: Tried, at: dict[str, str]) -> str:
    there = _linked("plans:small-test", {**at, "test_id": each.id}, each.title)
    said = Cycle.Outcome(each.outcome).label if each.outcome else _("being tried")
    learned = f'<br><span class="small" dir="auto">{escape(each.learned)}</span>' if each.learned else ""
    return f"{there} {pill(said)}{learned}"


def _policy(each: Ruled, at: dict[str, str]) -> str:
    there = _linked("plans:policy", {**at, "policy_id": each.id}, each.title)
    return f"{there} {pill(Policy.State(each.state).label)}"


def _more(plan: str, plan_more: str) -> str:
    if plan_more:
        return f'<p class="no-print">{button_link(plan_more, _("Plan something for it"), "small", icon="sprout")}</p>'
    return f'<p class="small"><a href="{plan}">{escape(_("To the plan"))}</a></p>'


def going_in_words(found: Sequence[Going], school: str) -> SafeString:
    """The goals of a journey, each with how its actions go."""
    at = {"school": school}
    items = "".join(f"<li>{_going(each, at)}</li>" for each in found[:SHOWN])
    return mark_safe(  # noqa: S308  (each part escapes)
        f'<ul class="bare stack tight">{items}</ul>{_left(len(found))}'
    )


def _going(goal: Going, at: dict[str, str]) -> str:
    words = [
        _("by %(date)s") % {"date": day_in_words(goal.by_when)} if goal.by_when else "",
        ngettext("%(n)d open", "%(n)d open", goal.open) % {"n": goal.open} if goal.open else "",
        ngettext("%(n)d done", "%(n)d done", goal.done) % {"n": goal.done} if goal.done else "",
        "" if goal.open or goal.done else _("nothing is done about it yet"),
    ]
    late = ngettext("%(n)d late", "%(n)d late", goal.late) % {"n": goal.late} if goal.late else ""
    marked = f" {pill(late, 'error')}" if late else ""
    return f"{_linked('plans:goal', {**at, 'goal_id': goal.id}, goal.title)}{_note(*words)}{marked}"


def goal_form(school: str, journey: UUID | None = None, competency: UUID | None = None) -> str:
    """The address of the form of a goal, with what it is about chosen."""
    asked = "&".join(
        f"{name}={key}" for name, key in (("journey", journey), ("competency", competency)) if key
    )
    return f"{reverse('plans:new-goal', kwargs={'school': school})}?{asked}"
