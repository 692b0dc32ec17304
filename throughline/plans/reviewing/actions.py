"""Writing into the plan's log, and looking back on a period: begin a review, say something to it, close it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.elements.adopting.freezing import digest_of
from throughline.kit import clock
from throughline.kit.days import slip_in
from throughline.kit.text import clean_line, clean_text
from throughline.plans.log import tell
from throughline.plans.models import ClosedReview, Goal, LogEntry, Review, ReviewRemark
from throughline.plans.policy import may_change_plan
from throughline.plans.reviewing.policy import may_write
from throughline.plans.reviewing.queries import gathered, remarked, remarks_to
from throughline.schools.log import note
from throughline.schools.models import Membership

TITLE_LIMIT, TEXT_LIMIT, MOST_OPEN = 200, 4_000, 20
# What people write themselves; that something was changed, the product writes.
KINDS = (LogEntry.Kind.HAPPENED, LogEntry.Kind.LEARNED, LogEntry.Kind.DECIDED)


@transaction.atomic
def write_line(
    *, kind: str, text: str, by: Membership, on: date | None = None, goal: Goal | None = None
) -> LogEntry:
    """Write a line into the plan's log, for good. Raises `ValidationError`."""
    may_write(by).enforce()
    said, day = clean_text(text), on or clock.today()
    errors = {}
    if kind not in KINDS:
        errors["kind"] = _("Choose what kind of line it is.")
    if wrong := _wrong_text(said):
        errors["text"] = wrong
    if day > clock.today():
        errors["on"] = _("This day hasn’t come yet.")
    elif wrong := slip_in(day):
        errors["on"] = wrong
    if goal is not None and goal.organisation_id != by.organisation_id:
        errors["goal"] = _("Choose a goal of this plan.")
    if errors:
        raise ValidationError(errors)
    line = tell(by=by, kind=kind, text=said, on=day, goal=goal)
    note("plan.line-written", by=by, subject=line)
    return line


def _wrong_text(said: str) -> str:
    if not said:
        return _("Write something first.")
    if len(said) > TEXT_LIMIT:
        return _("Please keep this under %(most)s characters.") % {"most": TEXT_LIMIT}
    return ""


@transaction.atomic
def begin_review(*, title: str, starts_on: date, ends_on: date, by: Membership) -> Review:
    """Begin to look back on a period. Raises `ValidationError`."""
    may_change_plan(by).enforce()
    name = clean_line(title)
    errors = {
        field: wrong
        for field, day in (("starts_on", starts_on), ("ends_on", ends_on))
        if (wrong := slip_in(day))
    }
    if not 0 < len(name) <= TITLE_LIMIT:
        errors["title"] = _("Give it a name of at most %(most)d characters.") % {"most": TITLE_LIMIT}
    if ends_on < starts_on:
        errors["ends_on"] = _("It can’t end before it begins.")
    if errors:
        raise ValidationError(errors)
    if Review.objects.filter(organisation=by.organisation_id, closed_at=None).count() >= MOST_OPEN:
        raise ValidationError(_("Close some of the open reviews first."))
    review = Review.objects.create(
        organisation_id=by.organisation_id, title=name, starts_on=starts_on, ends_on=ends_on, made_by=by
    )
    note("plan.review-begun", by=by, subject=review, title=review.title)
    return review


def _held(review: Review, by: Membership) -> Review:
    held = Review.objects.select_for_update(of=("self",)).get(pk=review.pk, organisation=by.organisation_id)
    if held.closed_at is not None:
        raise ValidationError(_("This review is closed. What it says stays as it is."))
    return held


@transaction.atomic
def add_remark(*, review: Review, about: str, text: str, by: Membership) -> ReviewRemark:
    """Say something to one part of a review, for good. Raises `ValidationError`."""
    may_write(by).enforce()
    held = _held(review, by)
    said = clean_text(text)
    errors = {}
    if about not in ReviewRemark.About.values:
        errors["about"] = _("Choose what it is about.")
    if wrong := _wrong_text(said):
        errors["text"] = wrong
    if errors:
        raise ValidationError(errors)
    remark = ReviewRemark.objects.create(
        organisation_id=by.organisation_id, review=held, about=about, text=said, by=by
    )
    note("plan.review-remarked", by=by, subject=held, title=held.title)
    return remark


@transaction.atomic
def close_review(*, review: Review, by: Membership) -> ClosedReview:
    """Freeze what it gathered and what was said; from here on it is read when the next round is prepared.

    Raises `ValidationError`.
    """
    may_change_plan(by).enforce()
    held = _held(review, by)
    if held.ends_on > clock.today():
        raise ValidationError(_("Its period has not ended yet."))
    remarks = [remarked(each) for each in remarks_to(held)]
    content = {**gathered(held), "remarks": remarks}
    held.closed_at = clock.now()
    held.save(update_fields=["closed_at"])
    closed = ClosedReview.objects.create(
        organisation_id=by.organisation_id, review=held, content=content, digest=digest_of(content), by=by
    )
    note("plan.review-closed", by=by, subject=held, title=held.title)
    return closed
