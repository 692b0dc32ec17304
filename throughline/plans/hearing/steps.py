"""What `voices` shows of the plan beside a line of *you said → we did*, and keeps of it: see `voices/replying/following.py`."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.kit.verdict import Verdict
from throughline.plans.models import Action, AnswersHeard, Goal
from throughline.plans.policy import may_see_plan
from throughline.schools.models import Membership
from throughline.schools.tenant import Seat
from throughline.voices.models import Reply
from throughline.voices.replying.following import Choices, Stand, Step

_OF_ACTION = {
    Action.State.PLANNED: Stand.PLANNED,
    Action.State.UNDER_WAY: Stand.UNDER_WAY,
    Action.State.DONE: Stand.DONE,
    Action.State.DROPPED: Stand.STOPPED,
}
_OF_GOAL = {
    Goal.State.OPEN: Stand.UNDER_WAY,
    Goal.State.REACHED: Stand.DONE,
    Goal.State.DROPPED: Stand.STOPPED,
}


def may_see(seat: Seat) -> Verdict:
    """Whoever sees the whole plan."""
    return may_see_plan(seat)


def choices(organisation: UUID, chosen: Sequence[str]) -> Choices:
    """Goals, then the actions under their goals. Two queries."""
    actions, goals = _ids(chosen)
    here = {"organisation": organisation}
    rows = Goal.objects.filter(~Q(state=Goal.State.DROPPED) | Q(pk__in=goals), **here)
    groups: dict[str, list[tuple[str, str]]] = {
        _("Goals"): [
            (f"goal:{key}", title)
            for key, title in rows.order_by("position", "made_at", "pk").values_list("pk", "title")
        ]
    }
    found = Action.objects.filter(~Q(state=Action.State.DROPPED) | Q(pk__in=actions), **here)
    ordered = found.order_by("goal__position", "goal__made_at", "position", "made_at", "pk")
    for key, title, goal in ordered.values_list("pk", "title", "goal__title"):
        groups.setdefault(goal or _("Without a goal"), []).append((f"action:{key}", title))
    return [(name, some) for name, some in groups.items() if some]


def of(organisation: UUID, school: str, replies: Sequence[UUID]) -> dict[UUID, list[Step]]:
    """What the plan does about lines: actions first, in the order of the plan. One query."""
    rows = AnswersHeard.objects.filter(organisation=organisation, reply__in=replies)
    ordered = rows.select_related("action", "goal").order_by(
        "action__goal__position", "action__position", "goal__position", "made_at", "pk"
    )
    found: dict[UUID, list[Step]] = {}
    for each in sorted(ordered, key=lambda row: row.action_id is None):
        found.setdefault(each.reply_id, []).append(_step(each, school))
    return found


def _step(row: AnswersHeard, school: str) -> Step:
    if row.action is not None:
        action, kwargs = row.action, {"school": school, "action_id": str(row.action_id)}
        late = action.is_open and action.due_on is not None and action.due_on < clock.today()
        stand = _OF_ACTION[Action.State(action.state)]
        return Step(f"action:{action.pk}", action.title, stand, late, "plans:action", kwargs)
    goal = row.goal
    assert goal is not None  # the database holds one of the two
    late = goal.state == Goal.State.OPEN and goal.by_when is not None and goal.by_when < clock.today()
    kwargs = {"school": school, "goal_id": str(goal.pk)}
    return Step(f"goal:{goal.pk}", goal.title, _OF_GOAL[Goal.State(goal.state)], late, "plans:goal", kwargs)


def keep(reply: Reply, keys: Sequence[str], by: Membership) -> None:
    """Make these the parts of the plan that answer a line. Raises `ValidationError` for what is none of this plan."""
    actions, goals = _ids(keys)
    here = {"organisation_id": by.organisation_id}
    known = (
        Action.objects.filter(pk__in=actions, **here).count()
        + Goal.objects.filter(pk__in=goals, **here).count()
    )
    if known != len(set(keys)):
        raise ValidationError({"steps": _("Choose goals and actions of this plan.")})
    rows = AnswersHeard.objects.filter(reply=reply, **here)
    rows.exclude(Q(action__in=actions) | Q(goal__in=goals)).delete()
    kept = {each.action_id or each.goal_id for each in rows.all()}
    more: Iterable[AnswersHeard] = [
        *(AnswersHeard(reply=reply, action_id=key, made_by=by, **here) for key in actions if key not in kept),
        *(AnswersHeard(reply=reply, goal_id=key, made_by=by, **here) for key in goals if key not in kept),
    ]
    AnswersHeard.objects.bulk_create(more)


def _ids(keys: Iterable[str]) -> tuple[list[UUID], list[UUID]]:
    """The actions and the goals among keys; what is neither is left out, and so not found."""
    found: dict[str, list[UUID]] = {"action": [], "goal": []}
    for each in dict.fromkeys(keys):
        kind, _colon, key = each.partition(":")
        try:
            found[kind].append(UUID(key))
        except (KeyError, ValueError):
            continue
    return found["action"], found["goal"]
