"""Closing a listening: nobody begins any more, whoever is writing has a quarter of an hour, then it is finished.

Finishing lets go of every answer that waits, lays all of them in a new random order under new keys, counts and freezes
what may be shown, and empties the spool. What was deleted is then wiped from the database's files (`wiping`).
"""

import logging
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.activity.actions import record
from throughline.activity.models import Receipt
from throughline.kit import clock
from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.voices.closing.wiping import wipe_soon
from throughline.voices.figures.freezing import freeze
from throughline.voices.figures.tallying import lay_anew
from throughline.voices.locks import alone, held
from throughline.voices.models import (
    LETTERS,
    Answer,
    Asked,
    Draft,
    HeldAnswer,
    KeyedIn,
    Listening,
    OptOut,
    Recording,
    Spent,
    Tally,
    Words,
)
from throughline.voices.policy import may_run
from throughline.voices.queries import part_of
from throughline.voices.spool.queries import being_written
from throughline.voices.spool.releasing import release_rest, shuffle
from throughline.voices.spool.times import GRACE

log = logging.getLogger(__name__)

RUNNING = (Listening.State.OPEN, Listening.State.PAUSED)
# More answers than this are finished by the worker alone: nobody should wait for it at the button.
AT_ONCE_BELOW = 2_000


@transaction.atomic
def close_listening(*, listening: Listening, by: Membership) -> Listening:
    """Take no new answers. It is finished at once when nobody is writing, else by the worker when the time is over.

    Raises `ValidationError` when it is not open.
    """
    alone(listening.pk)
    row = held(listening, by)
    may_run(part_of(row, by)).enforce()
    if row.state not in RUNNING:
        raise ValidationError(_("This listening is not open."))
    note("voices.closed", by=by, subject=row, title=row.title)
    _close(row)
    return row


def close_what_is_over() -> int:
    """Close listenings whose last day is over where their school is; how many. Safe to repeat."""
    found = Listening.objects.filter(state__in=RUNNING, closes_on__lte=clock.today())
    rows = found.select_related("organisation")
    return sum(_close_itself(each.pk) for each in rows if _is_over(each))


def finish_what_can_be() -> tuple[int, list[UUID]]:
    """Finish what was closed and has nobody writing any more: how many were finished, which could not be."""
    waiting = Listening.objects.filter(state=Listening.State.CLOSED, keep_until=None)
    done, failed = 0, []
    for key in list(waiting.order_by("pk").values_list("pk", flat=True)):
        try:
            done += finish_closing(key)
        except Exception:  # one listening's trouble keeps no other from being finished
            log.exception("The listening %s could not be finished", key)
            failed.append(key)
    return done, failed


@transaction.atomic
def finish_closing(listening_id: UUID) -> bool:
    """Finish one that was closed, if its time is over or nobody is writing; whether it was done now."""
    alone(listening_id)
    row = Listening.objects.select_for_update(of=("self",)).get(pk=listening_id)
    if row.state != Listening.State.CLOSED or row.keep_until is not None or row.closed_at is None:
        return False
    if clock.now() < row.closed_at and being_written(row).exists():
        return False
    _finish(row)
    return True


def forget_what_is_due() -> int:
    """Delete raw answers whose day has come, with their words and tallies; what may be shown stays. How many listenings."""
    due = Listening.objects.filter(keep_until__lt=clock.today(), forgotten_at=None)
    return sum(forget_listening(key) for key in list(due.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def forget_listening(listening_id: UUID) -> bool:
    """Delete the raw answers of one listening if its day has come, and the voices that read to people; whether it was done now."""
    row = Listening.objects.select_for_update(of=("self",)).get(pk=listening_id)
    if row.keep_until is None or row.keep_until >= clock.today() or row.forgotten_at is not None:
        return False
    here = {"organisation": row.organisation_id}
    Words.objects.filter(question__asked__listening=row, **here).delete()
    Answer.objects.filter(asked__listening=row, **here).delete()
    Tally.objects.filter(asked__listening=row, **here).delete()
    KeyedIn.objects.filter(asked__listening=row, **here).delete()
    Recording.objects.filter(question__asked__listening=row, **here).delete()
    row.forgotten_at, row.scrubbed_at = clock.now(), None
    row.save(update_fields=["forgotten_at", "scrubbed_at"])
    _record_itself("voices.forgotten", row)
    transaction.on_commit(wipe_soon, robust=True)
    return True


def _is_over(listening: Listening) -> bool:
    there = ZoneInfo(listening.organisation.time_zone)
    return listening.closes_on is not None and listening.closes_on < clock.now().astimezone(there).date()


@transaction.atomic
def _close_itself(key: UUID) -> bool:
    alone(key)
    found = Listening.objects.select_for_update(of=("self",)).select_related("organisation")
    row = found.filter(pk=key, state__in=RUNNING).first()
    if row is None or not _is_over(row):
        return False
    _record_itself("voices.closed-itself", row)
    _close(row)
    return True


def _close(row: Listening) -> None:
    row.state, row.closed_at = Listening.State.CLOSED, clock.now() + GRACE
    row.version += 1
    row.save(update_fields=["state", "closed_at", "version"])
    if not being_written(row).exists() and _answers(row) < AT_ONCE_BELOW:
        _finish(row)


def _answers(row: Listening) -> int:
    here = {"organisation": row.organisation_id, "asked__listening": row}
    return Answer.objects.filter(**here).count() + HeldAnswer.objects.filter(**here).count()


def _finish(row: Listening) -> None:
    """In the transaction of whoever has the listening alone."""
    here = {"organisation": row.organisation_id}
    release_rest(row)
    shuffle(row)
    for asked in Asked.objects.filter(**here, listening=row).select_related("listening").order_by("pk"):
        lay_anew(asked)
    Draft.objects.filter(asked__listening=row, **here).delete()
    Spent.objects.filter(listening=row, **here).delete()
    OptOut.objects.filter(asked__listening=row, **here).delete()
    for model in LETTERS:  # whoever was not written to by now is not
        model._default_manager.filter(asked__listening=row, **here).delete()
    _forget_who_typed_when(row)
    assert row.closed_at is not None
    row.closed_at = min(row.closed_at, clock.now())
    row.keep_until = clock.today() + timedelta(days=row.days_kept)
    row.save(update_fields=["closed_at", "keep_until"])
    freeze(row)
    transaction.on_commit(wipe_soon, robust=True)


def _forget_who_typed_when(row: Listening) -> None:
    """The receipt of a form says who pressed which button of this listening when: also for each sheet of paper."""
    Receipt.objects.filter(location__contains=str(row.pk)).delete()


def _record_itself(verb: str, row: Listening) -> None:
    record(verb, organisation_id=row.organisation_id, actor_id=None, subject=row, title=row.title)
