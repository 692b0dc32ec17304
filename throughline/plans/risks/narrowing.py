"""Which risks a list shows, and in which order. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.plans.models import Risk
from throughline.plans.narrowing import (
    Narrowed,
    belongs,
    goal_question,
    is_whose,
    person_question,
    question,
)
from throughline.plans.risks.queries import Weighed

OPEN, DUE, OVER, BY_LIKELIHOOD, BY_EFFECT, BY_DAY = "open", "due", "over", "likelihood", "effect", "day"


def narrowed(
    rows: Sequence[Weighed], told: Mapping[str, str], priorities: Sequence[tuple[UUID, UUID, str]]
) -> tuple[Narrowed, list[Weighed]]:
    """The questions of the list, and the risks that their answers leave, in the order asked for."""
    sizes = [("", _("All")), *((str(value), str(words)) for value, words in reversed(Risk.Size.choices))]
    shown = [("", _("All")), (OPEN, _("open")), (DUE, _("to be looked at again now")), (OVER, _("over"))]
    orders = [
        ("", _("the gravest first")),
        (BY_LIKELIHOOD, _("the likeliest first")),
        (BY_EFFECT, _("the worst first")),
        (BY_DAY, _("what is looked at again first")),
    ]
    asked = Narrowed(
        (
            goal_question(told, [each.risk.goal for each in rows], priorities),
            person_question(told, _("Watched by"), [each.risk.owner for each in rows]),
            question(told, "likelihood", _("Likelihood"), ("", sizes)),
            question(told, "effect", _("Effect"), ("", sizes)),
            question(told, "show", _("Risks that are"), ("", shown)),
            question(told, "order", _("Order"), ("", orders)),
        )
    )
    of_goal = belongs(asked.answer("goal"), priorities)
    found = [
        each
        for each in rows
        if of_goal(each.risk.goal_id)
        and is_whose(asked.answer("who"), each.risk.owner)
        and asked.answer("likelihood") in ("", str(each.risk.likelihood))
        and asked.answer("effect") in ("", str(each.risk.effect))
        and _is(asked.answer("show"), each)
    ]
    if asked.answer("order") in (BY_LIKELIHOOD, BY_EFFECT):
        found.sort(key=lambda each: -int(getattr(each.risk, asked.answer("order"))))
    elif asked.answer("order") == BY_DAY:
        found.sort(key=lambda each: each.risk.review_on or date.max)
    return asked, found


def _is(answer: str, each: Weighed) -> bool:
    match answer:
        case "open":
            return each.risk.closed_at is None
        case "due":
            return each.due
        case "over":
            return each.risk.closed_at is not None
    return True
