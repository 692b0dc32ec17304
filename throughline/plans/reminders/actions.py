"""Choosing how one is reminded, stopping it, and saying from a letter that something is done."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from throughline.activity.actions import change_quiet
from throughline.kit import clock
from throughline.kit.quiet import Quiet
from throughline.people.models import Person
from throughline.plans.doing.actions import change_state
from throughline.plans.models import Action, DoneLink, Reminder
from throughline.plans.readers import as_read_by, zone_for
from throughline.plans.reminders.policy import may_choose_reminders
from throughline.plans.reminders.queries import LETTER, THANKS_FOR, open_links, reminder_of
from throughline.plans.reminders.rules import APART, next_moment
from throughline.schools.models import Membership, Organisation, hash_of, new_token

LINK_LIVES = timedelta(days=14)


@transaction.atomic
def choose_reminders(
    *,
    by: Membership,
    rhythm: str,
    weekday: int = 0,
    hour: int = 7,
    quiet_from: int | None = None,
    quiet_until: int | None = None,
) -> Reminder:
    """How often a member is written to, when, and when never, in their own time zone. Raises `ValidationError`."""
    may_choose_reminders(by).enforce()
    errors = {}
    if rhythm not in Reminder.Rhythm.values:
        errors["rhythm"] = _("Choose how often.")
    if weekday not in range(7):
        errors["weekday"] = _("Choose a day.")
    hours = (hour, *(each for each in (quiet_from, quiet_until) if each is not None))
    if any(each not in range(24) for each in hours):
        errors["hour"] = _("Choose an hour.")
    if (quiet_from is None) != (quiet_until is None) or (
        quiet_from is not None and quiet_from == quiet_until
    ):
        errors["quiet_until"] = _("Choose when quiet hours begin and when they end, or neither.")
    elif quiet_from is not None and quiet_until is not None and Quiet(quiet_from, quiet_until, "").has(hour):
        errors["hour"] = _("This hour lies in your quiet hours.")
    if errors:
        raise ValidationError(errors)
    held = reminder_of(by)
    held.rhythm, held.weekday, held.hour = rhythm, weekday, hour
    held.quiet_from, held.quiet_until = quiet_from, quiet_until
    set_next(held, by)
    held.save()
    change_quiet(begins=_letters_of(held), quiet=quiet_of(held, by))
    return held


def set_next(held: Reminder, member: Membership, *, after: datetime | None = None) -> None:
    """When they are written to next, from now on or later. The caller saves."""
    zone, when = zone_for(member), after or clock.now()
    held.next_at = next_moment(held.rhythm, weekday=held.weekday, hour=held.hour, zone=zone, after=when)


def quiet_of(held: Reminder, member: Membership) -> Quiet | None:
    """Their quiet hours, if they have any."""
    if held.quiet_from is None or held.quiet_until is None:
        return None
    return Quiet(held.quiet_from, held.quiet_until, zone_for(member).key)


def _letters_of(held: Reminder) -> str:
    return f"{LETTER}{held.pk}:"


@transaction.atomic
def follow_clock(found: QuerySet[Reminder]) -> None:
    """The clock of these members has changed: letters come at their hour of the new one, and none in its quiet hours.

    Whoever was just written to is not written to again because the clock went back.
    """
    for held in found.select_for_update(of=("self",)).select_related("membership__person", "organisation"):
        member = held.membership
        member.organisation = held.organisation
        last = held.last_key.removeprefix(_letters_of(held))
        since = datetime.fromisoformat(f"{last}:00+00:00") + APART[held.rhythm] if last else clock.now()
        set_next(held, member, after=max(since, clock.now()))
        held.save(update_fields=["next_at"])
        change_quiet(begins=_letters_of(held), quiet=quiet_of(held, member))


def person_moved(person: Person) -> None:
    """All their reminders, wherever they belong."""
    follow_clock(Reminder.objects.filter(membership__person=person))


def organisation_moved(organisation: Organisation) -> None:
    """Those of members who have no time zone of their own."""
    follow_clock(Reminder.objects.filter(organisation=organisation, membership__person__time_zone=""))


@transaction.atomic
def withdraw_links(*, by: Membership) -> None:
    """No link of a letter sent so far does anything any more."""
    may_choose_reminders(by).enforce()
    DoneLink.objects.filter(organisation=by.organisation_id, membership=by).delete()
    Reminder.objects.filter(organisation=by.organisation_id, membership=by).update(stop_key=new_token())


def stop_letters(held: Reminder) -> None:
    """No more letters, in the name of whoever holds their link. Safe to repeat."""
    Reminder.objects.filter(organisation=held.organisation_id, pk=held.pk).update(
        rhythm=Reminder.Rhythm.NEVER, next_at=None
    )


def make_done_link(held: Reminder, action_id: UUID) -> str:
    """The secret by which this member says that this action of theirs is done."""
    token = new_token()
    DoneLink.objects.create(
        organisation_id=held.organisation_id,
        membership_id=held.membership_id,
        action_id=action_id,
        token_hash=hash_of(token),
        made_at=clock.now(),
        expires_at=clock.now() + LINK_LIVES,
    )
    return token


@transaction.atomic
def mark_done(token_hash: str, *, text: str = "") -> Action | None:
    """Mark an action as done in its owner's name; None when the link does nothing any more. Raises `ValidationError`."""
    link = open_links().select_for_update(of=("self",)).filter(token_hash=token_hash).first()
    if link is None:
        return None
    link.membership.organisation = link.organisation
    with as_read_by(link.membership):
        action = change_state(action=link.action, state=Action.State.DONE, by=link.membership, text=text)
    DoneLink.objects.filter(organisation=link.organisation_id, pk=link.pk).update(used_at=clock.now())
    return action


def forget_links() -> int:
    """Links that do nothing any more go, so that none comes to life again when an action or a member comes back."""
    lately = DoneLink.objects.filter(used_at__gt=clock.now() - THANKS_FOR)
    gone, _by_kind = (
        DoneLink.objects.exclude(pk__in=open_links().values("pk"))
        .exclude(pk__in=lately.values("pk"))
        .delete()
    )
    return gone
