"""A private calendar: make its address, make another one, choose what is in it, take it back, and read it."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.plans.calendars.following import Telling, follow
from throughline.plans.calendars.policy import may_have_feed
from throughline.plans.calendars.queries import Now, dates_in, feed_of, oldest_day, told_in
from throughline.plans.models import CalendarFeed, FeedEntry
from throughline.schools.log import note
from throughline.schools.models import Membership, hash_of, new_token
from throughline.schools.tenant import seat_of

NOTED_EACH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Made:
    """The calendar, and the secret of its address: kept nowhere else."""

    feed: CalendarFeed
    token: str


@transaction.atomic
def make_feed(*, by: Membership, scope: str = CalendarFeed.Scope.MINE) -> Made:
    """Give the member's calendar an address; an earlier one is worth nothing from now on. Raises `ValidationError`."""
    _checked(by, scope)
    token = new_token()
    feed, _new = CalendarFeed.objects.update_or_create(
        organisation_id=by.organisation_id,
        membership=by,
        defaults={"token_hash": hash_of(token), "scope": scope, "made_at": clock.now(), "read_at": None},
    )
    note("plan.calendar-made", by=by)
    return Made(feed, token)


@transaction.atomic
def choose_scope(*, by: Membership, scope: str) -> None:
    """What is in the calendar; its address stays, and what leaves it is canceled there. Raises `ValidationError`."""
    _checked(by, scope)
    if not CalendarFeed.objects.filter(organisation=by.organisation_id, membership=by).update(scope=scope):
        raise ValidationError(_("There is no calendar address yet."))


@transaction.atomic
def withdraw_feed(*, by: Membership) -> None:
    """Nothing is found at its address any more. Safe to repeat."""
    feed = feed_of(by)
    if feed is not None:
        feed.delete()
        note("plan.calendar-withdrawn", by=by)


def _checked(by: Membership, scope: str) -> None:
    if scope not in CalendarFeed.Scope.values:
        raise ValidationError({"scope": _("Choose what is in the calendar.")})
    may_have_feed(by, scope).enforce()


@transaction.atomic
def read_feed(feed: CalendarFeed) -> tuple[list[Now], Telling]:
    """What is in it now and what it tells of that, written down where something has changed. Three queries where not."""
    feed.membership.organisation = feed.organisation
    now = clock.now()
    dates = dates_in(seat_of(feed.membership), feed.scope)
    telling = follow(told_in(feed), [each.live for each in dates], since=oldest_day(), now=now)
    here = {"organisation_id": feed.organisation_id, "feed_id": feed.pk}
    FeedEntry.objects.bulk_create(
        [
            FeedEntry(
                **here,
                subject_id=each.id,
                day=each.day,
                title=each.title,
                sequence=each.sequence,
                at=each.at,
                canceled_at=each.canceled_at,
            )
            for each in telling.changed
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["organisation", "feed", "subject_id"],
        update_fields=["day", "title", "sequence", "at", "canceled_at"],
    )
    if telling.forgotten:
        FeedEntry.objects.filter(**here, subject_id__in=telling.forgotten).delete()
    seldom = Q(read_at__isnull=True) | Q(read_at__lt=now - NOTED_EACH)
    if feed.read_at is None or feed.read_at < now - NOTED_EACH:
        CalendarFeed.objects.filter(seldom, pk=feed.pk).update(read_at=now)
    return dates, telling


def forget_feeds() -> int:
    """Calendars of people who have left go, so that an address of then opens nothing should they come back."""
    gone, _by_kind = CalendarFeed.objects.filter(membership__left_at__isnull=False).delete()
    return gone
