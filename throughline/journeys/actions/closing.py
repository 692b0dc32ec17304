"""Choose priorities, close a round into a frozen snapshot, reopen it as a visible act."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.frameworks.tree import Tree, tree
from throughline.journeys.actions.again import close_open_ones
from throughline.journeys.actions.rounds import held_round, hold_journey, hold_raters, log_round
from throughline.journeys.actions.untying import untie
from throughline.journeys.again import words_after
from throughline.journeys.earlier import looks_of
from throughline.journeys.models import Priority, Round, RoundItem, Snapshot
from throughline.journeys.policy import Place, may_choose_priorities, may_run
from throughline.journeys.queries import progress_of
from throughline.journeys.rounds import missing_to_close
from throughline.journeys.spread import words_of
from throughline.kit import clock
from throughline.kit.days import slip_in
from throughline.kit.text import clean_text
from throughline.records.actions import lock_record
from throughline.records.queries import profile_of
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


@transaction.atomic
def close_round(*, place: Place, round_id: UUID) -> Snapshot:
    """Freeze where everything stands, and with hidden names cut the tie between ratings and people.

    Every competency must be agreed, left open or deferred first.
    """
    may_run(place).enforce()
    held = held_round(place, round_id, Round.State.AGREEING)
    items = list(RoundItem.objects.filter(organisation=held.organisation_id, round=held).order_by("position"))
    missing = missing_to_close(items)
    if missing:
        raise ValidationError(missing)
    close_open_ones(held, place)
    hold_raters(held)  # who takes a comment back just now, or wishes to keep a copy, comes before
    lock_record(held.journey.record_id)  # no decision is made between what is frozen and its date
    held.state, held.closed_at = Round.State.CLOSED, clock.now()
    held.version += 1
    held.save(update_fields=["state", "closed_at", "version"])
    snapshot = Snapshot.objects.create(
        organisation_id=held.organisation_id,
        journey=place.journey,
        round=held,
        edition=Snapshot.objects.filter(organisation=held.organisation_id, round=held).count() + 1,
        content=_content(place, held, items),
        taken_by=place.seat.membership,
        taken_at=held.closed_at,
    )
    log_round("round.closed", held, place)
    untie(held)
    return snapshot


def _content(place: Place, held: Round, items: list[RoundItem]) -> dict[str, Any]:
    """What a snapshot keeps: standings, agreed steps, reasons and the word of the spread. Never a rating."""
    framework = tree(held.framework_version_id)
    profile = profile_of(place.journey.record, framework)
    in_round = {item.competency_id: item for item in items}
    words, after = words_of(held), words_after(held)
    looked = {
        key: each.frozen() for key, each in looks_of(held, framework, for_all=True).items() if each.may_show
    }
    asked, raters = _how_many(held, framework)
    return {
        "framework": {"title": framework.title, "version": framework.number, "id": str(framework.version_id)},
        "asked": asked,
        "raters": raters,
        "names_shown": held.names_shown,
        "items": [
            {
                "competency": str(each.competency.id),
                "code": each.competency.code,
                "name": each.competency.name,
                "level": each.competency.level,
                "domain": each.competency.domain_name,
                "standing": each.standing,
                "recheck": each.recheck,
                "set_aside": each.set_aside,
                **_in_round(in_round.get(each.competency.id), words, after, looked),
            }
            for each in profile.items
        ],
        "priorities": [
            {
                "competency": str(row.competency_id),
                "why_now": row.why_now,
                "step": row.step,
                "by_when": row.by_when.isoformat(),
                "lead": row.lead.name,
                "next_step": row.next_step,
                "next_step_on": row.next_step_on.isoformat() if row.next_step_on else None,
            }
            for row in Priority.objects.filter(
                organisation=held.organisation_id, round=held, dropped_at__isnull=True
            )
            .select_related("lead")
            .order_by("position")
        ],
    }


def _how_many(held: Round, framework: Tree) -> tuple[int, int]:
    """How many were asked and how many rated; once the ties are cut only the first edition knows."""
    if held.untied_at is not None:
        first = held.snapshots.order_by("edition")[0].content
        return first["asked"], first["raters"]
    progress = progress_of(held, framework)
    return progress.raters, progress.begun


def _in_round(
    item: RoundItem | None, words: dict[UUID, str], after: dict[UUID, str], looked: dict[UUID, dict[str, Any]]
) -> dict[str, Any]:
    if item is None:
        return {"in_round": False}
    said = {"spread_after_talk": after[item.id]} if item.id in after else {}
    return {
        **said,
        **({"looking_back": looked[item.id]} if item.id in looked else {}),
        "in_round": True,
        "state": item.state,
        "step": item.step,
        "reason": item.reason,
        "spread": words.get(item.id, "none"),
    }


@transaction.atomic
def reopen_round(*, place: Place, round_id: UUID, reason: str) -> Round:
    """Open a closed round again: a visible act with a reason. The snapshot taken stays; closing takes another."""
    may_run(place).enforce()
    hold_journey(place)
    held = held_round(place, round_id, Round.State.CLOSED)
    if held.framework_version_id != held.journey.record.version_id:
        raise ValidationError(
            _("The journey has moved on to a newer version of its framework. Prepare the next round instead.")
        )
    if not clean_text(reason):
        raise ValidationError({"reason": _("Say why you’re reopening the round.")})
    later = Round.objects.filter(
        organisation=held.organisation_id, journey=held.journey_id, number__gt=held.number
    )
    if later.exists():
        raise ValidationError(
            _("There’s a later round. Record what changed there, or as a separate decision.")
        )
    held.state, held.reopened_at = Round.State.AGREEING, clock.now()
    held.reopened_by, held.reopened_reason = place.seat.membership, clean_text(reason)
    held.version += 1
    held.save()
    log_round("round.reopened", held, place, reason=held.reopened_reason)
    return held
