"""Letters that tell a member of what they have taken on: one for each time that they chose, and none without content."""

import logging
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.activity.actions import queue_mail
from throughline.activity.mail import letters_go_out
from throughline.activity.models import OutgoingMail
from throughline.kit import clock
from throughline.plans.coming.days import Coming
from throughline.plans.coming.words import line_in_letter, page_of
from throughline.plans.models import Reminder
from throughline.plans.readers import as_read_by
from throughline.plans.reminders.actions import make_done_link, quiet_of, set_next
from throughline.plans.reminders.links import stop_token, whole
from throughline.plans.reminders.queries import LETTER, digest_of, members_to_begin, open_actions
from throughline.plans.reminders.rules import Digest, Mine
from throughline.plans.shortcuts import page_for
from throughline.schools.models import Membership
from throughline.schools.tenant import is_there, seat_of
from throughline.ui.times import day_in_words

log = logging.getLogger(__name__)
MOST_IN_A_PART = 20


def begin_reminding() -> int:
    """Whoever has taken something on is written to once a week until they choose otherwise."""
    if not letters_go_out():
        return 0
    begun = []
    for member in members_to_begin():
        held = Reminder(organisation_id=member.organisation_id, membership=member)
        set_next(held, member)
        begun.append(held)
    Reminder.objects.bulk_create(begun, ignore_conflicts=True)
    return len(begun)


def send_digests() -> int:
    """Queue the letters whose time has come, each once; how many. One that fails does not keep the others."""
    if not letters_go_out():
        return 0
    due = list(
        Reminder.objects.filter(is_there(), next_at__lte=clock.now())
        .order_by("next_at")
        .values_list("pk", flat=True)
    )
    sent, failed = 0, 0
    for key in due:
        try:
            sent += _send(key)
        except Exception:
            log.exception("A reminder could not be written")
            failed += 1
    if failed:  # so that the doctor tells of it
        raise RuntimeError(f"{failed} reminders could not be written; the log says why.")
    return sent


@transaction.atomic
def _send(key: UUID) -> bool:
    due = Reminder.objects.select_for_update(of=("self",)).filter(pk=key, next_at__lte=clock.now())
    held = due.select_related("membership__person", "organisation").first()
    if held is None or held.next_at is None:
        return False
    member, slot = held.membership, held.next_at
    member.organisation = held.organisation
    set_next(held, member)
    queued = member.is_active and member.person.is_active and _queue(held, member, slot)
    held.save()
    return bool(queued)


def _queue(held: Reminder, member: Membership, slot: datetime) -> bool:
    known = _arrived(held)
    with as_read_by(member):
        seat = seat_of(member)
        actions = open_actions(seat)
        digest = digest_of(held, seat, actions, known=known)
        if not digest:
            return False
        key = f"{LETTER}{held.pk}:{slot:%Y-%m-%dT%H}"
        stop = whole("no-mail", token=stop_token(held))
        queue_mail(
            key=key,
            to=member.person.email,
            subject=subject_of(digest, member),
            body=_body(held, digest, member, stop),
            organisation_id=held.organisation_id,
            unsubscribe=stop,
            quiet=quiet_of(held, member),
        )
    held.last_key, held.known_before = key, list(known)
    held.known = [str(each.id) for each in actions]
    return True


def _arrived(held: Reminder) -> list[str]:
    """The actions that they know of: of a letter that was given up they know nothing."""
    lost = OutgoingMail.objects.filter(key=held.last_key, given_up_at__isnull=False)
    known: list[str] = held.known_before if held.last_key and lost.exists() else held.known
    return known


def subject_of(digest: Digest, member: Membership) -> str:
    """What matters most, in the words of whoever reads."""
    known = {"school": member.organisation.name}
    if number := len(digest.overdue):
        said = ngettext(
            "%(n)d action is overdue: %(school)s", "%(n)d actions are overdue: %(school)s", number
        )
        return said % {"n": number, **known}
    if number := len(digest.soon):
        said = ngettext(
            "%(n)d action is due soon: %(school)s", "%(n)d actions are due soon: %(school)s", number
        )
        return said % {"n": number, **known}
    if not (digest.awaited or digest.new):
        return _("To look at again: %(school)s") % known
    return _("What you have taken on: %(school)s") % known


def parts_of(digest: Digest) -> list[tuple[str, Sequence[Mine | Coming]]]:
    """The parts that have something in them, with their headings."""
    parts: list[tuple[str, Sequence[Mine | Coming]]] = [
        (_("Overdue"), digest.overdue),
        (_("Due soon"), digest.soon),
        (_("Others wait for this"), digest.awaited),
        (_("New for you"), digest.new),
        (_("To look at again"), digest.dates),
    ]
    return [(words, actions) for words, actions in parts if actions]


def line_of(each: Mine | Coming) -> str:
    """One action, with its day and who waits for it; or what is to be looked at again."""
    if isinstance(each, Coming):
        return line_in_letter(each)
    known = {"title": each.title, "names": ", ".join(each.waiting)}
    if each.due_on is None:
        return _("%(title)s (%(names)s waiting)") % known if each.waiting else each.title
    known["day"] = day_in_words(each.due_on)
    if each.waiting:
        return _("%(title)s, due %(day)s (%(names)s waiting)") % known
    return _("%(title)s, due %(day)s") % known


def _body(held: Reminder, digest: Digest, member: Membership, stop: str) -> str:
    school = {"school": member.organisation.name}
    text = [
        _("Hello %(name)s,") % {"name": member.name},
        _("This is what you have taken on in the plan of %(school)s.") % school,
    ]
    for words, actions in parts_of(digest):
        lines = [words.upper()]
        for each in actions[:MOST_IN_A_PART]:
            lines.append(f"- {line_of(each)}")
            if isinstance(each, Coming):
                lines.append(f"  {settings.SITE_ADDRESS}{page_of(each, member.organisation.slug)}")
            elif each.owned:
                link = whole("done-link", token=make_done_link(held, each.id))
                lines.append("  " + _("Done? Say so here: %(link)s") % {"link": link})
        if len(actions) > MOST_IN_A_PART:
            more = len(actions) - MOST_IN_A_PART
            lines.append(ngettext("… and %(n)d more", "… and %(n)d more", more) % {"n": more})
        text.append("\n".join(lines))
    text.append(_("All of it: %(link)s") % {"link": settings.SITE_ADDRESS + page_for(seat_of(member))})
    text.append(
        _(
            "The links are yours alone: please don’t pass this email on. “Done” asks once more before it does anything."
        )
    )
    settings_page = whole("reminders", school=member.organisation.slug)
    text.append(
        _("How often you get this email: %(page)s\nNo more of these emails: %(stop)s")
        % {"page": settings_page, "stop": stop}
    )
    return "\n\n".join(text) + "\n"
