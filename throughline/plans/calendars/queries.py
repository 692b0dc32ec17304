"""Who holds a calendar's address, and what is in their calendar now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from throughline.kit import clock
from throughline.plans.calendars.following import Live, Told
from throughline.plans.coming.days import DONE, DROPPED, Coming
from throughline.plans.coming.queries import coming_in
from throughline.plans.models import Action, CalendarFeed, FeedEntry, Goal
from throughline.plans.policy import may_see_plan, mine
from throughline.schools.models import Membership, hash_of
from throughline.schools.tenant import Seat, is_there

BACK = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Now:
    """Something in the calendar: its date, and what its words are made of. `coming` where it is no action."""

    live: Live
    done: bool = False
    is_goal: bool = False
    coming: Coming | None = None
    goal: str = ""
    owner: str = ""
    done_when: str = ""


def feed_of(member: Membership) -> CalendarFeed | None:
    """The calendar of this member, if they have one. One query."""
    return CalendarFeed.objects.filter(organisation=member.organisation_id, membership=member).first()


def feed_by_token(token: str) -> CalendarFeed | None:
    """The calendar at this address, as long as its owner belongs to the organisation. One query."""
    there = Q(membership__joined_at__isnull=False, membership__left_at__isnull=True)
    return (
        CalendarFeed.objects.filter(
            is_there(), there, token_hash=hash_of(token), membership__person__is_active=True
        )
        .select_related("membership__person", "organisation")
        .first()
    )


def oldest_day() -> date:
    """What was due before this day is in no calendar any more."""
    return clock.today() - BACK


def dates_in(seat: Seat, scope: str) -> list[Now]:
    """What is in a calendar now, by date: the whole plan for those who see it, otherwise what is theirs."""
    if scope == CalendarFeed.Scope.ALL and may_see_plan(seat):
        found = [*_actions(seat, Q()), *_goals(seat), *_others(seat, whole=True)]
    else:
        found = [*_actions(seat, mine(seat)), *_others(seat, whole=False)]
    return sorted(found, key=lambda each: (each.live.day, each.live.id))


def _actions(seat: Seat, whose: Q) -> Iterable[Now]:
    rows = Action.objects.filter(whose, organisation=seat.organisation, due_on__gte=oldest_day()).values_list(
        "id", "due_on", "title", "version", "changed_at", "state", "goal__title", "owner__name", "done_when"
    )
    for key, day, title, version, at, state, goal, owner, done_when in rows:
        assert day is not None
        live = Live(key, day, title, version, at, dropped=state == Action.State.DROPPED)
        done = state == Action.State.DONE
        yield Now(live, done=done, goal=goal or "", owner=owner or "", done_when=done_when)


def _goals(seat: Seat) -> Iterable[Now]:
    rows = Goal.objects.filter(organisation=seat.organisation, by_when__gte=oldest_day()).values_list(
        "id", "by_when", "title", "version", "made_at", "state"
    )
    for key, day, title, version, at, state in rows:
        assert day is not None
        live = Live(key, day, title, version, at, dropped=state == Goal.State.DROPPED)
        yield Now(live, done=state == Goal.State.REACHED, is_goal=True)


def _others(seat: Seat, *, whole: bool) -> Iterable[Now]:
    for each in coming_in(seat, since=oldest_day(), whole=whole):
        at = each.at or clock.now()  # asked for once: from then on the calendar knows when it told
        live = Live(each.id, each.day, each.title, each.version, at, dropped=each.over == DROPPED)
        yield Now(live, done=each.over == DONE, coming=each)


def told_in(feed: CalendarFeed) -> dict[UUID, Told]:
    """What this calendar told last. One query."""
    rows = FeedEntry.objects.filter(organisation=feed.organisation_id, feed=feed).values_list(
        "subject_id", "day", "title", "sequence", "at", "canceled_at"
    )
    return {row[0]: Told(*row) for row in rows}
