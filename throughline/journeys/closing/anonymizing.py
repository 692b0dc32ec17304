"""Cut the tie between ratings and people when a round with hidden names closes, and wipe what was deleted.

First, in the transaction that closes the round: what the ratings came to is written down (`Tally`), what people chose
to keep is sealed (`Kept`), and every rating is deleted, with the paper sheets, letters and receipts that tell who did
what when. Then, because SQL's *deleted* is not *gone*: the files of the database are written anew (`kit/scrubbing.py`),
right after the commit and by the worker until it is done. Docs: ADR 23.
"""

import logging
import secrets
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from throughline.activity.models import OutgoingMail, Receipt
from throughline.frameworks.tree import tree
from throughline.journeys.models import (
    Kept,
    Rater,
    Rating,
    Rerating,
    Round,
    RoundItem,
    SealedNote,
    Sheet,
    Tally,
)
from throughline.journeys.sealed_answers.queries import seal_answers
from throughline.journeys.spread.looking_back import LOOKING_BACK, steps_of, view_of
from throughline.journeys.spread.queries import Spread, spreads_of, tallied
from throughline.journeys.spread.second_ratings import seconds_of
from throughline.kit import clock
from throughline.kit.scrubbing import scrub, size

log = logging.getLogger(__name__)

TOUCHED = tuple(
    model._meta.db_table
    for model in (Rating, Rerating, Rater, Sheet, Kept, SealedNote, OutgoingMail, Receipt)
)
# More than this is written anew by the worker alone: nobody should wait for it at the button.
AT_ONCE_BELOW = 128 * 1024 * 1024
LETTERS = ("round-opened", "round-reminder", "round-paper", "round-paper-note")


def untie(held: Round) -> None:
    """Cut the ties of a closed round that is held, with its raters. Nothing is done twice, nor where names show."""
    if held.names_shown or held.untied_at is not None or held.state != Round.State.CLOSED:
        return
    Tally.objects.bulk_create(_tallies(held))
    seal_answers(held)
    here = {"organisation": held.organisation_id}
    raters = Rater.objects.filter(round=held, **here)
    Rerating.objects.filter(rater__in=raters.values("pk"), **here).delete()
    Rating.objects.filter(rater__in=raters.values("pk"), **here).delete()
    Sheet.objects.filter(round=held, **here).delete()
    raters.filter(membership__isnull=True).delete()
    _forget_who_did_what_when(held)
    held.untied_at = clock.now()
    held.save(update_fields=["untied_at"])
    transaction.on_commit(scrub_soon, robust=True)


def _forget_who_did_what_when(held: Round) -> None:
    """A reminder says who had not finished on a day; the receipt of a form, who pressed a button of this round when."""
    letters = Q()
    for name in LETTERS:
        letters |= Q(key__startswith=f"{name}:{held.pk}:")
    OutgoingMail.objects.filter(letters, organisation_id=held.organisation_id).delete()
    Receipt.objects.filter(location__contains=str(held.pk)).delete()


def _tallies(held: Round) -> list[Tally]:
    spreads = spreads_of(held, tree(held.framework_version_id), None)
    said = dict(
        Rating.objects.filter(organisation=held.organisation_id, item__round=held)
        .values_list("item_id")
        .annotate(n=Count("id"))
        .order_by()
    )
    made = [
        _tally(each, Tally.Kind.ALONE, said.get(each.item.id, 0), said.get(each.item.id, 0))
        for each in spreads
    ]
    first = {each.item.id: each for each in spreads}
    for item_id, second in seconds_of(held, spreads).items():
        if second.spread is not None:
            made.append(_tally(second.spread, Tally.Kind.AFTER_TALK, second.asked, second.answered))
        else:
            item = first[item_id].item
            made.append(_row(item, Tally.Kind.AFTER_TALK, asked=second.asked, answered=second.answered))
    return made + _looks(held)


def _tally(spread: Spread, kind: str, asked: int, answered: int) -> Tally:
    remarks = [each.text for each in spread.remarks]
    secrets.SystemRandom().shuffle(remarks)
    median = spread.reading.median
    return _row(
        spread.item,
        kind,
        asked=asked,
        answered=answered,
        shown=str(spread.shown),
        word=str(spread.word),
        middle=list(steps_of(median)) if median else [],
        counts=None if spread.counts is None else list(spread.counts),
        cannot_say=spread.cannot_say,
        remarks=remarks,
    )


def _looks(held: Round) -> list[Tally]:
    """Looking back is told in words, never in counts: nothing else of it is left. How many did so is not kept."""
    rows = Rerating.objects.filter(organisation=held.organisation_id, item__round=held, kind=LOOKING_BACK)
    said: dict[UUID, list[int | None]] = {}
    for item_id, step in rows.values_list("item_id", "step"):
        said.setdefault(item_id, []).append(step)
    made = []
    for item in RoundItem.objects.filter(organisation=held.organisation_id, pk__in=said).order_by("position"):
        counts, _unsure = tallied(said[item.id])
        view = view_of(False, counts, len(said[item.id]))
        if view is not None:
            made.append(
                _row(item, Tally.Kind.LOOKING_BACK, shown="word", word=view.word, middle=list(view.middle))
            )
    return made


def _row(item: RoundItem, kind: str, *, asked: int = 0, answered: int = 0, **more: object) -> Tally:
    row = Tally(organisation_id=item.organisation_id, item=item, kind=kind, asked=asked, answered=answered)
    for name, value in more.items():
        setattr(row, name, value)
    return row


def untie_old_rounds() -> tuple[int, list[UUID]]:
    """Cut the ties of rounds that were closed before this was done at closing: how many were cut, which could not be."""
    old = Round.objects.filter(state=Round.State.CLOSED, names_shown=False, untied_at__isnull=True)
    cut, failed = 0, []
    for key in list(old.order_by("pk").values_list("pk", flat=True)):
        try:
            cut += _untie_one(key)
        except Exception:  # one round's trouble keeps no other round tied
            log.exception("The ties of the closed round %s could not be cut", key)
            failed.append(key)
    return cut, failed


@transaction.atomic
def _untie_one(key: UUID) -> bool:
    held = Round.objects.select_for_update(of=("self",)).select_related("journey__record").get(pk=key)
    untie(held)
    return held.untied_at is not None


def to_scrub() -> Iterable[UUID]:
    """Rounds whose ties are cut while what was deleted may still lie in the database's files."""
    rounds = Round.objects.filter(untied_at__isnull=False, scrubbed_at__isnull=True)
    return rounds.values_list("pk", flat=True)


def scrub_soon() -> None:
    """Right after the commit; where that would take long, or somebody is reading just now, the worker does it."""
    if size(TOUCHED) < AT_ONCE_BELOW:
        scrub_now()


def scrub_now() -> bool:
    """Wipe what was deleted, once for every round that waits for it; whether nothing waits any more."""
    waiting = list(to_scrub())
    if not waiting:
        return True
    if not scrub(TOUCHED):
        log.info("The database could not be scrubbed just now: somebody reads an older state of it.")
        return False
    Round.objects.filter(pk__in=waiting).update(scrubbed_at=clock.now())
    return True
