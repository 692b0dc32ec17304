"""Lead a meeting: its plan, its notes, and where those who follow look."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.journeys.locks import held_round, log_round
from throughline.journeys.meeting.agenda import LONGEST, SHORTEST, Line
from throughline.journeys.meeting.drafts import LONGEST as LONGEST_NOTE
from throughline.journeys.models import MeetingPlan, Round, RoundItem
from throughline.journeys.policy import Place, may_lead_talk
from throughline.kit.text import clean_text


class Meanwhiles(Exception):
    """Others wrote notes on the same competencies since the page was opened. `.theirs`: what stands now, by item."""

    def __init__(self, theirs: Mapping[UUID, str]) -> None:
        super().__init__("written meanwhile")
        self.theirs = dict(theirs)


@transaction.atomic
def plan_meeting(
    *, place: Place, round_id: UUID, length: int, lines: Sequence[Line], seen_version: int
) -> MeetingPlan:
    """Keep how the team spends its meeting. Raises `ValidationError` when somebody else planned it meanwhile."""
    may_lead_talk(place).enforce()
    held = held_round(place, round_id, Round.State.AGREEING)
    if not SHORTEST <= length <= LONGEST:
        raise ValidationError(
            {
                "length": _("A meeting takes between %(least)s and %(most)s minutes.")
                % {"least": SHORTEST, "most": LONGEST}
            }
        )
    if any(not 0 <= line.minutes <= LONGEST for line in lines):
        raise ValidationError(_("Give each line between 0 and %(most)s minutes.") % {"most": LONGEST})
    plan = MeetingPlan.objects.filter(organisation=held.organisation_id, round=held).first()
    if plan is None:
        plan = MeetingPlan(organisation_id=held.organisation_id, round=held)
    kept = [{"key": line.key, "minutes": line.minutes} for line in lines]
    if (plan.length, plan.lines) == (length, kept):
        return plan
    if plan.version != seen_version:
        raise ValidationError(
            _(
                "Someone else changed the agenda in the meantime. Yours is still in the form: save again to keep it."
            ),
            code="meanwhile",
        )
    plan.length, plan.lines = length, kept
    plan.version += 1
    plan.save()
    log_round("round.meeting-planned", held, place)
    return plan


@transaction.atomic
def take_notes(
    *, place: Place, round_id: UUID, notes: Mapping[UUID, str], seen: Mapping[UUID, str]
) -> list[RoundItem]:
    """Keep what was noted about open competencies, by round item: the beginning of each one's reason.

    `seen` is what stood there when the page was opened. Where somebody else has written since, nothing of it is
    kept and `Meanwhiles` says what stands there now.
    """
    may_lead_talk(place).enforce()
    held = held_round(place, round_id, Round.State.AGREEING)
    items = RoundItem.objects.filter(
        organisation=held.organisation_id, round=held, pk__in=notes, state=RoundItem.State.OPEN
    )
    changed, theirs = [], {}
    for item in items.select_for_update():
        stands, note = noted(item), clean_text(notes[item.id])[:LONGEST_NOTE]
        if note == stands or note == clean_text(seen.get(item.id, "")):
            continue
        if stands != clean_text(seen.get(item.id, "")):
            theirs[item.id] = stands
            continue
        item.draft = {**item.draft, "reason": note}
        changed.append(item)
    if theirs:
        raise Meanwhiles(theirs)
    if changed:
        RoundItem.objects.bulk_update(changed, ["draft"])
        held.version += 1
        held.save(update_fields=["version"])
    return changed


def noted(item: RoundItem) -> str:
    """What has been noted about a competency so far."""
    return clean_text(str(item.draft.get("reason", "")))


@transaction.atomic
def lead_talk(*, place: Place, round_id: UUID, competency_id: UUID | None) -> Round:
    """Lead the talk, and turn everyone who follows to this competency. None: lead it no longer."""
    may_lead_talk(place).enforce()
    held = held_round(place, round_id, Round.State.AGREEING)
    before = held.led_by_id
    if competency_id is None:
        held.led_by = None
    else:
        if not RoundItem.objects.filter(
            organisation=held.organisation_id, round=held, competency=competency_id
        ).exists():
            raise ValidationError(_("Choose a competency of this round."))
        held.led_by, held.talking_about = place.seat.membership, competency_id
    held.version += 1
    held.save(update_fields=["led_by", "talking_about", "version"])
    if held.led_by_id != before:
        log_round("round.talk-led" if competency_id else "round.talk-left", held, place)
    return held
