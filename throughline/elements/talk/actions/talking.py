"""Verbs of conversations about an element."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.elements.models import About, Element, Mention, Remark, Thread, ThreadState
from throughline.elements.policy import may_comment
from throughline.elements.queries import part_of
from throughline.elements.talk.mentions import call_by_name
from throughline.elements.talk.moving import move_up
from throughline.elements.talk.passages import passage_from
from throughline.elements.talk.policy import may_change_remark, may_settle
from throughline.elements.talk.queries import waiting_mentions
from throughline.kit import clock
from throughline.kit.text import clean_text
from throughline.schools.log import note
from throughline.schools.models import Membership

LONGEST = 4_000


@transaction.atomic
def begin_thread(
    *,
    element: Element,
    text: str,
    by: Membership,
    passage: tuple[int, int, int] | None = None,
    section: str = "",
) -> Thread:
    """Say something about a passage (from, to, version), a section of the outline, or the whole element."""
    may_comment(part_of(element, by)).enforce()
    said = _words(text)
    element = Element.objects.get(pk=element.pk, organisation_id=by.organisation_id)
    if section and section not in {each.get("key") for each in element.outline}:
        raise ValidationError({"section": _("This element has no such section.")})
    thread = Thread(organisation_id=by.organisation_id, element=element, begun_by=by)
    thread.about = About.SECTION if section else About.WHOLE
    thread.section = section
    if passage is not None:
        place, thread.words = passage_from(element, *passage)
        thread.about, thread.section = About.PASSAGE, ""
        thread.start, thread.end = place.start, place.end
    thread.version = element.head
    thread.save(force_insert=True)
    _say(thread, said, by)
    move_up(element)
    note("element.commented", by=by, subject=element, title=element.title)
    return thread


@transaction.atomic
def reply(*, thread: Thread, text: str, by: Membership) -> Remark:
    """Answer in a conversation; what called whoever answers no longer waits for them."""
    held = _held(thread, by)
    may_comment(part_of(held.element, by)).enforce()
    remark = _say(held, _words(text), by)
    waiting_mentions(held, by).update(read_at=clock.now())
    note("element.answered", by=by, subject=held.element, title=held.element.title)
    return remark


@transaction.atomic
def edit_remark(*, remark: Remark, text: str, by: Membership) -> Remark:
    """Say one's own remark in other words; whoever is newly mentioned hears of it."""
    held = _held_remark(remark, by)
    held.text, held.edited_at = _words(text), clock.now()
    held.save(update_fields=["text", "edited_at"])
    call_by_name(held, held.thread, held.thread.element)
    element = held.thread.element
    note("element.remark-edited", by=by, subject=element, title=element.title)
    return held


@transaction.atomic
def remove_remark(*, remark: Remark, by: Membership) -> None:
    """Take one's own words away; that something was said stays visible."""
    held = _held_remark(remark, by)
    held.text, held.removed_at = "", clock.now()
    held.save(update_fields=["text", "removed_at"])
    Mention.objects.filter(organisation_id=held.organisation_id, remark=held).delete()
    element = held.thread.element
    note("element.remark-removed", by=by, subject=element, title=element.title)


@transaction.atomic
def resolve(*, thread: Thread, by: Membership) -> None:
    """Say that a conversation is done. A suggestion that is taken back by its author is resolved too."""
    held = _held(thread, by)
    may_settle(part_of(held.element, by), held).enforce()
    settle(held, ThreadState.RESOLVED, by)
    note("element.thread-resolved", by=by, subject=held.element, title=held.element.title)


@transaction.atomic
def reopen(*, thread: Thread, by: Membership) -> None:
    """Take a conversation up again. What became of a suggestion stays as it is."""
    held = _held(thread, by)
    may_settle(part_of(held.element, by), held).enforce()
    if held.state not in (ThreadState.RESOLVED, ThreadState.REFUSED):
        raise ValidationError(_("This is not closed, or its words stand in the text already."))
    held.state, held.settled_by, held.settled_at, held.reason = ThreadState.OPEN, None, None, ""
    held.save(update_fields=["state", "settled_by", "settled_at", "reason"])
    note("element.thread-reopened", by=by, subject=held.element, title=held.element.title)


@transaction.atomic
def read_mentions(*, thread: Thread, by: Membership) -> None:
    """Say that one has read what calls one by name here: it no longer waits."""
    held = _held(thread, by)
    waiting_mentions(held, by).update(read_at=clock.now())


def settle(held: Thread, state: str, who: Membership, reason: str = "") -> None:
    """Write down what became of a thread that is open; raises `ValidationError` when it is not."""
    if not held.is_open:
        raise ValidationError(_("Somebody has settled this already."))
    held.state, held.settled_by, held.settled_at, held.reason = state, who, clock.now(), reason
    held.save(update_fields=["state", "settled_by", "settled_at", "reason"])


def _words(text: str) -> str:
    said = clean_text(text)
    if not said:
        raise ValidationError({"text": _("Write something first.")})
    if len(said) > LONGEST:
        raise ValidationError({"text": _("Write 4,000 characters at most.")})
    return said


def _say(thread: Thread, text: str, by: Membership) -> Remark:
    remark = Remark.objects.create(organisation_id=by.organisation_id, thread=thread, by=by, text=text)
    call_by_name(remark, thread, thread.element)
    return remark


def _held(thread: Thread, by: Membership) -> Thread:
    """The thread for whoever acts in its organisation, kept from others until the end."""
    Thread.objects.select_for_update().get(pk=thread.pk, organisation_id=by.organisation_id)
    return Thread.objects.select_related("element").get(pk=thread.pk)


def _held_remark(remark: Remark, by: Membership) -> Remark:
    Remark.objects.select_for_update().get(pk=remark.pk, organisation_id=by.organisation_id)
    held = Remark.objects.select_related("thread__element").get(pk=remark.pk)
    may_change_remark(part_of(held.thread.element, by), held).enforce()
    if held.removed_at:
        raise ValidationError(_("This was removed already."))
    return held
