"""Which measures a list shows, and in which order. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.plans.measuring.queries import Read
from throughline.plans.models import Measure
from throughline.plans.narrowing import (
    Narrowed,
    belongs,
    goal_question,
    is_whose,
    person_question,
    question,
)

DUE, REACHED, UNREACHED, BY_DAY, BY_NAME = "due", "reached", "unreached", "day", "name"


def narrowed(
    rows: Sequence[Read], told: Mapping[str, str], priorities: Sequence[tuple[UUID, UUID, str]]
) -> tuple[Narrowed, list[Read]]:
    """The questions of the list, and the measures that their answers leave, in the order asked for."""
    shown = [
        ("", _("All")),
        (DUE, _("to be read now")),
        (REACHED, _("at its target")),
        (UNREACHED, _("not yet there")),
    ]
    orders = [("", _("as in the plan")), (BY_DAY, _("what is due first")), (BY_NAME, _("by name"))]
    asked = Narrowed(
        (
            goal_question(told, [each.measure.goal for each in rows], priorities),
            person_question(told, _("Kept by"), [each.measure.keeper for each in rows]),
            question(told, "kind", _("Moves"), ("", [("", _("All")), *_kinds()])),
            question(told, "show", _("Measures that are"), ("", shown)),
            question(told, "order", _("Order"), ("", orders)),
        )
    )
    of_goal = belongs(asked.answer("goal"), priorities)
    found = [
        each
        for each in rows
        if of_goal(each.measure.goal_id)
        and is_whose(asked.answer("who"), each.measure.keeper)
        and asked.answer("kind") in ("", each.measure.kind)
        and _is(asked.answer("show"), each)
    ]
    if asked.answer("order") == BY_DAY:
        found.sort(key=lambda each: each.next_on or date.max)
    elif asked.answer("order") == BY_NAME:
        found.sort(key=lambda each: each.measure.title.casefold())
    return asked, found


def _kinds() -> list[tuple[str, str]]:
    return [(value, str(words)) for value, words in Measure.Kind.choices]


def _is(answer: str, each: Read) -> bool:
    match answer:
        case "due":
            return each.due
        case "reached":
            return each.is_reached
        case "unreached":
            return each.measure.target is not None and not each.is_reached
    return True
