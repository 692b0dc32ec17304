"""Adding actions to the plan, changing them, and saying how they go."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.kit.days import slip_in
from throughline.kit.text import clean_text
from throughline.plans.doing.checking import DAYS, MOST_ACTIONS, TEXT_LIMIT, TEXTS, Told, cleaned, errors_in
from throughline.plans.doing.keeping import held_action, moved_to, write_beside
from throughline.plans.doing.ordering import one_further
from throughline.plans.log import tell
from throughline.plans.models import Action, Goal, LogEntry
from throughline.plans.policy import may_change_due, may_change_plan, may_say_how_it_goes
from throughline.schools.log import note
from throughline.schools.models import Membership


@transaction.atomic
def add_action(
    *,
    title: str,
    by: Membership,
    goal: Goal | None = None,
    owner: Membership | None = None,
    helpers: Iterable[Membership] = (),
    starts_on: date | None = None,
    due_on: date | None = None,
    done_when: str = "",
    resources: str = "",
    waits_for: Iterable[Action] = (),
    competencies: Iterable[UUID] = (),
) -> Action:
    """Add an action: who does what by when, with what, and how one sees that it is done. Raises `ValidationError`.

    `competencies` are those it serves besides the ones of its goal.
    """
    may_change_plan(by).enforce()
    told = cleaned(
        Told(
            title=title,
            goal=goal,
            owner=owner,
            helpers=helpers,
            starts_on=starts_on,
            due_on=due_on,
            done_when=done_when,
            resources=resources,
            waits_for=waits_for,
            competencies=competencies,
        )
    )
    action = Action(organisation_id=by.organisation_id, made_by=by)
    if errors := errors_in(told, action):
        raise ValidationError(errors)
    here = Action.objects.filter(organisation=by.organisation_id)
    if here.count() >= MOST_ACTIONS:
        raise ValidationError(_("A plan can have at most %(most)d actions.") % {"most": MOST_ACTIONS})
    for name in ("title", "goal", "owner", *DAYS, *TEXTS):
        setattr(action, name, told[name])
    last: int | None = here.filter(goal=goal).aggregate(last=Max("position"))["last"]
    action.position = (last or 0) + 1
    action.save(force_insert=True)
    write_beside(action, told, by)
    note("plan.action-added", by=by, subject=action, title=action.title)
    return action


@transaction.atomic
def change_action(
    *, action: Action, by: Membership, why: str = "", seen_version: int | None = None, **told: Unpack[Told]
) -> Action:
    """Change what is said of an action; what is left out stays. `seen_version`: refused when it was changed since.

    Raises `ValidationError`. What people wait for (owner, days, goal) goes into its log, with `why` where it is said.
    """
    may_change_plan(by).enforce()
    held = held_action(action, by, seen_version)
    new = cleaned(told)
    if errors := errors_in(new, held):
        raise ValidationError(errors)
    reason = _reason(why)
    changed: dict[str, Any] = {}
    for name in ("title", "owner", *DAYS, *TEXTS):
        if name in new and new[name] != getattr(held, name):
            changed[name] = [getattr(held, name), new[name]]
            setattr(held, name, new[name])
    if "goal" in new and (new["goal"] and new["goal"].pk) != held.goal_id:
        changed["goal"] = [held.goal_id, new["goal"] and new["goal"].pk]
        held.goal, held.position = new["goal"], moved_to(held, new["goal"])
    beside = write_beside(held, new, by)
    if changed or beside:
        _kept(held, changed, reason, by)
        note("plan.action-changed", by=by, subject=held, title=held.title)
    return held


def _reason(why: str) -> str:
    said = clean_text(why)
    if len(said) > TEXT_LIMIT:
        raise ValidationError(
            {"why": _("Please keep this under %(most)s characters.") % {"most": TEXT_LIMIT}}
        )
    return said


def _kept(held: Action, changed: dict[str, Any], reason: str, by: Membership) -> None:
    held.version, held.changed_at = held.version + 1, clock.now()
    held.save()
    data = {
        name: [_plain(each) for each in changed[name]] for name in ("owner", "goal", *DAYS) if name in changed
    }
    if data or reason:
        tell(by=by, kind=LogEntry.Kind.CHANGED, text=reason, data=data, action=held)


def _plain(value: Any) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    return str(getattr(value, "pk", value)) if value else None


@transaction.atomic
def change_due(*, action: Action, due_on: date | None, by: Membership, why: str = "") -> Action:
    """Give an action another day; its owner says why. Raises `ValidationError`."""
    held = held_action(action, by)
    may_change_due(held, by).enforce()
    reason = _reason(why)
    if wrong := slip_in(due_on):
        raise ValidationError({"due_on": wrong})
    if held.starts_on and due_on and due_on < held.starts_on:
        raise ValidationError({"due_on": _("It can’t be due before it starts.")})
    if due_on == held.due_on:
        return held
    if not reason and not may_change_plan(by):
        raise ValidationError({"why": _("Say in a few words why, for those who count on the day.")})
    changed = {"due_on": [held.due_on, due_on]}
    held.due_on = due_on
    _kept(held, changed, reason, by)
    note("plan.action-due", by=by, subject=held, title=held.title)
    return held


@transaction.atomic
def change_state(
    *, action: Action, state: str, by: Membership, on: date | None = None, text: str = ""
) -> Action:
    """Say that an action is under way, done or given up, with a word about how it went. Raises `ValidationError`.

    A word without another state is a line in its log.
    """
    held = held_action(action, by)
    may_say_how_it_goes(held, by).enforce()
    if state not in Action.State.values:
        raise ValidationError({"state": _("Choose how it stands.")})
    day, said = on or clock.today(), clean_text(text)
    if wrong := _("This day hasn’t come yet.") if day > clock.today() else slip_in(day):
        raise ValidationError({"on": wrong})
    if len(said) > TEXT_LIMIT:
        raise ValidationError(
            {"text": _("Please keep this under %(most)s characters.") % {"most": TEXT_LIMIT}}
        )
    if held.state == state:
        return _told(held, said, day, by) if said else held
    before = held.state
    held.state, held.state_on, held.version, held.changed_at = state, day, held.version + 1, clock.now()
    held.save(update_fields=["state", "state_on", "version", "changed_at"])
    tell(by=by, kind=LogEntry.Kind.CHANGED, text=said, on=day, data={"state": [before, state]}, action=held)
    note("plan.action-state", by=by, subject=held, title=held.title, state=str(held.get_state_display()))
    return held


def _told(held: Action, said: str, day: date, by: Membership) -> Action:
    tell(by=by, kind=LogEntry.Kind.HAPPENED, text=said, on=day, action=held)
    note("plan.action-told", by=by, subject=held, title=held.title)
    return held


@transaction.atomic
def move_action(*, action: Action, up: bool, by: Membership) -> None:
    """Put an action one place further up or down among the open ones of its goal."""
    may_change_plan(by).enforce()
    held = held_action(action, by)
    beside = Action.objects.select_for_update(of=("self",)).filter(
        organisation=by.organisation_id, goal=held.goal_id
    )
    rows = one_further(
        list(beside.order_by("position", "made_at", "pk")), held, up, lambda each: each.is_open
    )
    moved = [each for number, each in enumerate(rows, 1) if each.position != number]
    for number, each in enumerate(rows, 1):
        each.position = number
    if moved:
        Action.objects.bulk_update(moved, ["position"])
        note("plan.action-moved", by=by, subject=held, title=held.title)
