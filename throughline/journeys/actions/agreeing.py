"""Agree on a step and a standing, leave it open, defer it. Two people at once: both are shown, nothing is lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.journeys.actions.rounds import held_round, log_round
from throughline.journeys.models import Round, RoundItem
from throughline.journeys.policy import Place, may_decide
from throughline.journeys.queries import previous_step, previous_steps
from throughline.journeys.spread import undisputed
from throughline.kit import clock
from throughline.kit.text import clean_text
from throughline.records.actions import Cite, decide
from throughline.records.evidence import Piece, bring_evidence
from throughline.records.models import Citation, Decision, Record, StandingValue


class Meanwhile(Exception):
    """Someone else settled this competency after the page was opened. `.item` is how it stands now."""

    def __init__(self, item: RoundItem) -> None:
        super().__init__("settled meanwhile")
        self.item = item


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the team agrees for one competency. `answers` are the indicators that a newly brought piece answers."""

    step: int | None
    standing: str
    reason: str
    cites: tuple[Cite, ...] = ()
    why_changed: str = ""
    dissent: str = ""
    check_on: date | None = None
    new_evidence: Piece | None = field(default=None)


@transaction.atomic
def agree(*, place: Place, item_id: UUID, agreement: Agreement, seen_version: int) -> RoundItem:
    """Keep the agreed step in the round and make the decision that carries the standing.

    No step sets a standing by itself. Raises `Meanwhile` when someone else settled it since `seen_version`.
    """
    may_decide(place).enforce()
    held, item = _held_item(place, item_id, seen_version)
    if agreement.step not in (1, 2, 3, 4):
        raise ValidationError({"step": _("Choose the step that you agree on.")})
    _check_change(held, item, agreement)
    decision = _decision(place, held, item, agreement)
    return _settle(place, held, item, RoundItem.State.AGREED, decision, agreement.step, agreement.reason)


def _check_change(held: Round, item: RoundItem, agreement: Agreement) -> None:
    earlier = previous_step(held, item.competency_id)
    if earlier is not None and earlier != agreement.step and not agreement.why_changed:
        raise ValidationError(
            {
                "why_changed": _(
                    "The step is another one than last time. Say why: the reasons are different news."
                )
            }
        )


def _decision(place: Place, held: Round, item: RoundItem, agreement: Agreement) -> Decision:
    return decide(
        record=place.journey.record,
        competency_id=item.competency_id,
        after=agreement.standing,
        reason=agreement.reason,
        by=place.seat.membership,
        cites=[*agreement.cites, *_bring(place, item.competency_id, agreement.new_evidence)],
        why_changed=agreement.why_changed,
        dissent=agreement.dissent,
        check_on=agreement.check_on,
        context=held.id,
    )


def _bring(place: Place, competency_id: UUID, piece: Piece | None) -> list[Cite]:
    """Enter evidence brought in the same act, and stand on it for what it is said to show here."""
    if piece is None:
        return []
    brought = bring_evidence(record=place.journey.record, piece=piece, by=place.seat.membership)
    answered = [each.indicator_id for each in piece.shows if each.competency_id == competency_id]
    return [Cite(brought.id, indicator) for indicator in answered or [None]]


@dataclass(frozen=True, slots=True)
class Together:
    """What the team says of one of several competencies that it agrees at once."""

    step: int
    standing: str
    reason: str = ""


@transaction.atomic
def agree_together(
    *, place: Place, round_id: UUID, choices: Mapping[UUID, Together], reason: str = ""
) -> list[RoundItem]:
    """Agree several undisputed competencies at once, by round item. Each is a decision with a reason of its own;
    `reason` is that of those that have none.

    What is *earned* already may stay so on the evidence it stands on; what needs its own words (a step that changed
    since last time) is talked about by itself.
    """
    may_decide(place).enforce()
    held = held_round(place, round_id, Round.State.AGREEING)
    easy = undisputed(held)
    before = previous_steps(held)
    settled = []
    items = RoundItem.objects.filter(organisation=held.organisation_id, round=held, pk__in=choices)
    if items.count() != len(choices):
        raise ValidationError(_("Choose competencies of this round."))
    for item in items.order_by("position"):
        choice = choices[item.id]
        if item.state != RoundItem.State.OPEN:
            raise Meanwhile(item)
        if item.id not in easy:
            raise ValidationError(_("Only competencies that people agree on can be agreed together."))
        if choice.step not in (1, 2, 3, 4):
            raise ValidationError(_("Choose a step for every competency that you agree together."))
        if before.get(item.competency_id, choice.step) != choice.step:
            raise ValidationError(
                _("A step that changed since last time needs its own reason: talk about it by itself.")
            )
        cites = _standing_cites(place.journey.record, item, choice.standing)
        because = clean_text(choice.reason) or reason
        agreement = Agreement(choice.step, choice.standing, because, cites)
        decision = _decision(place, held, item, agreement)
        settled.append(_settle(place, held, item, RoundItem.State.AGREED, decision, choice.step, because))
    if not settled:
        raise ValidationError(_("Choose at least one competency to agree on."))
    return settled


def _standing_cites(record: Record, item: RoundItem, standing: str) -> tuple[Cite, ...]:
    """What the standing in force stands on, to stand on again."""
    rows = Citation.objects.filter(
        organisation=record.organisation_id,
        decision__in=record.standings.filter(competency=item.competency_id).values("decision"),
        evidence__withdrawn_at__isnull=True,
    )
    if standing == StandingValue.NOT_STARTED:
        return ()
    return tuple(Cite(row.evidence_id, row.indicator_id) for row in rows)


@transaction.atomic
def leave_open(*, place: Place, item_id: UUID, reason: str, seen_version: int) -> RoundItem:
    """Say that the team could not agree, and why. The standing stays what it was."""
    return _without_decision(place, item_id, reason, seen_version, RoundItem.State.LEFT_OPEN)


@transaction.atomic
def defer(*, place: Place, item_id: UUID, reason: str, seen_version: int) -> RoundItem:
    """Put a competency off to a later round, and say why."""
    return _without_decision(place, item_id, reason, seen_version, RoundItem.State.DEFERRED)


def _without_decision(place: Place, item_id: UUID, reason: str, seen_version: int, state: str) -> RoundItem:
    may_decide(place).enforce()
    held, item = _held_item(place, item_id, seen_version)
    if item.state == RoundItem.State.AGREED:
        raise ValidationError(
            _("The team has agreed on this one. If you see it differently now, agree on something else.")
        )
    if not clean_text(reason):
        raise ValidationError(
            {"reason": _("Say in a sentence why: those who come after you will want to know.")}
        )
    return _settle(place, held, item, state, None, None, reason)


def _held_item(place: Place, item_id: UUID, seen_version: int) -> tuple[Round, RoundItem]:
    item = RoundItem.objects.get(pk=item_id, organisation=place.journey.organisation_id)
    held = held_round(place, item.round_id, Round.State.AGREEING)
    item.refresh_from_db()
    if item.version != seen_version:
        raise Meanwhile(item)
    return held, item


def _settle(
    place: Place,
    held: Round,
    item: RoundItem,
    state: str,
    decision: Decision | None,
    step: int | None,
    reason: str,
) -> RoundItem:
    item.state, item.step, item.reason, item.decision = state, step, clean_text(reason), decision
    item.settled_by, item.settled_at = place.seat.membership, clock.now()
    item.version += 1
    item.save()
    held.version += 1
    held.save(update_fields=["version"])
    log_round(f"round.item-{state}", held, place, competency=str(item.competency_id))
    return item


@transaction.atomic
def decide_between_rounds(
    *,
    place: Place,
    competency_id: UUID,
    standing: str,
    reason: str,
    cites: Iterable[Cite] = (),
    brought: Piece | None = None,
    check_on: date | None = None,
    why_changed: str = "",
    dissent: str = "",
) -> Decision:
    """A decision outside any round: something was earned, or is no longer. Frozen snapshots stay as they were."""
    may_decide(place).enforce()
    return decide(
        record=place.journey.record,
        competency_id=competency_id,
        after=standing,
        reason=reason,
        by=place.seat.membership,
        cites=[*cites, *_bring(place, competency_id, brought)],
        check_on=check_on,
        why_changed=why_changed,
        dissent=dissent,
    )
