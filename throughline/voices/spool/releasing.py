"""Answers are let go in company: at least ten of a group at once that came in the same way, in shuffled order and under
new keys; the rest at closing.

Ten stay behind each time, drawn by chance, so that the rest at closing is never one person alone where others were let go
before. Between two backups therefore either none or at least ten came, and nothing tells which came first.
Words that their reader has not read at closing come to them in company of others that were read.
"""

import secrets
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from throughline.voices.figures.tallying import add
from throughline.voices.groups import BY_CODE
from throughline.voices.locks import share
from throughline.voices.models import Answer, Asked, HeldAnswer, HeldWords, Listening, Words

COMPANY = 10
AT_ONCE = 1000


@transaction.atomic
def release(asked: Asked) -> int:
    """Let go of the answers of this group that wait, if they are enough; how many were let go."""
    share(asked.listening_id)
    least = max(COMPANY, asked.listening.threshold)
    return _let_go(asked, least=least, behind=least)


def release_what_can_be() -> int:
    """`release` for every group of every listening; how many were let go."""
    enough = (
        HeldAnswer.objects.values_list("asked_id", "way")
        .annotate(n=Count("pk"))
        .filter(n__gte=2 * COMPANY)
        .order_by()
    )
    groups = Asked.objects.select_related("listening").filter(pk__in={pk for pk, _way, _n in enough})
    return sum(release(each) for each in groups)


def release_rest(listening: Listening) -> None:
    """At closing, in the transaction of whoever has the listening alone: everything that waits, words too."""
    groups = Asked.objects.filter(organisation=listening.organisation_id, listening=listening)
    for asked in groups.select_related("listening").order_by("pk"):
        _let_go(asked, least=1, behind=0)
    held = HeldWords.objects.filter(
        organisation=listening.organisation_id, question__asked__listening=listening
    )
    said = list(held.values_list("question_id", "text", "read", "worrying", "question__asked__group"))
    secrets.SystemRandom().shuffle(said)
    unread = _unread_in_company(said)
    Words.objects.bulk_create(
        [
            Words(
                organisation_id=listening.organisation_id,
                question_id=question,
                text=text,
                read=place not in unread,
                worrying=worrying,
            )
            for place, (question, text, _read, worrying, _group) in enumerate(said)
        ],
        batch_size=AT_ONCE,
    )
    held.delete()


def _unread_in_company(said: Sequence[tuple[UUID, str, bool, bool, str]]) -> set[int]:
    """Which of these shuffled texts go to their reader after closing: all of children that were not read, and as many that
    were (at least ten), drawn by chance. A text that was alone in not being read would tell that it came last."""
    late = {place for place, row in enumerate(said) if not row[2]}
    of_children = sum(BY_CODE[said[place][4]].children for place in late)
    read = [place for place, row in enumerate(said) if row[2] and not row[3]]
    return late | set(read[: max(COMPANY, of_children)] if of_children else ())


def shuffle(listening: Listening) -> int:
    """Lay all answers of a listening in a new random order under new keys, as if they had come at once; how many."""
    answers = Answer.objects.filter(organisation=listening.organisation_id, asked__listening=listening)
    rows = list(answers.values_list("asked_id", "way", "content"))
    answers.delete()
    secrets.SystemRandom().shuffle(rows)
    _write(listening.organisation_id, rows)
    return len(rows)


def _let_go(asked: Asked, *, least: int, behind: int) -> int:
    """Two at once come one after the other; hands that come in meanwhile are not kept waiting."""
    Asked.objects.select_for_update(no_key=True).get(pk=asked.pk)
    waiting = HeldAnswer.objects.filter(organisation=asked.organisation_id, asked=asked)
    rows = list(waiting.values_list("pk", "way", "content"))
    secrets.SystemRandom().shuffle(rows)
    of_way: dict[str, list[tuple[UUID, str, Any]]] = {}
    for row in rows:
        of_way.setdefault(row[1], []).append(row)
    held = [
        row
        for found in of_way.values()
        if len(found) >= least + behind
        for row in found[: len(found) - behind]
    ]
    secrets.SystemRandom().shuffle(held)
    _write(asked.organisation_id, [(asked.pk, way, content) for _pk, way, content in held])
    for each in sorted({way for _pk, way, _content in held}):
        add(asked, each, (content for _pk, way, content in held if way == each))
    for start in range(0, len(held), AT_ONCE):
        HeldAnswer.objects.filter(pk__in=[pk for pk, *_rest in held[start : start + AT_ONCE]]).delete()
    return len(held)


def _write(organisation_id: UUID, rows: list[tuple[UUID, str, object]]) -> None:
    Answer.objects.bulk_create(
        [
            Answer(organisation_id=organisation_id, asked_id=asked, way=way, content=content)
            for asked, way, content in rows
        ],
        batch_size=AT_ONCE,
    )
