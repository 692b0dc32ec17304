"""Rate alone. No time is kept, nothing is logged: a rating stays with its author."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.frameworks.tree import tree
from throughline.journeys.locks import held_rater
from throughline.journeys.models import Confidence, Rater, Rating, Round
from throughline.journeys.queries import competencies_asked
from throughline.journeys.rating.queries import Mine, Now, now_of
from throughline.kit.text import clean_text
from throughline.kit.verdict import refuse
from throughline.schools.tenant import Seat


class RatedMeanwhile(Exception):
    """The same person rated the same competency elsewhere after the page was opened. `.rating` is what stands now."""

    def __init__(self, rating: Mine | None) -> None:
        super().__init__("rated meanwhile")
        self.rating = rating


STEPS = (1, 2, 3, 4)
LONGEST_COMMENT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What someone says of one competency; `step=None` is *cannot say*.

    `as_seen` is asked, once the rater is held, whether what stands is what they had before them; if not, nothing is
    written and `RatedMeanwhile` tells what stands.
    """

    competency_id: UUID
    step: int | None
    confidence: str = ""
    comment: str = ""
    release_comment: bool = False
    as_seen: Callable[[Mine | None], bool] | None = None


def rate(*, by: Seat, round_id: UUID, **said: Any) -> Rating:
    """Say (or say again) where a competency is, in the words of `Answer`. Possible until the round moves on."""
    return rate_several(by=by, round_id=round_id, answers=[Answer(**said)])[0]


@transaction.atomic
def rate_several(*, by: Seat, round_id: UUID, answers: Sequence[Answer]) -> list[Rating]:
    """The same for several competencies, all or none of them."""
    rater = held_rater(by, round_id)
    if rater.on_paper:
        on_paper_only(rater, names_shown=Round.objects.values_list("names_shown", flat=True).get(pk=round_id))
    found = _asked(rater, tuple(dict.fromkeys(each.competency_id for each in answers)))
    for each in answers:
        said_well(each.step, each.confidence, each.comment)
    for each in answers:
        now = found[each.competency_id].mine
        if each.as_seen is not None and not each.as_seen(now):
            raise RatedMeanwhile(now)
    ratings = [
        Rating(
            organisation=by.organisation,
            rater=rater,
            item_id=found[each.competency_id].item_id,
            step=each.step,
            confidence=each.confidence if each.step is not None else "",
            comment=clean_text(each.comment),
            comment_released=each.release_comment,
        )
        for each in answers
    ]
    Rating.objects.bulk_create(
        ratings,
        update_conflicts=True,
        unique_fields=["organisation", "rater", "item"],
        update_fields=["step", "confidence", "comment", "comment_released"],
    )
    return ratings


def on_paper_only(rater: Rater, *, names_shown: bool) -> None:
    """While names are hidden, whoever rates on paper does not rate on screen too: they would count twice."""
    if rater.on_paper and not names_shown:
        refuse(
            _(
                "You’re rating on paper in this round. Take one of the sheets, fill it in on your own, and hand it in."
            )
        ).enforce()


def said_well(step: int | None, confidence: str, comment: str) -> None:
    """Raise `ValidationError` for an answer that is none."""
    errors = {}
    if step is not None and step not in STEPS:
        errors["step"] = _("Choose one of the steps, or that you cannot say.")
    if confidence and confidence not in Confidence.values:
        errors["confidence"] = _("Choose how sure you are.")
    if len(comment) > LONGEST_COMMENT:
        errors["comment"] = _("This is longer than 2,000 characters. Please shorten it.")
    if errors:
        raise ValidationError(errors)


def _asked(rater: Rater, competencies: tuple[UUID, ...]) -> dict[UUID, Now]:
    """What stands of competencies that this rater is asked; read once the rater is held, so the state is true."""
    found = now_of(rater, competencies)
    if any(each.round_state != Round.State.RATING for each in found.values()):
        raise ValidationError(_("Rating has ended, so this can no longer be changed."))
    for competency_id in competencies:
        each = found.get(competency_id)
        wanted = (
            competencies_asked(rater, tree(each.framework_version_id)) if each and rater.domains else None
        )
        if each is None or (wanted is not None and competency_id not in wanted):
            raise ValidationError(_("You haven’t been asked to rate this competency."))
    return found


@transaction.atomic
def release_comment(*, by: Seat, round_id: UUID, competency_id: UUID, released: bool) -> None:
    """In a small team a comment is read by others only when its author says so; they can take that back."""
    changed = (
        Rating.objects.filter(
            organisation=by.organisation,
            rater=held_rater(by, round_id),
            item__competency=competency_id,
        )
        .exclude(comment="")
        .update(comment_released=released)
    )
    if not changed:
        refuse(_("You haven’t written a comment here.")).enforce()
