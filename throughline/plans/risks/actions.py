"""Adding risks, changing them, and saying how they ended."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.plans.models import Goal, Risk
from throughline.plans.policy import may_change_plan
from throughline.plans.risks.checking import FIELDS, MOST_RISKS, Told, cleaned, errors_in
from throughline.plans.tying import ties
from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.ui.asseen import said_meanwhile


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
    _serve(risk, competencies, by)
    note("plan.risk-added", by=by, subject=risk, title=risk.title)
    return risk


def _serve(risk: Risk, competencies: Iterable[UUID], by: Membership) -> bool:
    versions = ties.versions_served(risk.organisation_id, risk.goal)
    wanted = ties.checked(risk.organisation_id, competencies, versions)
    return ties.write(risk, wanted, by, versions)


def _held(risk: Risk, by: Membership) -> Risk:
    rows = Risk.objects.select_for_update(of=("self",)).select_related("goal__journey__record", "owner")
    return rows.get(pk=risk.pk, organisation=by.organisation_id)


@transaction.atomic
def change_risk(*, risk: Risk, by: Membership, seen_version: int | None = None, **told: Unpack[Told]) -> Risk:
    """Change what is said of a risk; what is left out stays. `seen_version`: refused when it was changed since."""
    may_change_plan(by).enforce()
    held = _held(risk, by)
    if seen_version not in (None, held.version):
        raise ValidationError(said_meanwhile())
    new: dict[str, Any] = cleaned(told)
    if errors := errors_in(new, held):
        raise ValidationError(errors)
    changed = False
    for name in FIELDS:
        if name in new and new[name] != getattr(held, name):
            setattr(held, name, new[name])
            changed = True
    if "competencies" in new:
        changed |= _serve(held, new["competencies"], by)
    if changed:
        held.version += 1
        held.save()
        note("plan.risk-changed", by=by, subject=held, title=held.title)
    return held


@transaction.atomic
def close_risk(*, risk: Risk, came_true: bool, by: Membership) -> Risk:
    """Say how it ended: it came true, or it can’t happen any more."""
    may_change_plan(by).enforce()
    held = _held(risk, by)
    if held.closed_at is None:
        held.closed_at, held.came_true, held.version = clock.now(), came_true, held.version + 1
        held.save(update_fields=["closed_at", "came_true", "version"])
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
        held.closed_at, held.came_true, held.version = None, False, held.version + 1
        held.save(update_fields=["closed_at", "came_true", "version"])
        note("plan.risk-reopened", by=by, subject=held, title=held.title)
    return held
