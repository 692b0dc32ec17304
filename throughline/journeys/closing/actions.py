"""Close a round into a frozen snapshot, reopen it as a visible act."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.tree import Tree, tree
from throughline.journeys.closing.anonymizing import untie
from throughline.journeys.locks import held_round, hold_journey, hold_raters, log_round
from throughline.journeys.models import Priority, Round, RoundItem, Snapshot
from throughline.journeys.policy import Place, may_run
from throughline.journeys.queries import progress_of
from throughline.journeys.second_ratings.actions import close_open_ones
from throughline.journeys.spread.looking_back import looks_of
from throughline.journeys.spread.queries import words_of
from throughline.journeys.spread.second_ratings import words_after
from throughline.kit import clock
from throughline.kit.text import clean_text
from throughline.records.actions import lock_record
from throughline.records.queries import profile_of


def missing_to_close(items: list[RoundItem]) -> str:
    """What keeps a round from being closed; empty when nothing does."""
    left = sum(item.state == RoundItem.State.OPEN for item in items)
    if not left:
        return ""
    return ngettext(
        "You still have %(count)s competency to talk about. Agree on it, leave it open, or leave it for later.",
        "You still have %(count)s competencies to talk about. Agree on them, leave them open, or leave them for later.",
        left,
    ) % {"count": left}


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
