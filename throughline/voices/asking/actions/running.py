"""Opening a listening, pausing it, giving it more time. How it is closed stands in `closing`."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.voices.asking.ready import what_is_missing
from throughline.voices.asking.splitting import split
from throughline.voices.locks import held, held_to_compose
from throughline.voices.models import Asked, Listening, Question
from throughline.voices.policy import may_run
from throughline.voices.queries import part_of


@transaction.atomic
def open_listening(*, listening: Listening, by: Membership, closes_on: date | None = None) -> Listening:
    """Open it: from now on its questions are fixed, and long lists are split where enough answers are expected.

    Raises `ValidationError` with what is missing.
    """
    row = held_to_compose(listening, by)
    may_run(part_of(row, by)).enforce()
    if closes_on is not None:
        row.closes_on = closes_on
    groups = list(Asked.objects.filter(organisation=by.organisation_id, listening=row))
    questions = list(Question.objects.filter(organisation=by.organisation_id, asked__listening=row))
    if missing := what_is_missing(row, groups, questions):
        raise ValidationError(missing)
    for asked in groups:
        mine = sorted(
            (each for each in questions if each.asked_id == asked.pk), key=lambda each: each.position
        )
        asked.blocks = split(asked, mine, row.threshold)
    Asked.objects.bulk_update(groups, ["blocks"])
    Question.objects.bulk_update(questions, ["block"])
    row.state, row.opened_at, row.opens_on = Listening.State.OPEN, clock.now(), row.opens_on or clock.today()
    row.version += 1
    row.save()
    note("voices.opened", by=by, subject=row, title=row.title)
    return row


def _running(listening: Listening, by: Membership, *states: str) -> Listening:
    row = held(listening, by)
    may_run(part_of(row, by)).enforce()
    if row.state not in states:
        raise ValidationError(_("This listening is not open."))
    return row


@transaction.atomic
def pause_listening(*, listening: Listening, by: Membership) -> Listening:
    """Take no answers for a while; what somebody has begun is kept."""
    row = _running(listening, by, Listening.State.OPEN)
    row.state = Listening.State.PAUSED
    row.save(update_fields=["state"])
    note("voices.paused", by=by, subject=row, title=row.title)
    return row


@transaction.atomic
def resume_listening(*, listening: Listening, by: Membership) -> Listening:
    """Take answers again."""
    row = _running(listening, by, Listening.State.PAUSED)
    row.state = Listening.State.OPEN
    row.save(update_fields=["state"])
    note("voices.resumed", by=by, subject=row, title=row.title)
    return row


@transaction.atomic
def extend_listening(*, listening: Listening, closes_on: date, by: Membership) -> Listening:
    """Give it another last day. Raises `ValidationError`."""
    row = _running(listening, by, Listening.State.OPEN, Listening.State.PAUSED)
    if closes_on < clock.today():
        raise ValidationError({"closes_on": _("This day has passed.")})
    row.closes_on = closes_on
    row.save(update_fields=["closes_on"])
    note("voices.extended", by=by, subject=row, title=row.title)
    return row
