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
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.kit.prepared import Text, prepared
from throughline.kit.rows import change, put
from throughline.schools.models import Membership
from throughline.voices.locks import held, share, share_by_draft
from throughline.voices.models import Asked, Draft, HeldAnswer, HeldWords, KeyedIn, Spent, Way
from throughline.voices.policy import may_run
from throughline.voices.queries import part_of
from throughline.voices.spool.content import Asks, Given, is_empty, with_more
from throughline.voices.spool.marks import clean_code, new_token, token_hash
from throughline.voices.spool.outcomes import Outcome, Unsaved
from throughline.voices.spool.queries import asks_of, slip_of
from throughline.voices.spool.times import can_begin, can_go_on


@transaction.atomic
def begin_draft(asked: Asked) -> str:
    """Begin an answer in a block that is drawn; the token that finds it again. Raises `Unsaved` unless it is open."""
    share(asked.listening_id)
    today = clock.today()
    found = _asked_now(asked.pk)
    if not found or not can_begin(found[0].listening, today):
        raise Unsaved(Outcome.CLOSED)
    token = new_token()
    put(
        Draft,
        {
            "id": opaque_id(),
            "organisation_id": asked.organisation_id,
            "asked_id": asked.pk,
            "token_hash": token_hash(token),
            "block": secrets.randbelow(max(1, found[0].blocks)) + 1,
            "content": {},
            "version": 0,
            "handed_in": False,
            "on": today,
        },
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
    asks = asks_of(draft.asked, draft.block)
    _keep(draft, with_more(draft.content, asks, steps=steps, background=background, words=words))
    return draft


@transaction.atomic
def withdraw_draft(token: str) -> bool:
    """Throw away what was written and not handed in; whether there was something. Never touches an answer."""
    gone, _each = Draft.objects.filter(token_hash=token_hash(token), handed_in=False).delete()
    return gone > 0


@transaction.atomic
def hand_in(token: str, *, code: str = "", at_kiosk: bool = False, last: Given | None = None) -> Outcome:
    """Hand in what was written: the code is spent, the draft emptied and the answer held, all or nothing.

    `last`: what the last page says, as in `save_draft`; where nothing is taken, it is kept in the draft. Twice does no
    harm: the second call finds it handed in. Where a group answers by code only, nothing is taken without one, unless the
    caller has seen to it that this is the school's own tablet. Raises `ValidationError` for what does not fit.
    """
    try:
        draft = _held_draft(token)
    except Unsaved as why:
        return why.outcome
    asks, content = asks_of(draft.asked, draft.block), draft.content
    if last:
        content = with_more(content, asks, steps=last.steps, background=last.background, words=last.words)
    outcome = _may_hand_in(draft.asked, content, code, at_kiosk=at_kiosk)
    if outcome != Outcome.OK:
        _keep(draft, content)
        return outcome
    _hold(draft.asked, asks, Way.CODE if clean_code(code) else Way.LINK, content)
    change(Draft, draft.pk, {"content": {}, "handed_in": True})
    return Outcome.OK


@transaction.atomic
def key_in_answer(
    asked: Asked,
    *,
    steps: Mapping[str, int | None],
    background: Mapping[str, str],
    words: Mapping[str, str],
    by: Membership,
    part: int | None = None,
    mark: str = "",
) -> bool:
    """Type in what one person answered on paper; whether it was taken now. Raises `ValidationError`.

    `part`: which part of the group's questions stood on the sheet; None where that is not known. `mark`: random words of
    the page on which it was typed; sent twice, they are found, and nothing is taken again. Of who typed it, only how many
    sheets on which day is kept, and nothing in any log.
    """
    share(asked.listening_id)
    listening = held(asked.listening, by)
    may_run(part_of(listening, by)).enforce()
    if mark and not _first_time(asked, mark):
        return False
    if not can_go_on(listening, clock.now()):
        raise ValidationError(_("This listening takes no answers now."))
    asked.listening = listening
    asks = asks_of(asked, part)
    content = with_more({}, asks, steps=steps, background=background, words=words)
    if is_empty(content):
        raise ValidationError(_("Nothing was answered on this sheet."))
    _hold(asked, asks, Way.LINK, content)
    _count_sheet(asked, by)
    return True


def drop_old_drafts() -> int:
    """Let go of drafts a day after their last writing, and of what is left of those that were handed in."""
    gone, _each = Draft.objects.filter(on__lt=clock.today() - timedelta(days=1)).delete()
    return gone


@prepared
def _asked_now(asked: UUID) -> QuerySet[Asked]:
    return Asked.objects.filter(pk=asked).select_related("listening")


@prepared
def _draft_by(token: Text) -> QuerySet[Draft]:
    found = Draft.objects.select_for_update(of=("self",)).select_related("asked__listening")
    return found.filter(token_hash=token)


def _held_draft(token: str) -> Draft:
    """The draft, held until the end of the transaction. Raises `Unsaved` when nothing can be done with it."""
    kept = token_hash(token)
    share_by_draft(kept)
    found = _draft_by(Text(kept))
    if not found:
        raise Unsaved(Outcome.GONE)
    draft = found[0]
    if draft.handed_in:
        raise Unsaved(Outcome.ALREADY)
    if not can_go_on(draft.asked.listening, clock.now()):
        raise Unsaved(Outcome.CLOSED)
    return draft


def _keep(draft: Draft, content: dict[str, Any]) -> None:
    """Write down what stands in a draft that is held, unless it stands there already."""
    today = clock.today()
    if content == draft.content and draft.on == today:
        return
    draft.content, draft.on, draft.version = content, today, draft.version + 1
    change(Draft, draft.pk, {"content": content, "on": today, "version": draft.version})


def _may_hand_in(asked: Asked, content: Mapping[str, Any], code: str, *, at_kiosk: bool) -> Outcome:
    """Whether this is taken as an answer; if so, the code is spent."""
    if is_empty(content):
        return Outcome.EMPTY
    if clean_code(code):
        return _spend(asked, code)
    return Outcome.OK if asked.by_link or at_kiosk else Outcome.UNKNOWN_CODE


def _spend(asked: Asked, code: str) -> Outcome:
    slip = slip_of(code)
    if slip is None or slip.asked_id != asked.pk:
        return Outcome.UNKNOWN_CODE
    spent = {
        "id": opaque_id(),
        "organisation_id": asked.organisation_id,
        "listening_id": asked.listening_id,
        "code_hash": slip.code_hash,
    }
    # Not refused by the database: PostgreSQL would write the refused row, and when that was, into its own log.
    return Outcome.OK if put(Spent, spent, unless_there=True) else Outcome.SPENT_CODE


def _first_time(asked: Asked, mark: str) -> bool:
    """A mark is kept as a draft that was handed in: in the spool, without anybody's name, for two days at most."""
    draft = Draft(
        organisation_id=asked.organisation_id, asked=asked, token_hash=token_hash(mark), handed_in=True
    )
    Draft.objects.bulk_create([draft], ignore_conflicts=True)
    return Draft.objects.filter(organisation=asked.organisation_id, pk=draft.pk).exists()


def _count_sheet(asked: Asked, by: Membership) -> None:
    """The listening is held, so that two who type at once come one after the other."""
    row, _new = KeyedIn.objects.get_or_create(
        organisation_id=asked.organisation_id, asked=asked, membership=by, on=clock.today()
    )
    KeyedIn.objects.filter(pk=row.pk).update(count=F("count") + 1)


def _hold(asked: Asked, asks: Asks, way: Way, content: Mapping[str, Any]) -> None:
    """Hold an answer, its words parted from it."""
    here = {"organisation_id": asked.organisation_id}
    kept = {"steps": content["steps"], "background": content["background"]}
    put(HeldAnswer, {**here, "id": opaque_id(), "asked_id": asked.pk, "way": way.value, "content": kept})
    fresh = {**here, "on": clock.today(), "read": False, "worrying": False}
    words = [
        {**fresh, "id": opaque_id(), "question_id": asks.words[code], "text": text}
        for code, text in content["words"].items()
    ]
    if words:
        put(HeldWords, *words)
