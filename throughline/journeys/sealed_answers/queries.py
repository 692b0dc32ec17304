"""One's own answers, kept for looking back: sealed when a round with hidden names closes, for their author alone."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from throughline.journeys.models import Kept, Rating, Rerating, Round
from throughline.kit.keeping import LONG, CannotOpen, open_up, seal_up
from throughline.kit.prepared import prepared
from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.schools.tenant import Seat


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said of one competency: alone, again after talking, and of the earlier moment."""

    competency_id: UUID
    step: int | None
    confidence: str
    comment: str
    again: "Answer | None" = None
    looked_back: bool = False
    then: int | None = None


def may_keep_answers(held: Round) -> Verdict:
    """Only while names are hidden and it is still known whose answer is whose."""
    if held.names_shown:
        return refuse(_("Names show in this round, so your ratings stay here under your name."))
    if held.untied_at is not None or held.state not in (Round.State.RATING, Round.State.AGREEING):
        return refuse(_("The round has closed, so your ratings can no longer be told apart."))
    return ALLOWED


def kept_of(seat: Seat, held: Round) -> Kept | None:
    """This person's copy, or their wish for one. One query."""
    return next(iter(_kept(seat.organisation.pk, held.pk, seat.membership.pk)), None)


@prepared
def _kept(organisation: UUID, held: UUID, membership: UUID) -> QuerySet[Kept]:
    return Kept.objects.filter(organisation=organisation, round=held, membership=membership)


def answers_in(kept: Kept) -> list[Answer] | None:
    """What is in a sealed copy; None where the key that sealed it is not here."""
    try:
        rows = open_up(kept.sealed, whose=kept.whose)
    except CannotOpen:
        return None
    return [_answer(row) for row in rows]


def seal_answers(held: Round) -> None:
    """Seal a copy for everyone who wished for one, while their ratings are still there. A wish without any is dropped."""
    wishes = Kept.objects.filter(organisation=held.organisation_id, round=held, sealed="")
    rows = _rows(held, [each.membership_id for each in wishes])
    for kept in wishes:
        if kept.membership_id in rows:
            kept.sealed = seal_up(rows[kept.membership_id], whose=kept.whose, at_least=LONG)
    Kept.objects.bulk_update([each for each in wishes if each.sealed], ["sealed"])
    wishes.filter(sealed="").delete()


def _rows(held: Round, members: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """What each of these said, in the order of the framework. Two queries."""
    here = {
        "organisation": held.organisation_id,
        "rater__round": held,
        "rater__membership__in": members,
    }
    more = {(row.rater_id, row.item_id, row.kind): row for row in Rerating.objects.filter(**here)}
    found: dict[UUID, list[dict[str, Any]]] = {}
    for rating in Rating.objects.filter(**here).select_related("item", "rater").order_by("item__position"):
        again = more.get((rating.rater_id, rating.item_id, Rerating.Kind.AFTER_TALK))
        back = more.get((rating.rater_id, rating.item_id, Rerating.Kind.LOOKING_BACK))
        assert rating.rater.membership_id is not None
        found.setdefault(rating.rater.membership_id, []).append(
            {"competency": str(rating.item.competency_id), **_said(rating)}
            | ({"again": _said(again)} if again else {})
            | ({"then": back.step} if back else {})
        )
    return found


def _said(row: Rating | Rerating) -> dict[str, Any]:
    return {"step": row.step, "confidence": row.confidence, "comment": row.comment}


def _answer(row: dict[str, Any]) -> Answer:
    key = UUID(row["competency"])
    again = Answer(key, **row["again"]) if "again" in row else None
    return Answer(key, row["step"], row["confidence"], row["comment"], again, "then" in row, row.get("then"))
