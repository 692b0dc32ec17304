"""What somebody has taken on, how they want to hear of it, the links of their letters, letters that did not arrive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from throughline.activity.actions import NOWHERE
from throughline.activity.models import OutgoingMail
from throughline.kit import clock
from throughline.plans.coming.days import is_mentioned
from throughline.plans.coming.queries import coming_for
from throughline.plans.models import OPEN_STATES, Action, Cycle, DoneLink, Helper, Policy, Reminder, Waits
from throughline.plans.policy import mine
from throughline.plans.reminders.rules import SOON, Digest, Mine, among, sorted_out
from throughline.schools.models import Membership, Organisation
from throughline.schools.tenant import Seat, is_there

LETTER = "plan-digest:"
MOST_LETTERS = 200
# A link that was used still says so for a while, to whoever comes back to its page.
THANKS_FOR = timedelta(minutes=15)


def reminder_of(member: Membership) -> Reminder:
    """How this member wants to hear of it; as everybody begins, not saved, until they have chosen or were written to."""
    found = Reminder.objects.filter(organisation=member.organisation_id, membership=member).first()
    return found or Reminder(organisation_id=member.organisation_id, membership=member)


def open_actions(seat: Seat) -> list[Mine]:
    """What they own or help with and is not done, with who waits for it. Two queries."""
    rows = list(
        Action.objects.filter(mine(seat), organisation=seat.organisation, state__in=OPEN_STATES).values_list(
            "id", "title", "due_on", "owner_id"
        )
    )
    waiting = among(_waiting(seat, [key for key, *_more in rows]))
    me = seat.membership.pk
    return [Mine(key, title, due, owner == me, waiting.get(key, ())) for key, title, due, owner in rows]


def _waiting(seat: Seat, keys: Sequence[UUID]) -> QuerySet[Any, tuple[UUID, str]]:
    return (
        Waits.objects.filter(organisation=seat.organisation, on__in=keys, action__state__in=OPEN_STATES)
        .exclude(action__owner=seat.membership)
        .exclude(action__owner=None)
        .order_by("action__due_on", "action_id")
        .values_list("on_id", "action__owner__name")
    )


def digest_of(held: Reminder, seat: Seat, actions: list[Mine], *, known: Sequence[str]) -> Digest:
    """What a letter would say now of these, to somebody who knows of some of them, and what else comes. One query."""
    today = clock.today()
    digest = sorted_out(actions, known=known, today=today, rhythm=held.rhythm)
    until = today + SOON[held.rhythm]
    digest.dates = [
        each for each in coming_for(seat, since=date.min, until=until) if is_mentioned(each, today)
    ]
    return digest


def members_to_begin() -> QuerySet[Membership]:
    """Members who have taken something on, or look after something that has a day, and were never asked how they want to hear of it."""
    there = {"organisation": OuterRef("organisation")}
    owns = Action.objects.filter(**there, owner=OuterRef("pk"), state__in=OPEN_STATES)
    helps = Helper.objects.filter(**there, membership=OuterRef("pk"), action__state__in=OPEN_STATES)
    policies = Policy.objects.filter(**there, owner=OuterRef("pk"), review_on__isnull=False)
    cycles = Cycle.objects.filter(
        **there, test__owner=OuterRef("pk"), begun_at__isnull=False, ended_on__isnull=True
    )
    return Membership.objects.filter(
        is_there(),
        Exists(owns)
        | Exists(helps)
        | Exists(policies.exclude(state=Policy.State.ENDED))
        | Exists(cycles.filter(ends_on__isnull=False)),
        ~Exists(Reminder.objects.filter(**there, membership=OuterRef("pk"))),
        joined_at__isnull=False,
        left_at__isnull=True,
    ).select_related("person", "organisation")


def open_links() -> QuerySet[DoneLink]:
    """Links that still do something: not used or over, of an action that is open and still their member’s own."""
    return DoneLink.objects.filter(
        is_there(),
        used_at__isnull=True,
        expires_at__gt=clock.now(),
        membership__joined_at__isnull=False,
        membership__left_at__isnull=True,
        membership__person__is_active=True,
        action__owner=F("membership"),
        action__state__in=OPEN_STATES,
    ).select_related("membership__person", "action", "organisation")


def link_to_show(token_hash: str) -> DoneLink | None:
    """A link that still does something, or was used by its owner a moment ago. One query, two where there is none."""
    found = open_links().filter(token_hash=token_hash).first()
    if found is None:
        lately = DoneLink.objects.filter(
            is_there(),
            token_hash=token_hash,
            used_at__gt=clock.now() - THANKS_FOR,
            membership__left_at__isnull=True,
        )
        found = lately.select_related("membership__person", "action", "organisation").first()
    if found is not None:
        found.membership.organisation = found.organisation
    return found


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A letter about the plan that has not arrived: to whom and since when, never what it says."""

    name: str
    since: datetime
    attempts: int
    next_at: datetime | None
    said: str


def undelivered(organisation: Organisation) -> list[Undelivered]:
    """The letters of this organisation's plan that were tried in vain, newest first. Two queries."""
    rows = list(
        OutgoingMail.objects.filter(
            Q(attempts__gt=0) | Q(given_up_at__isnull=False),
            organisation_id=organisation.pk,
            key__startswith=LETTER,
            sent_at__isnull=True,
        )
        .exclude(to__iendswith=NOWHERE)
        .order_by("-created_at")[:MOST_LETTERS]
    )
    names = dict(
        Membership.objects.filter(
            organisation=organisation, person__email__in={row.to for row in rows}
        ).values_list("person__email", "name")
    )
    return [
        Undelivered(
            name=names.get(row.to, row.to),
            since=row.created_at,
            attempts=row.attempts,
            next_at=None if row.given_up_at else row.due_at,
            said=row.last_error,
        )
        for row in rows
    ]
