"""Adding risks, changing them, and saying how they ended."""

from collections.abc import Iterable
from datetime import date
from typing import Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.plans.changing import change_part, held_as_seen, set_state
from throughline.plans.models import Goal, Risk
from throughline.plans.policy import may_change_plan
from throughline.plans.risks.checking import FIELDS, MOST_RISKS, Told, cleaned, errors_in
from throughline.plans.serving import serve
from throughline.schools.log import note
from throughline.schools.models import Membership


@transaction.atomic
def add_risk(
    *,
    title: str,
    by: Membership,
    goal: Goal | None = None,
    likelihood: int = Risk.Size.MIDDLE,
    effect: int = Risk.Size.MIDDLE,
    response: str = "",
    owner: Membership | None = None,
    review_on: date | None = None,
    competencies: Iterable[UUID] = (),
) -> Risk:
    """Add what could go wrong, how likely and how bad, and what is done about it. Raises `ValidationError`."""
    may_change_plan(by).enforce()
    told = cleaned(
        Told(
            title=title,
            goal=goal,
            likelihood=likelihood,
            effect=effect,
            response=response,
            owner=owner,
            review_on=review_on,
        )
    )
    risk = Risk(organisation_id=by.organisation_id, made_by=by)
    if errors := errors_in(told, risk):
        raise ValidationError(errors)
    if Risk.objects.filter(organisation=by.organisation_id, closed_at=None).count() >= MOST_RISKS:
        raise ValidationError(_("A plan can have at most %(most)d open risks.") % {"most": MOST_RISKS})
    for name in FIELDS:
        setattr(risk, name, told[name])
    risk.save(force_insert=True)
    serve(risk, competencies, by, risk.goal)
    note("plan.risk-added", by=by, subject=risk, title=risk.title)
    return risk


def _held(risk: Risk, by: Membership, seen_version: int | None = None) -> Risk:
    return held_as_seen(risk, by, seen_version, "goal__journey__record", "owner")


@transaction.atomic
def change_risk(*, risk: Risk, by: Membership, seen_version: int | None = None, **told: Unpack[Told]) -> Risk:
    """Change what is said of a risk; what is left out stays. `seen_version`: refused when it was changed since."""
    may_change_plan(by).enforce()
    held, new = _held(risk, by, seen_version), cleaned(told)
    if errors := errors_in(new, held):
        raise ValidationError(errors)
    if change_part(held, new, FIELDS, by):
        note("plan.risk-changed", by=by, subject=held, title=held.title)
    return held


@transaction.atomic
def close_risk(*, risk: Risk, came_true: bool, by: Membership) -> Risk:
    """Say how it ended: it came true, or it can’t happen any more."""
    may_change_plan(by).enforce()
    held = _held(risk, by)
    if held.closed_at is None:
        set_state(held, closed_at=clock.now(), came_true=came_true)
        note(
            "plan.risk-came-true" if came_true else "plan.risk-closed", by=by, subject=held, title=held.title
        )
    return held


@transaction.atomic
def reopen_risk(*, risk: Risk, by: Membership) -> Risk:
    """It can happen, or happen again."""
    may_change_plan(by).enforce()
    held = _held(risk, by)
    if held.closed_at is not None:
        set_state(held, closed_at=None, came_true=False)
        note("plan.risk-reopened", by=by, subject=held, title=held.title)
    return held
