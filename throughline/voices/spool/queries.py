"""Reads of the spool for whoever holds a token or a code; and how many have answered, never who."""

from collections import Counter
from uuid import UUID

from django.db.models import Count, QuerySet

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


def asks_of(asked: Asked, block: int | None) -> Asks:
    """What an answer of this block may hold; None for every block, as on paper. One query."""
    rows = Question.objects.filter(organisation=asked.organisation_id, asked=asked)
    if block is not None:
        rows = rows.filter(block__in=(0, block))
    found: dict[str, set[str]] = {Question.Kind.STEPS: set(), Question.Kind.OPEN: set()}
    for kind, code in rows.values_list("kind", "code"):
        found[kind].add(code)
    return Asks(
        frozenset(found[Question.Kind.STEPS]),
        frozenset(found[Question.Kind.OPEN]),
        choices_of(asked.listening.background),
    )


def slip_of(code: str) -> Slip | None:
    """The slip on which this code stands, with `asked`, whether or not it was used; None for one that was withdrawn."""
    if not clean_code(code):
        return None
    slips = Slip.objects.filter(code_hash=code_hash(code), withdrawn=False)
    return slips.select_related("asked__listening").first()


def state_of_code(asked: Asked, code: str) -> Outcome:
    """Whether somebody of this group can hand in with this code: ok, unknown or spent. Two queries."""
    slip = slip_of(code)
    if slip is None or slip.asked_id != asked.pk:
        return Outcome.UNKNOWN_CODE
    spent = Spent.objects.filter(
        organisation=asked.organisation_id, listening=asked.listening_id, code_hash=slip.code_hash
    )
    return Outcome.SPENT_CODE if spent.exists() else Outcome.OK


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
