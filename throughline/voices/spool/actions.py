"""Writing an answer, handing it in, and letting answers go in company. docs/decisions/0052.

Nobody is asked who they are, and nothing of this is recorded in any log. A token finds a draft, a code is spent; no row
and no call ties the two for longer than the transaction in which an answer is handed in.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.voices.locks import held, share, share_by_draft
from throughline.voices.models import Asked, Draft, HeldAnswer, HeldWords, Question, Spent, Way
from throughline.voices.policy import may_run
from throughline.voices.queries import part_of
from throughline.voices.spool.content import is_empty, with_more
from throughline.voices.spool.marks import clean_code, new_token, token_hash
from throughline.voices.spool.outcomes import Outcome, Unsaved
from throughline.voices.spool.queries import asks_of, slip_of
from throughline.voices.spool.times import can_begin, can_go_on


@transaction.atomic
def begin_draft(asked: Asked) -> str:
    """Begin an answer in a block that is drawn; the token that finds it again. Raises `Unsaved` unless it is open."""
    share(asked.listening_id)
    asked = Asked.objects.select_related("listening").get(pk=asked.pk)
    if not can_begin(asked.listening, clock.today()):
        raise Unsaved(Outcome.CLOSED)
    token = new_token()
    Draft.objects.create(
        organisation_id=asked.organisation_id,
        asked=asked,
        token_hash=token_hash(token),
        block=secrets.randbelow(max(1, asked.blocks)) + 1,
    )
    return token


@transaction.atomic
def save_draft(
    token: str,
    *,
    steps: Mapping[str, int | None],
    background: Mapping[str, str],
    words: Mapping[str, str],
) -> Draft:
    """Write down what one page says. What is not named stays as it was, so that pages in two tabs go together, and a page
    that is sent twice or late changes its own questions only. None and "" take an answer back.

    Raises `Unsaved`, and `ValidationError` for what does not fit (a dict by the code of the question where one is to blame).
    """
    draft = _held_draft(token)
    content = with_more(
        draft.content,
        asks_of(draft.asked, draft.block),
        steps=steps,
        background=background,
        words=words,
    )
    if content != draft.content or draft.on != clock.today():
        draft.content, draft.on = content, clock.today()
        draft.version += 1
        draft.save(update_fields=["content", "on", "version"])
    return draft


@transaction.atomic
def withdraw_draft(token: str) -> bool:
    """Throw away what was written and not handed in; whether there was something. Never touches an answer."""
    gone, _each = Draft.objects.filter(token_hash=token_hash(token), handed_in=False).delete()
    return gone > 0


@transaction.atomic
def hand_in(token: str, *, code: str = "", at_kiosk: bool = False) -> Outcome:
    """Hand in what was written: the code is spent, the draft emptied and the answer held, all or nothing.

    Twice does no harm: the second call finds it handed in. Where a group answers by code only, nothing is taken without
    one, unless the caller has seen to it that this is the school's own tablet.
    """
    try:
        draft = _held_draft(token)
    except Unsaved as why:
        return why.outcome
    if is_empty(draft.content):
        return Outcome.EMPTY
    asked = draft.asked
    if clean_code(code):
        spent = _spend(asked, code)
        if spent != Outcome.OK:
            return spent
    elif not (asked.by_link or at_kiosk):
        return Outcome.UNKNOWN_CODE
    _hold(asked, Way.CODE if clean_code(code) else Way.LINK, draft.content)
    draft.content, draft.handed_in = {}, True
    draft.save(update_fields=["content", "handed_in"])
    return Outcome.OK


@transaction.atomic
def key_in_answer(
    asked: Asked,
    *,
    steps: Mapping[str, int | None],
    background: Mapping[str, str],
    words: Mapping[str, str],
    by: Membership,
) -> None:
    """Type in what one person answered on paper. Nothing of who typed it, or when, is kept. Raises `ValidationError`."""
    share(asked.listening_id)
    listening = held(asked.listening, by)
    may_run(part_of(listening, by)).enforce()
    if not can_go_on(listening, clock.now()):
        raise ValidationError(_("This listening takes no answers now."))
    asked.listening = listening
    content = with_more({}, asks_of(asked, None), steps=steps, background=background, words=words)
    if is_empty(content):
        raise ValidationError(_("Nothing was answered on this sheet."))
    _hold(asked, Way.PAPER, content)


def drop_old_drafts() -> int:
    """Let go of drafts a day after their last writing, and of what is left of those that were handed in."""
    gone, _each = Draft.objects.filter(on__lt=clock.today() - timedelta(days=1)).delete()
    return gone


def _held_draft(token: str) -> Draft:
    """The draft, held until the end of the transaction. Raises `Unsaved` when nothing can be done with it."""
    kept = token_hash(token)
    share_by_draft(kept)
    found = Draft.objects.select_for_update(of=("self",)).select_related("asked__listening")
    draft = found.filter(token_hash=kept).first()
    if draft is None:
        raise Unsaved(Outcome.GONE)
    if draft.handed_in:
        raise Unsaved(Outcome.ALREADY)
    if not can_go_on(draft.asked.listening, clock.now()):
        raise Unsaved(Outcome.CLOSED)
    return draft


def _spend(asked: Asked, code: str) -> Outcome:
    slip = slip_of(code)
    if slip is None or slip.asked_id != asked.pk:
        return Outcome.UNKNOWN_CODE
    # Not refused by the database: PostgreSQL would write the refused row, and when that was, into its own log.
    spent = Spent(
        organisation_id=asked.organisation_id, listening_id=asked.listening_id, code_hash=slip.code_hash
    )
    Spent.objects.bulk_create([spent], ignore_conflicts=True)
    if not Spent.objects.filter(organisation=asked.organisation_id, pk=spent.pk).exists():
        return Outcome.SPENT_CODE
    return Outcome.OK


def _hold(asked: Asked, way: Way, content: Mapping[str, Any]) -> None:
    """Hold an answer, its words parted from it."""
    here = {"organisation_id": asked.organisation_id}
    kept = {"steps": content["steps"], "background": content["background"]}
    HeldAnswer.objects.create(asked=asked, way=way, content=kept, **here)
    words = content["words"]
    if words:
        ids: dict[str, UUID] = dict(
            Question.objects.filter(asked=asked, code__in=words, **here).values_list("code", "pk")
        )
        HeldWords.objects.bulk_create(
            HeldWords(question_id=ids[code], text=text, **here) for code, text in words.items()
        )
