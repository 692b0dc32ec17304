"""What a goal may say: the rules that adding and changing share."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.journeys.models import Journey, Priority
from throughline.kit.days import slip_in
from throughline.kit.text import clean_line
from throughline.plans.models import Goal

TITLE_LIMIT, TEXT_LIMIT, MOST_GOALS = 300, 2_000, 100


class Told(TypedDict, total=False):
    """What can be said of a goal; what is left out stays as it is."""

    journey: Journey
    priority: Priority | None
    title: str
    for_whom: str
    by_when: date | None
    competencies: Iterable[UUID]


def cleaned(told: Told) -> dict[str, Any]:
    """With its words as they are kept."""
    found: dict[str, Any] = dict(told)
    for name in ("title", "for_whom"):
        if name in found:
            found[name] = clean_line(found[name])
    return found


def errors_in(told: dict[str, Any], goal: Goal) -> dict[str, str]:
    """What is wrong with what is said of a goal, sentence by field. `goal` is what stands; it may be a new one."""
    errors = {}
    journey = told.get("journey") or goal.journey
    if journey.organisation_id != goal.organisation_id:
        errors["journey"] = _("Choose a journey of this organization.")
    priority = told.get("priority", goal.priority)
    if priority is not None and priority.journey_id != journey.pk:
        errors["priority"] = _("Choose a priority of this journey.")
    if priority is not None and priority.dropped_at and priority.pk != goal.priority_id:
        errors["priority"] = _("Choose a priority of this journey.")
    if "title" in told and not 0 < len(told["title"]) <= TITLE_LIMIT:
        errors["title"] = _("Say what will be true, in at most %(most)d characters.") % {"most": TITLE_LIMIT}
    if len(told.get("for_whom", "")) > TITLE_LIMIT:
        errors["for_whom"] = _("Please keep this under %(most)s characters.") % {"most": TITLE_LIMIT}
    if wrong := slip_in(told.get("by_when")):
        errors["by_when"] = wrong
    return errors
