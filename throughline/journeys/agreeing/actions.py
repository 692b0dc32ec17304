"""Agree on a step and a standing, leave it open, defer it. Two people at once: both are shown, nothing is lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.frameworks.tree import tree
from throughline.journeys.agreeing.standings import fits, proposed
from throughline.journeys.locks import held_round, log_round
from throughline.journeys.models import Round, RoundItem
from throughline.journeys.policy import Place, may_decide
from throughline.journeys.queries import last_step, previous_step, previous_steps
from throughline.journeys.spread.queries import undisputed
from throughline.kit import clock
from throughline.kit.text import clean_text
from throughline.records.actions import Cite, decide
from throughline.records.evidence.actions import Piece, bring_evidence
from throughline.records.models import Citation, Decision, Record, Standing, StandingValue

DOES_NOT_FIT, MEANWHILE = "does-not-fit", "meanwhile"


class Meanwhile(Exception):
    """Someone else settled this competency after the page was opened. `.item` is how it stands now."""

    def __init__(self, item: RoundItem) -> None:
        super().__init__("settled meanwhile")
        self.item = item


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the team agrees for one competency. `sure`: it was asked whether the standing fits the step, and said yes."""

    step: int | None
    standing: str
    reason: str
    cites: tuple[Cite, ...] = ()
    why_changed: str = ""
    dissent: str = ""
    check_on: date | None = None
    new_evidence: Piece | None = field(default=None)
    sure: bool = False


@transaction.atomic
def agree(*, place: Place, item_id: UUID, agreement: Agreement, seen_version: int) -> RoundItem:
    """Keep the agreed step in the round and make the decision that carries the standing.

    No step sets a standing by itself; one that does not fit the step is asked about once (`DOES_NOT_FIT`). Raises
    `Meanwhile` when someone else settled it since `seen_version`.
    """
    may_decide(place).enforce()
    held, item = _held_item(place, item_id, seen_version)
    return _agree(place, held, item, agreement, previous_step(held, item.competency_id))


def _agree(place: Place, held: Round, item: RoundItem, agreement: Agreement, before: int | None) -> RoundItem:
    if agreement.step not in (1, 2, 3, 4):
        raise ValidationError({"step": _("Choose the step that you agree on.")})
    _check_change(before, agreement)
    _ask_whether_it_fits(held.framework_version_id, agreement.step, agreement.standing, agreement.sure)
    decision = _decision(place, held, item, agreement)
    return _settle(place, held, item, RoundItem.State.AGREED, decision, agreement.step, agreement.reason)


def _check_change(before: int | None, agreement: Agreement) -> None:
    if before is not None and before != agreement.step and not agreement.why_changed:
        raise ValidationError(
            {
                "why_changed": _(
                    "This step is different from last time. Say what changed: the school, or how you see it."
                )
            }
        )


def _ask_whether_it_fits(version_id: UUID, step: int, standing: str, sure: bool) -> None:
    if sure or standing not in StandingValue.values or fits(step, standing):
        return
    words = {"step": tree(version_id).step_label(step)}
    if standing == StandingValue.NOT_STARTED:
        said = _(
            "The step “%(step)s” says this has begun, but the standing says not started. Change one, or press the button again to keep both."
        )
    else:
        said = _(
            "Earned usually goes with one of the top two steps, and yours is “%(step)s”. Change one, or press the button again to keep both."
        )
    raise ValidationError({"standing": ValidationError(said % words, code=DOES_NOT_FIT)})


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
    """What the team says of one of several competencies that it agrees at once. No standing: the one that goes with
    the step (`standings.proposed`). No reason: the one that is given for all."""

    step: int
    standing: str = ""
    reason: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of several at once: those that are settled now, and why the others are not, by round item."""

    settled: list[RoundItem]
    refused: dict[UUID, ValidationError]


@transaction.atomic
def agree_together(
    *, place: Place, round_id: UUID, choices: Mapping[UUID, Together], reason: str = ""
) -> Outcome:
    """Agree several undisputed competencies at once, by round item. Each is a decision with a reason of its own;
    `reason` is that of those that have none.

    Those that can be kept are kept, whatever is wrong with the others; one that was agreed just so before counts as
    settled, so that a form sent twice does no harm. What is *earned* already may stay so on the evidence it stands on;
    what needs its own words (a step that changed since last time) is talked about by itself.
    """
    may_decide(place).enforce()
    held = held_round(place, round_id, Round.State.AGREEING)
    items = list(
        RoundItem.objects.filter(organisation=held.organisation_id, round=held, pk__in=choices).order_by(
            "position"
        )
    )
    if len(items) != len(choices):
        raise ValidationError(_("Choose competencies of this round."))
    if not items:
        raise ValidationError(_("Choose a step for at least one competency."))
    record = place.journey.record
    stands = dict(
        Standing.objects.filter(organisation=record.organisation_id, record=record).values_list(
            "competency_id", "value"
        )
    )
    easy, before = undisputed(held), previous_steps(held)
    outcome = Outcome([], {})
    for item in items:
        choice = choices[item.id]
        try:
            with transaction.atomic():
                _check_together(item, choice, item.id in easy, before.get(item.competency_id))
                standing = choice.standing or proposed(choice.step, stands.get(item.competency_id))
                because = clean_text(choice.reason) or reason
                cites = _standing_cites(record, item, standing)
                said = Agreement(choice.step, standing, because, cites, sure=choice.sure)
                done = item.state == RoundItem.State.AGREED
                outcome.settled.append(item if done else _agree(place, held, item, said, choice.step))
        except ValidationError as error:
            outcome.refused[item.id] = error
    return outcome


def _check_together(item: RoundItem, choice: Together, easy: bool, before: int | None) -> None:
    if item.state == RoundItem.State.AGREED and item.step == choice.step:
        return
    if item.state != RoundItem.State.OPEN:
        raise ValidationError(_("Someone else just agreed on this one."), code=MEANWHILE)
    if not easy:
        raise ValidationError(_("People see this one differently, so discuss it on its own."))
    if choice.step not in (1, 2, 3, 4):
        raise ValidationError({"step": _("Choose a step, or leave it to discuss.")})
    if before is not None and before != choice.step:
        raise ValidationError(
            {"step": _("A step that changed since last time needs its own reason. Discuss it on its own.")}
        )


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
            _(
                "The team has already agreed on this one. If you see it differently now, agree on something new."
            )
        )
    if not clean_text(reason):
        raise ValidationError(
            {"reason": _("Give a reason in a sentence. People will want to know why later on.")}
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
    sure: bool = False,
) -> Decision:
    """A decision outside any round: something was earned, or is no longer. Frozen snapshots stay as they were.

    A standing that does not fit the step agreed last is asked about once.
    """
    may_decide(place).enforce()
    step = last_step(place.journey, competency_id)
    if step is not None:
        _ask_whether_it_fits(place.journey.record.version_id, step, standing, sure)
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
