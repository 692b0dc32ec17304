"""Choose strategic priorities, at most three for a round, and take them back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.journeys.locks import held_round, log_round
from throughline.journeys.models import Priority, Round, RoundItem
from throughline.journeys.policy import Place, may_choose_priorities
from throughline.kit import clock
from throughline.kit.days import slip_in
from throughline.kit.text import clean_text
from throughline.schools.models import Membership

MOST_PRIORITIES = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A priority as the team words it."""

    competency_id: UUID
    why_now: str
    step: int
    by_when: date
    lead: Membership
    next_step: str = ""
    next_step_on: date | None = None


@transaction.atomic
def choose_priority(*, place: Place, round_id: UUID, choice: Choice) -> Priority:
    """Choose a competency to work on, at most three for a round. Choosing it again changes what was said."""
    may_choose_priorities(place).enforce()
    held = held_round(place, round_id, Round.State.AGREEING, Round.State.CLOSED)
    _check_choice(place, held, choice)
    chosen = Priority.objects.filter(organisation=held.organisation_id, round=held, dropped_at__isnull=True)
    others = chosen.exclude(competency=choice.competency_id)
    if others.count() >= MOST_PRIORITIES:
        raise ValidationError(
            _("Three priorities are enough to remember. Drop one before you choose another.")
        )
    priority, made = Priority.objects.update_or_create(
        organisation_id=held.organisation_id,
        journey=place.journey,
        round=held,
        competency_id=choice.competency_id,
        dropped_at=None,
        defaults={
            "why_now": clean_text(choice.why_now),
            "step": choice.step,
            "by_when": choice.by_when,
            "lead": choice.lead,
            "next_step": clean_text(choice.next_step),
            "next_step_on": choice.next_step_on,
        },
        create_defaults={
            "why_now": clean_text(choice.why_now),
            "step": choice.step,
            "by_when": choice.by_when,
            "lead": choice.lead,
            "next_step": clean_text(choice.next_step),
            "next_step_on": choice.next_step_on,
            "position": (chosen.aggregate(last=Max("position"))["last"] or 0) + 1,
            "chosen_at": clock.now(),
        },
    )
    log_round("round.priority-chosen" if made else "round.priority-changed", held, place)
    return priority


def _check_choice(place: Place, held: Round, choice: Choice) -> None:
    errors = {}
    in_round = RoundItem.objects.filter(organisation=held.organisation_id, round=held)
    if not in_round.filter(competency=choice.competency_id).exists():
        errors["competency"] = _("Choose a competency of this round.")
    if not clean_text(choice.why_now):
        errors["why_now"] = _("Say why now, in words everyone can remember.")
    if choice.step not in (1, 2, 3, 4):
        errors["step"] = _("Choose the step you’re aiming for.")
    if choice.by_when <= clock.today():
        errors["by_when"] = _("Choose a date in the future.")
    elif wrong := slip_in(choice.by_when):
        errors["by_when"] = wrong
    if choice.lead.organisation_id != place.journey.organisation_id or not choice.lead.is_active:
        errors["lead"] = _("Choose someone who belongs to this organization.")
    if choice.next_step_on and not clean_text(choice.next_step):
        errors["next_step"] = _("Say what will happen by that date.")
    if clean_text(choice.next_step) and not choice.next_step_on:
        errors["next_step_on"] = _("Give the next step a date.")
    if wrong := _wrong_next_date(held, choice):
        errors["next_step_on"] = wrong
    if errors:
        raise ValidationError(errors)


def _wrong_next_date(held: Round, choice: Choice) -> str:
    """A date that has passed since it was given may stay while something else about the priority changes."""
    day = choice.next_step_on
    kept = held.priorities.filter(competency=choice.competency_id, next_step_on=day, dropped_at__isnull=True)
    if day and day < clock.today() and not kept.exists():
        return _("This date is in the past.")
    return slip_in(day)


@transaction.atomic
def drop_priority(*, place: Place, priority: Priority) -> None:
    """Take a priority back. It keeps its trace."""
    may_choose_priorities(place).enforce()
    held = held_round(place, priority.round_id)
    changed = Priority.objects.filter(pk=priority.pk, dropped_at__isnull=True).update(dropped_at=clock.now())
    if changed:
        log_round("round.priority-dropped", held, place)
