"""Rate alone. No time is kept, nothing is logged: a rating stays with its author."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.frameworks.tree import tree
from throughline.journeys.models import Confidence, Rater, Rating, Round, RoundItem
from throughline.kit.text import clean_text
from throughline.kit.verdict import refuse
from throughline.schools.tenant import Seat


class RatedMeanwhile(Exception):
    """The same person rated the same competency elsewhere after the page was opened. `.rating` is what stands now."""

    def __init__(self, rating: Rating | None) -> None:
        super().__init__("rated meanwhile")
        self.rating = rating


STEPS = (1, 2, 3, 4)
LONGEST_COMMENT = 2000


@transaction.atomic
def rate(
    *,
    by: Seat,
    round_id: UUID,
    competency_id: UUID,
    step: int | None,
    confidence: str = "",
    comment: str = "",
    release_comment: bool = False,
    as_seen: Callable[[Rating | None], bool] | None = None,
) -> Rating:
    """Say (or say again) where a competency is; `step=None` is *cannot say*. Possible until the round moves on.

    `as_seen` is asked, once the rater is held, whether what stands is what they had before them; if not, nothing is
    written and `RatedMeanwhile` tells what stands.
    """
    rater = held_rater(by, round_id)
    if rater.on_paper:
        on_paper_only(rater, names_shown=Round.objects.values_list("names_shown", flat=True).get(pk=round_id))
    item = _item_asked(rater, competency_id)
    said_well(step, confidence, comment)
    if as_seen is not None:
        stands = Rating.objects.filter(organisation=by.organisation, rater=rater, item=item).first()
        if not as_seen(stands):
            raise RatedMeanwhile(stands)
    rating = Rating(
        organisation=by.organisation,
        rater=rater,
        item_id=item,
        step=step,
        confidence=confidence if step is not None else "",
        comment=clean_text(comment),
        comment_released=release_comment,
    )
    Rating.objects.bulk_create(
        [rating],
        update_conflicts=True,
        unique_fields=["organisation", "rater", "item"],
        update_fields=["step", "confidence", "comment", "comment_released"],
    )
    return rating


def on_paper_only(rater: Rater, *, names_shown: bool) -> None:
    """While names are hidden, whoever rates on paper does not rate on screen too: they would count twice."""
    if rater.on_paper and not names_shown:
        refuse(
            _("You rate on paper in this round. Take one of the sheets, fill it in alone, and hand it in.")
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


def held_rater(by: Seat, round_id: UUID) -> Rater:
    """This person's row as a rater, held so that the spread cannot open in the middle (`rounds.open_spread`)."""
    raters = Rater.objects.select_for_update().filter(
        organisation=by.organisation, round=round_id, membership=by.membership
    )
    held = list(raters)
    if not held or not by.membership.is_active:
        refuse(_("You are not one of the raters of this round.")).enforce()
    return held[0]


def _item_asked(rater: Rater, competency_id: UUID) -> UUID:
    """The round's row for a competency that this rater is asked; read once the rater is held, so the state is true."""
    items = RoundItem.objects.filter(
        organisation=rater.organisation_id, round=rater.round_id, competency=competency_id
    )
    for item, state, version_id in items.values_list("id", "round__state", "round__framework_version"):
        if state != Round.State.RATING:
            raise ValidationError(_("Rating has ended, so this can no longer be changed."))
        if not rater.domains or _is_asked(rater, competency_id, version_id):
            return item
    raise ValidationError(_("You are not asked to rate this competency."))


def _is_asked(rater: Rater, competency_id: UUID, version_id: UUID) -> bool:
    return any(
        str(domain.id) in rater.domains and any(each.id == competency_id for each in domain.competencies)
        for domain in tree(version_id).domains
    )


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
        refuse(_("You have not written a comment here.")).enforce()
