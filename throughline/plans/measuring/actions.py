"""Adding measures, changing them, and reading their values."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.kit.days import slip_in
from throughline.kit.text import clean_line
from throughline.plans.changing import change_part, held_as_seen, set_state
from throughline.plans.measuring.checking import (
    FIELDS,
    MOST_MEASURES,
    Told,
    cleaned,
    errors_in,
    known_ready,
    wrong_number,
)
from throughline.plans.measuring.policy import may_add_value
from throughline.plans.models import Goal, Measure, MeasureValue
from throughline.plans.policy import may_change_plan
from throughline.plans.serving import serve
from throughline.schools.log import note as log
from throughline.schools.models import Membership

NOTE_LIMIT = 500


@transaction.atomic
def add_measure(
    *,
    title: str,
    by: Membership,
    goal: Goal | None = None,
    definition: str = "",
    source: str = "",
    unit: str = "",
    kind: str = Measure.Kind.LEADING,
    baseline: Decimal | None = None,
    baseline_on: date | None = None,
    target: Decimal | None = None,
    target_on: date | None = None,
    more_is_better: bool = True,
    every_months: int = 1,
    keeper: Membership | None = None,
    ready: str = "",
    competencies: Iterable[UUID] = (),
) -> Measure:
    """Add a measure: what is counted, where it comes from, where it stood and where it should be.

    `ready` is the code of the one it was begun from (`ready.py`). Raises `ValidationError`.
    """
    may_change_plan(by).enforce()
    told = cleaned(
        Told(
            title=title,
            goal=goal,
            definition=definition,
            source=source,
            unit=unit,
            kind=kind,
            baseline=baseline,
            baseline_on=baseline_on,
            target=target,
            target_on=target_on,
            more_is_better=more_is_better,
            every_months=every_months,
            keeper=keeper,
        )
    )
    measure = Measure(organisation_id=by.organisation_id, made_by=by, ready=known_ready(ready))
    if errors := errors_in(told, measure):
        raise ValidationError(errors)
    here = Measure.objects.filter(organisation=by.organisation_id)
    if here.filter(ended_at=None).count() >= MOST_MEASURES:
        raise ValidationError(_("A plan can have at most %(most)d measures.") % {"most": MOST_MEASURES})
    for name in FIELDS:
        setattr(measure, name, told[name])
    measure.position = (here.aggregate(last=Max("position"))["last"] or 0) + 1
    measure.save(force_insert=True)
    serve(measure, competencies, by, measure.goal)
    log("plan.measure-added", by=by, subject=measure, title=measure.title)
    return measure


def _held(measure: Measure, by: Membership, seen_version: int | None = None) -> Measure:
    return held_as_seen(measure, by, seen_version, "goal__journey__record", "keeper")


@transaction.atomic
def change_measure(
    *, measure: Measure, by: Membership, seen_version: int | None = None, **told: Unpack[Told]
) -> Measure:
    """Change what is said of a measure; what is left out stays. `seen_version`: refused when it was changed since.

    Raises `ValidationError`. Its values stay as they were read.
    """
    may_change_plan(by).enforce()
    held, new = _held(measure, by, seen_version), cleaned(told)
    if errors := errors_in(new, held):
        raise ValidationError(errors)
    if change_part(held, new, FIELDS, by):
        log("plan.measure-changed", by=by, subject=held, title=held.title)
    return held


@transaction.atomic
def end_measure(*, measure: Measure, by: Membership) -> Measure:
    """Read it no more. What was read stays."""
    may_change_plan(by).enforce()
    held = _held(measure, by)
    if held.ended_at is None:
        set_state(held, ended_at=clock.now())
        log("plan.measure-ended", by=by, subject=held, title=held.title)
    return held


@transaction.atomic
def resume_measure(*, measure: Measure, by: Membership) -> Measure:
    """Read it again."""
    may_change_plan(by).enforce()
    held = _held(measure, by)
    if held.ended_at is not None:
        set_state(held, ended_at=None)
        log("plan.measure-resumed", by=by, subject=held, title=held.title)
    return held


@transaction.atomic
def add_value(
    *, measure: Measure, value: Decimal, by: Membership, on: date | None = None, note: str = ""
) -> MeasureValue:
    """Add what was read on a day: one value a day. Raises `ValidationError`."""
    held = _held(measure, by)
    may_add_value(held, by).enforce()
    if held.ended_at is not None:
        raise ValidationError(_("This measure is read no more. Take it up again first."))
    day, said, errors = on or clock.today(), clean_line(note), {}
    if wrong := wrong_number(value):
        errors["value"] = wrong
    if wrong := _("This day hasn’t come yet.") if day > clock.today() else slip_in(day):
        errors["on"] = wrong
    elif held.values.filter(on=day, taken_back_at=None).exists():
        errors["on"] = _("There is a value for this day. Take that one back first.")
    if len(said) > NOTE_LIMIT:
        errors["note"] = _("Please keep this under %(most)s characters.") % {"most": NOTE_LIMIT}
    if errors:
        raise ValidationError(errors)
    read = MeasureValue.objects.create(
        organisation_id=by.organisation_id, measure=held, on=day, value=value, note=said, by=by
    )
    log("plan.value-added", by=by, subject=held, title=held.title)
    return read


@transaction.atomic
def take_back_value(*, value: MeasureValue, by: Membership) -> None:
    """Take back a value that was wrong: it counts no more, and stands there as taken back."""
    held = _held(value.measure, by)
    may_add_value(held, by).enforce()
    rows = MeasureValue.objects.filter(
        pk=value.pk, organisation=by.organisation_id, measure=held, taken_back_at=None
    )
    if rows.update(taken_back_at=clock.now(), taken_back_by=by):
        log("plan.value-taken-back", by=by, subject=held, title=held.title)
