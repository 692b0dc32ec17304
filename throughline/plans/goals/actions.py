"""Adding goals to the plan, changing them, and saying that they are reached or given up."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.journeys.models import Journey, Priority
from throughline.kit import clock
from throughline.kit.text import clean_text
from throughline.plans.changing import held_as_seen
from throughline.plans.doing.ordering import one_further
from throughline.plans.goals.checking import MOST_GOALS, TEXT_LIMIT, Told, cleaned, errors_in
from throughline.plans.log import tell
from throughline.plans.models import Goal, LogEntry
from throughline.plans.policy import may_change_plan
from throughline.plans.serving import serve, versions_served
from throughline.schools.log import note
from throughline.schools.models import Membership


@transaction.atomic
def add_goal(
    *,
    journey: Journey,
    title: str,
    by: Membership,
    priority: Priority | None = None,
    for_whom: str = "",
    by_when: date | None = None,
    competencies: Iterable[UUID] = (),
) -> Goal:
    """Add a goal to the plan: what will be true, for whom, by when. Raises `ValidationError`."""
    may_change_plan(by).enforce()
    told = cleaned(Told(journey=journey, priority=priority, title=title, for_whom=for_whom, by_when=by_when))
    goal = Goal(organisation_id=by.organisation_id, journey=journey, made_by=by)
    if errors := errors_in(told, goal):
        raise ValidationError(errors)
    here = Goal.objects.filter(organisation=by.organisation_id)
    _enough_room(by)
    for name in ("priority", "title", "for_whom", "by_when"):
        setattr(goal, name, told[name])
    goal.position = (here.aggregate(last=Max("position"))["last"] or 0) + 1
    goal.save(force_insert=True)
    serve(goal, competencies, by, goal)
    note("plan.goal-added", by=by, subject=goal, title=goal.title)
    return goal


def _enough_room(by: Membership) -> None:
    worked_on = Goal.objects.filter(organisation=by.organisation_id, state=Goal.State.OPEN)
    if worked_on.count() >= MOST_GOALS:
        raise ValidationError(
            _("A plan can have at most %(most)d goals that are worked on.") % {"most": MOST_GOALS}
        )


def _held(goal: Goal, by: Membership, seen_version: int | None = None) -> Goal:
    return held_as_seen(goal, by, seen_version, "journey__record", "priority")


@transaction.atomic
def change_goal(*, goal: Goal, by: Membership, seen_version: int | None = None, **told: Unpack[Told]) -> Goal:
    """Change what is said of a goal; what is left out stays. `seen_version`: refused when it was changed since.

    Raises `ValidationError`. Another day goes into its log.
    """
    may_change_plan(by).enforce()
    held = _held(goal, by, seen_version)
    new = cleaned(told)
    if errors := errors_in(new, held):
        raise ValidationError(errors)
    before = versions_served(held.organisation_id, held)
    changed: dict[str, Any] = {}
    for name in ("journey", "priority", "title", "for_whom", "by_when"):
        if name in new and new[name] != getattr(held, name):
            changed[name] = getattr(held, name)
            setattr(held, name, new[name])
    tied = False
    if "competencies" in new:
        tied = serve(held, new["competencies"], by, held, before)
    if not changed and not tied:
        return held
    held.version += 1
    held.save()
    if "by_when" in changed:
        days = [each.isoformat() if each else None for each in (changed["by_when"], held.by_when)]
        tell(by=by, kind=LogEntry.Kind.CHANGED, data={"by_when": days}, goal=held)
    note("plan.goal-changed", by=by, subject=held, title=held.title)
    return held


@transaction.atomic
def change_goal_state(
    *, goal: Goal, state: str, by: Membership, why: str = "", on: date | None = None
) -> Goal:
    """Say that a goal is reached, given up, or worked on again. Giving up needs a reason. Raises `ValidationError`."""
    may_change_plan(by).enforce()
    held = _held(goal, by)
    if state not in Goal.State.values:
        raise ValidationError({"state": _("Choose how it stands.")})
    said, day = clean_text(why), on or clock.today()
    if len(said) > TEXT_LIMIT:
        raise ValidationError(
            {"why": _("Please keep this under %(most)s characters.") % {"most": TEXT_LIMIT}}
        )
    if state == Goal.State.DROPPED and not said:
        raise ValidationError({"why": _("Say why it is given up, for those who worked on it.")})
    if day > clock.today():
        raise ValidationError({"on": _("This day hasn’t come yet.")})
    if state == held.state:
        return held
    if state == Goal.State.OPEN:
        _enough_room(by)
    before = held.state
    held.state, held.state_on, held.why, held.version = state, day, said, held.version + 1
    held.save(update_fields=["state", "state_on", "why", "version"])
    tell(by=by, kind=LogEntry.Kind.CHANGED, text=said, on=day, data={"state": [before, state]}, goal=held)
    note("plan.goal-state", by=by, subject=held, title=held.title, state=str(held.get_state_display()))
    return held


@transaction.atomic
def move_goal(*, goal: Goal, up: bool, by: Membership) -> None:
    """Put a goal one place further up or down among those that are worked on."""
    may_change_plan(by).enforce()
    held = _held(goal, by)
    here = Goal.objects.select_for_update(of=("self",)).filter(organisation=by.organisation_id)
    rows = one_further(
        list(here.order_by("position", "made_at", "pk")), held, up, lambda each: each.state == Goal.State.OPEN
    )
    moved = [each for number, each in enumerate(rows, 1) if each.position != number]
    for number, each in enumerate(rows, 1):
        each.position = number
    if moved:
        Goal.objects.bulk_update(moved, ["position"])
        note("plan.goal-moved", by=by, subject=held, title=held.title)
