"""Adding actions to the plan and saying how they go."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.kit.text import clean_line, clean_text
from throughline.plans.log import tell
from throughline.plans.models import Action, Goal, Helper, LogEntry
from throughline.plans.policy import may_change_plan, may_say_how_it_goes
from throughline.schools.log import note
from throughline.schools.models import Membership

TITLE_LIMIT, TEXT_LIMIT, MOST_ACTIONS = 300, 2_000, 2_000


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
) -> Action:
    """Add an action: who does what by when, with what, and how one sees that it is done. Raises `ValidationError`."""
    may_change_plan(by).enforce()
    said = clean_line(title)
    errors = {}
    if not said or len(said) > TITLE_LIMIT:
        errors["title"] = _("Say what is done, in at most %(most)d characters.") % {"most": TITLE_LIMIT}
    if starts_on and due_on and due_on < starts_on:
        errors["due_on"] = _("It can’t be due before it starts.")
    texts = {"done_when": clean_text(done_when), "resources": clean_text(resources)}
    for name, text in texts.items():
        if len(text) > TEXT_LIMIT:
            errors[name] = _("Please keep this under %(most)s characters.") % {"most": TEXT_LIMIT}
    if goal is not None and goal.organisation_id != by.organisation_id:
        errors["goal"] = _("Choose a goal of this plan.")
    people = {member.pk: member for member in helpers}
    if any(
        not each.is_active or each.organisation_id != by.organisation_id
        for each in (*people.values(), *filter(None, [owner]))
    ):
        errors["owner"] = _("Choose people who belong to this organization.")
    if errors:
        raise ValidationError(errors)
    here = Action.objects.filter(organisation=by.organisation_id)
    if here.count() >= MOST_ACTIONS:
        raise ValidationError(_("A plan can have at most %(most)d actions.") % {"most": MOST_ACTIONS})
    last: int | None = here.filter(goal=goal).aggregate(last=Max("position"))["last"]
    action = Action.objects.create(
        organisation_id=by.organisation_id,
        goal=goal,
        title=said,
        owner=owner,
        starts_on=starts_on,
        due_on=due_on,
        position=(last or 0) + 1,
        made_by=by,
        **texts,
    )
    Helper.objects.bulk_create(
        Helper(organisation_id=by.organisation_id, action=action, membership=each)
        for key, each in people.items()
        if owner is None or key != owner.pk
    )
    note("plan.action-added", by=by, subject=action, title=action.title)
    return action


@transaction.atomic
def change_state(
    *, action: Action, state: str, by: Membership, on: date | None = None, text: str = ""
) -> Action:
    """Say that an action is under way, done or given up, with a word about how it went. Raises `ValidationError`."""
    held = Action.objects.select_for_update(of=("self",)).get(
        pk=action.pk, organisation_id=action.organisation_id
    )
    may_say_how_it_goes(held, by).enforce()
    if state not in Action.State.values:
        raise ValidationError({"state": _("Choose how it stands.")})
    day, said = on or clock.today(), clean_text(text)
    if day > clock.today():
        raise ValidationError({"on": _("This day hasn’t come yet.")})
    if len(said) > TEXT_LIMIT:
        raise ValidationError(
            {"text": _("Please keep this under %(most)s characters.") % {"most": TEXT_LIMIT}}
        )
    if held.state == state and not said:
        return held
    before = held.state
    held.state, held.state_on, held.version, held.changed_at = state, day, held.version + 1, clock.now()
    held.save(update_fields=["state", "state_on", "version", "changed_at"])
    tell(by=by, kind=LogEntry.Kind.CHANGED, text=said, on=day, data={"state": [before, state]}, action=held)
    note("plan.action-state", by=by, subject=held, title=held.title, state=str(held.get_state_display()))
    return held
