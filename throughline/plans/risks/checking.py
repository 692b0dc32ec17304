"""What a risk may say: the rules that adding and changing share."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.kit.days import slip_in
from throughline.kit.text import clean_line, clean_text
from throughline.plans.models import Goal, Risk
from throughline.schools.models import Membership

TITLE_LIMIT, TEXT_LIMIT, MOST_RISKS = 300, 2_000, 200
FIELDS = ("title", "goal", "likelihood", "effect", "response", "owner", "review_on")


class Told(TypedDict, total=False):
    """What can be said of a risk; what is left out stays as it is."""

    title: str
    goal: Goal | None
    likelihood: int
    effect: int
    response: str
    owner: Membership | None
    review_on: date | None
    competencies: Iterable[UUID]


def cleaned(told: Told) -> dict[str, Any]:
    """With its words as they are kept."""
    found: dict[str, Any] = dict(told)
    if "title" in found:
        found["title"] = clean_line(found["title"])
    if "response" in found:
        found["response"] = clean_text(found["response"])
    return found


def errors_in(told: dict[str, Any], risk: Risk) -> dict[str, str]:
    """What is wrong with what is said of a risk, sentence by field. `risk` is what stands; it may be a new one."""
    errors = {}
    if "title" in told and not 0 < len(told["title"]) <= TITLE_LIMIT:
        errors["title"] = _("Say what could go wrong, in at most %(most)d characters.") % {
            "most": TITLE_LIMIT
        }
    if len(told.get("response", "")) > TEXT_LIMIT:
        errors["response"] = _("Please keep this under %(most)s characters.") % {"most": TEXT_LIMIT}
    for name in ("likelihood", "effect"):
        if name in told and told[name] not in Risk.Size.values:
            errors[name] = _("Choose low, middle or high.")
    if wrong := slip_in(told.get("review_on")):
        errors["review_on"] = wrong
    goal, owner = told.get("goal"), told.get("owner")
    if goal is not None and goal.organisation_id != risk.organisation_id:
        errors["goal"] = _("Choose a goal of this plan.")
    here = owner is None or (owner.is_active and owner.organisation_id == risk.organisation_id)
    if not here and owner is not None and owner.pk != risk.owner_id:
        errors["owner"] = _("Choose people who belong to this organization.")
    return errors
