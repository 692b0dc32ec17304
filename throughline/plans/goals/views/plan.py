"""The plan as a whole."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from throughline.kit import clock
from throughline.plans.doing.forms import Offered
from throughline.plans.doing.queries import Line, lines_of, open_waits
from throughline.plans.doing.rows import rows
from throughline.plans.doing.views.writing import quick_form
from throughline.plans.goals.queries import Asked, Planned, counted, planned, read_goals
from throughline.plans.models import Action, Goal
from throughline.plans.policy import may_change_plan, may_see_plan
from throughline.plans.queries import journeys_of, people_of
from throughline.plans.shortcuts import head
from throughline.schools.tenant import MemberRequest, for_members

_SAMPLE = UUID(int=0)


@require_safe
@for_members
def plan(request: MemberRequest) -> HttpResponse:
    """Goals and what is done about each."""
    seat = request.seat
    may_see_plan(seat).enforce()
    organisation, today = seat.organisation.pk, clock.today()
    asked = Asked(*(request.GET.get(name, "") for name in ("journey", "owner", "state")))
    goals, lines, waits = read_goals(organisation), lines_of(organisation), open_waits(organisation)
    journeys = journeys_of(seat)
    goal, move = (_address(seat.organisation.slug, name) for name in ("plans:goal", "plans:move-goal"))
    blocks = planned(goals, lines, asked, waits, today)
    context: dict[str, Any] = {
        **head(request),
        "blocks": [
            (each, rows(each.lines, seat.organisation.slug, waits, today), *_addresses(each, goal, move))
            for each in blocks
        ],
        "asked": asked,
        "counts": counted(lines, today),
        "over": [each for each in goals if each.state != Goal.State.OPEN],
        "journeys": [(str(key), name) for key, name in journeys],
        "owners": _owners(lines),
        "states": states(),
        "empty": not goals and not lines,
        "may_change": may_change_plan(seat.membership),
    }
    if context["may_change"] and journeys:
        context["quick"] = quick_form(request, _lists(request, goals))
    return render(request, "plans/plan.html", context)


def _address(school: str, name: str) -> str:
    return reverse(name, kwargs={"school": school, "goal_id": _SAMPLE})


def _addresses(block: Planned, *samples: str) -> list[str]:
    """Each address with the goal of the block in the place of the sample: a plan has dozens, and asking for one takes long."""
    return [each.replace(str(_SAMPLE), str(block.goal.pk)) if block.goal else "" for each in samples]


def _lists(request: MemberRequest, goals: list[Goal]) -> Offered:
    worked_on = [(each.pk, each.title) for each in goals if each.state == Goal.State.OPEN]
    return Offered(people=people_of(request.seat), goals=worked_on)


def _owners(lines: list[Line]) -> list[tuple[str, str]]:
    """Everybody who owns something, by name."""
    known = {str(each.owner_id): each.owner for each in lines if each.owner}
    return sorted(known.items(), key=lambda pair: pair[1].casefold())


def states() -> list[tuple[str, str]]:
    """What the plan can be looked at for."""
    return [
        ("", _("open")),
        ("late", _("late")),
        ("unowned", _("needing an owner")),
        ("waiting", _("waiting for others")),
        *((key, str(words)) for key, words in Action.State.choices),
        ("all", _("all of them")),
    ]
