"""Reads of the spool for whoever holds a token or a code; and how many have answered, never who."""

from collections import Counter, OrderedDict
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from throughline.kit.prepared import Text, prepared
from throughline.voices.models import Answer, Asked, Draft, HeldAnswer, Listening, Question, Slip, Spent
from throughline.voices.spool.content import Asks, choices_of
from throughline.voices.spool.marks import clean_code, code_hash, token_hash
from throughline.voices.spool.outcomes import Outcome


def draft_of(token: str) -> Draft | None:
    """The draft that this token finds, with `asked.listening`; None when there is none any more. One query."""
    if not token:
        return None
    drafts = Draft.objects.select_related("asked__listening__organisation")
    return drafts.filter(token_hash=token_hash(token)).first()


def questions_for(asked: Asked, block: int) -> QuerySet[Question]:
    """What somebody in this block of the group is asked, in order."""
    return Question.objects.filter(
        organisation=asked.organisation_id, asked=asked, block__in=(0, block)
    ).order_by("position", "pk")


@prepared
def _asked_in(organisation: UUID, asked: UUID) -> QuerySet[Question, tuple[str, str, UUID, int]]:
    rows = Question.objects.filter(organisation=organisation, asked=asked)
    return rows.values_list("kind", "code", "pk", "block")


_asks: OrderedDict[tuple[Any, ...], Asks] = OrderedDict()
MOST_KEPT = 256


def asks_of(asked: Asked, block: int | None) -> Asks:
    """What an answer of this block may hold; None for every block.

    Fixed once the listening was opened, so it is kept by the process: one query the first time.
    """
    listening = asked.listening
    key = (asked.pk, block, listening.opened_at, listening.version)
    kept = _asks.get(key)
    if kept is None:
        kept = _asks[key] = _read_asks(asked, block)
        while len(_asks) > MOST_KEPT:
            _asks.popitem(last=False)
    return kept


def _read_asks(asked: Asked, block: int | None) -> Asks:
    found: dict[str, dict[str, UUID]] = {Question.Kind.STEPS: {}, Question.Kind.OPEN: {}}
    for kind, code, key, of_block in _asked_in(asked.organisation_id, asked.pk):
        if block is None or of_block in (0, block):
            found[kind][code] = key
    return Asks(
        frozenset(found[Question.Kind.STEPS]),
        found[Question.Kind.OPEN],
        choices_of(asked.listening.background),
    )


@prepared
def _slips(code: Text) -> QuerySet[Slip]:
    return Slip.objects.filter(code_hash=code, withdrawn=False).select_related("asked__listening")


def slip_of(code: str) -> Slip | None:
    """The slip on which this code stands, with `asked`, whether or not it was used; None for one that was withdrawn."""
    found = _slips(Text(code_hash(code))) if clean_code(code) else []
    return found[0] if found else None


@prepared
def _spent(organisation: UUID, listening: UUID, code: Text) -> QuerySet[Spent, UUID]:
    rows = Spent.objects.filter(organisation=organisation, listening=listening, code_hash=code)
    return rows.values_list("pk", flat=True)


def is_spent(slip: Slip) -> bool:
    """Whether its code was used. One query."""
    return bool(_spent(slip.organisation_id, slip.asked.listening_id, Text(slip.code_hash)))


def state_of_code(asked: Asked, code: str) -> Outcome:
    """Whether somebody of this group can hand in with this code: ok, unknown or spent. Two queries."""
    slip = slip_of(code)
    if slip is None or slip.asked_id != asked.pk:
        return Outcome.UNKNOWN_CODE
    return Outcome.SPENT_CODE if is_spent(slip) else Outcome.OK


def how_many_answered(listening: Listening) -> Counter[UUID]:
    """Asked group → answers that were handed in, let go or not. Two queries."""
    found: Counter[UUID] = Counter()
    for model in (Answer, HeldAnswer):
        rows = model._default_manager.filter(
            organisation=listening.organisation_id, asked__listening=listening
        )
        found.update(dict(rows.values_list("asked_id").annotate(n=Count("pk")).order_by()))
    return found


def being_written(listening: Listening) -> QuerySet[Draft]:
    """Drafts that were not handed in."""
    return Draft.objects.filter(
        organisation=listening.organisation_id, asked__listening=listening, handed_in=False
    )


def how_many_drafts(asked: Asked) -> int:
    """What was begun in this group and lies there still, handed in or not. One query, on the index alone."""
    return Draft.objects.filter(organisation=asked.organisation_id, asked=asked).count()
