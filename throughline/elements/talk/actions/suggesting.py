"""Verbs of suggestions: other words for a passage, which those who write accept or refuse."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.elements.editing.actions import Meanwhile, replace_text
from throughline.elements.editing.lines import line_at
from throughline.elements.editing.queries import text_at
from throughline.elements.models import About, ChangeKind, Element, Remark, Thread, ThreadState
from throughline.elements.policy import may_comment, may_write
from throughline.elements.queries import part_of
from throughline.elements.talk.actions.talking import LONGEST, settle
from throughline.elements.talk.anchors import Passage
from throughline.elements.talk.mentions import call_by_name
from throughline.elements.talk.moving import move_up
from throughline.elements.talk.passages import (
    good_inline,
    in_one_paragraph,
    inline_of,
    passage_from,
    with_words,
)
from throughline.elements.talk.queries import found_again, places_now, words_of
from throughline.elements.writing.places import readable
from throughline.kit.text import clean_line, clean_text
from throughline.schools.log import note
from throughline.schools.models import Membership

TRIES = 3


class PassageChanged(ValidationError):
    """What a suggestion is about says something else by now: `then` and `now` are both versions. Nothing was changed."""

    def __init__(self, then: str, now: str) -> None:
        super().__init__(
            _("This passage was changed after the suggestion was made. Compare both before you decide.")
            if now
            else _("The passage that this suggestion is about was removed from the text.")
        )
        self.then, self.now = then, now


@transaction.atomic
def suggest(
    *,
    element: Element,
    passage: tuple[int, int, int],
    by: Membership,
    words: str = "",
    proposed: list[dict[str, Any]] | None = None,
    text: str = "",
) -> Thread:
    """Suggest other words for a passage (from, to, version) of one paragraph: `words`, or `proposed` as inline content.

    No words at all suggest to leave the passage out. `text` says why.
    """
    may_comment(part_of(element, by)).enforce()
    element = Element.objects.get(pk=element.pk, organisation_id=by.organisation_id)
    place, was = passage_from(element, *passage)
    now = text_at(element)
    line = line_at(element, now.version).line
    in_one_paragraph(line, place)
    if proposed is None:
        new = inline_of(element, now.document, place, clean_line(words))
    else:
        new = good_inline(proposed)
    if len(words_of(new)) > LONGEST or len(clean_text(text)) > LONGEST:
        raise ValidationError({"words": _("Write 4,000 characters at most.")})
    if with_words(now.document, place, new) == now.document or (proposed is None and words_of(new) == was):
        raise ValidationError({"words": _("These are the same words. Change something first.")})
    thread = Thread.objects.create(
        organisation_id=by.organisation_id,
        element=element,
        about=About.PASSAGE,
        start=place.start,
        end=place.end,
        version=element.head,
        words=was,
        proposed=new,
        begun_by=by,
    )
    remark = Remark.objects.create(
        organisation_id=by.organisation_id, thread=thread, by=by, text=clean_text(text)
    )
    call_by_name(remark, thread, element)
    move_up(element)
    note("element.suggested", by=by, subject=element, title=element.title)
    return thread


@transaction.atomic
def accept_suggestion(*, thread: Thread, by: Membership, over: str = "") -> int:
    """Put the suggested words into the text as their author's change; the version that it now has.

    Raises `PassageChanged` when the passage says something else than when the suggestion was made, unless `over` is
    exactly what it says now: whoever accepts has seen it.
    """
    held = _held(thread, by)
    for again in reversed(range(TRIES)):
        place, now = _passage_now(held)
        if place.gone or now not in (held.words, over or held.words):
            raise PassageChanged(held.words, "" if place.gone else now)
        text = text_at(held.element)
        try:
            version = replace_text(
                element=held.element,
                document=with_words(text.document, place, held.proposed or []),
                seen=text.version,
                by=by,
                kind=ChangeKind.SUGGESTED,
                author=held.begun_by,
            )
        except Meanwhile:
            if not again:
                raise
        else:
            break
    settle(held, ThreadState.ACCEPTED, by)
    note("element.suggestion-accepted", by=by, subject=held.element, title=held.element.title)
    return version


@transaction.atomic
def refuse_suggestion(*, thread: Thread, reason: str, by: Membership) -> None:
    """Leave the text as it is, and say why to whoever suggested something."""
    held = _held(thread, by)
    why = clean_text(reason)
    if not why:
        raise ValidationError({"reason": _("Say why, so that whoever suggested it understands.")})
    if len(why) > LONGEST:
        raise ValidationError({"reason": _("Write 4,000 characters at most.")})
    settle(held, ThreadState.REFUSED, by, why)
    note("element.suggestion-refused", by=by, subject=held.element, title=held.element.title)


def _held(thread: Thread, by: Membership) -> Thread:
    Thread.objects.select_for_update().get(pk=thread.pk, organisation_id=by.organisation_id)
    held = Thread.objects.select_related("element", "begun_by").get(pk=thread.pk)
    may_write(part_of(held.element, by)).enforce()
    if not held.suggests or not held.is_open:
        raise ValidationError(_("Somebody has settled this already."))
    return held


def _passage_now(held: Thread) -> tuple[Passage, str]:
    """Where the passage stands in the newest text, and what it says there."""
    held.element.refresh_from_db(fields=["head"])
    line = line_at(held.element, held.element.head).line
    [place] = places_now(held.element, [held])
    place = found_again(held, place, line)
    return place, readable(line[place.start : place.end])
