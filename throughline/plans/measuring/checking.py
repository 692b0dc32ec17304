"""What a measure may say: the rules that adding and changing share."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.kit.days import slip_in
from throughline.kit.text import clean_line, clean_text
from throughline.plans.measuring.ready import BY_CODE
from throughline.plans.models import Goal, Measure
from throughline.plans.models.measures import DIGITS, PLACES
from throughline.schools.models import Membership

LIMITS = {"title": 300, "definition": 2_000, "source": 300, "unit": 60}
FIELDS = (
    "title",
    "goal",
    "definition",
    "source",
    "unit",
    "kind",
    "baseline",
    "baseline_on",
    "target",
    "target_on",
    "more_is_better",
    "every_months",
    "keeper",
)
NUMBERS = ("baseline", "target")
MOST_MONTHS, MOST_MEASURES = 36, 100


class Told(TypedDict, total=False):
    """What can be said of a measure; what is left out stays as it is."""

    title: str
    goal: Goal | None
    definition: str
    source: str
    unit: str
    kind: str
    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    target_on: date | None
    more_is_better: bool
    every_months: int
    keeper: Membership | None
    competencies: Iterable[UUID]


def cleaned(told: Told) -> dict[str, Any]:
    """With its words as they are kept."""
    found: dict[str, Any] = dict(told)
    for name in LIMITS:
        if name in found:
            found[name] = clean_text(found[name]) if name == "definition" else clean_line(found[name])
    return found


def errors_in(told: dict[str, Any], measure: Measure) -> dict[str, str]:
    """What is wrong with what is said of a measure, sentence by field. `measure` is what stands."""
    errors = {}
    for name, most in LIMITS.items():
        if len(told.get(name, "")) > most:
            errors[name] = _("Please keep this under %(most)s characters.") % {"most": most}
    if "title" in told and not told["title"]:
        errors["title"] = _("Say what is measured.")
    if "kind" in told and told["kind"] not in Measure.Kind.values:
        errors["kind"] = _("Choose whether it moves first or late.")
    if "every_months" in told and not 1 <= told["every_months"] <= MOST_MONTHS:
        errors["every_months"] = _("Choose from 1 to %(most)d months.") % {"most": MOST_MONTHS}
    for name in NUMBERS:
        if (value := told.get(name)) is not None and (wrong := wrong_number(value)):
            errors[name] = wrong
    for name in ("baseline_on", "target_on"):
        if wrong := slip_in(told.get(name)):
            errors[name] = wrong
    return {**errors, **_wrong_rows(told, measure)}


def _wrong_rows(told: dict[str, Any], measure: Measure) -> dict[str, str]:
    errors = {}
    organisation = measure.organisation_id
    goal, keeper = told.get("goal"), told.get("keeper")
    if goal is not None and goal.organisation_id != organisation:
        errors["goal"] = _("Choose a goal of this plan.")
    here = keeper is None or (keeper.is_active and keeper.organisation_id == organisation)
    if not here and keeper is not None and keeper.pk != measure.keeper_id:
        errors["keeper"] = _("Choose people who belong to this organization.")
    return errors


def wrong_number(value: Decimal) -> str:
    """What is wrong with a number that does not fit."""
    if not value.is_finite() or abs(value) >= 10 ** (DIGITS - PLACES):
        return _("This number is too large.")
    if value != round(value, PLACES):
        return _("Please use at most %(most)d decimals.") % {"most": PLACES}
    return ""


def known_ready(code: str) -> str:
    """The code of a measure that comes with the product, or nothing."""
    return code if code in BY_CODE else ""
