"""Write what was heard and what follows, publish it as a whole, and put a listening away once it is answered."""

from collections.abc import Sequence
from typing import Any, Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.frameworks.tree import tree
from throughline.journeys.models import Priority
from throughline.kit import clock
from throughline.kit.text import clean_text
from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.ui.asseen import said_meanwhile
from throughline.voices.locks import held
from throughline.voices.models import Listening, Reply, ReplyEdition
from throughline.voices.policy import may_put_away, may_run, may_write_replies
from throughline.voices.queries import part_of
from throughline.voices.replying.checking import MOST_LINES, WHY_LIMIT, Told, Words, cleaned, errors_in
from throughline.voices.replying.document import document_of
from throughline.voices.replying.following import MOST_STEPS, Step, plans, steps_of
from throughline.voices.replying.queries import newest_edition


def _held_to_write(listening: Listening, by: Membership) -> Listening:
    found = held(listening, by)
    may_write_replies(part_of(found, by)).enforce()
    return found


def _held_reply(reply: Reply, by: Membership, seen_version: int | None = None) -> Reply:
    """The line as it stands, with its listening held. Raises `ValidationError` where it was changed since."""
    row = Reply.objects.select_related("priority").get(pk=reply.pk, organisation_id=by.organisation_id)
    row.listening = _held_to_write(row.listening, by)
    if seen_version not in (None, row.version):
        raise ValidationError(said_meanwhile())
    return row


def _lines(listening: Listening) -> list[Reply]:
    rows = Reply.objects.filter(organisation=listening.organisation_id, listening=listening)
    return list(rows.select_related("priority__competency").order_by("position", "pk"))


def _checked(
    row: Reply, listening: Listening, told: Told, priority: Priority | None, by: Membership
) -> dict[str, Any]:
    kind = told.get("kind", row.kind)
    words: Words = cleaned(told.get("words", row.words))
    errors = errors_in(kind, words, listening.languages)
    competency = told.get("competency", row.competency)
    if competency and competency not in _competencies(listening):
        errors["competency"] = _("Choose a competency of this journey.")
    if priority is not None and (
        priority.organisation_id != by.organisation_id or priority.journey_id != listening.journey_id
    ):
        errors["priority"] = _("Choose a priority of this journey.")
    if errors:
        raise ValidationError(errors)
    tells = bool(told.get("tells", row.tells))
    return {"kind": kind, "words": words, "competency": competency, "priority": priority, "tells": tells}


def _keep_steps(row: Reply, keys: Sequence[str], by: Membership) -> None:
    if len(keys) > MOST_STEPS:
        raise ValidationError({"steps": _("Choose at most %(most)d.") % {"most": MOST_STEPS}})
    for plan in plans:
        plan.keep(row, keys, by)


def _steps(listening: Listening, lines: Sequence[Reply], by: Membership) -> dict[UUID, list[Step]]:
    return steps_of(listening.organisation_id, by.organisation.slug, lines)


def _competencies(listening: Listening) -> set[str]:
    return {each.code for each in tree(listening.journey.record.version_id).competencies}


@transaction.atomic
def add_reply(
    *, listening: Listening, by: Membership, priority: Priority | None = None, **told: Unpack[Told]
) -> Reply:
    """Add a line at the end: what was heard, and what follows. Raises `ValidationError`, by field."""
    row = _held_to_write(listening, by)
    reply = Reply(organisation_id=by.organisation_id, listening=row, changed_by=by)
    values = _checked(reply, row, told, priority, by)
    known = Reply.objects.filter(organisation=by.organisation_id, listening=row)
    if known.count() >= MOST_LINES:
        raise ValidationError(_("There can be at most %(most)d lines.") % {"most": MOST_LINES})
    reply.position = (known.aggregate(last=Max("position"))["last"] or 0) + 1
    for name, value in values.items():
        setattr(reply, name, value)
    reply.save(force_insert=True)
    if told.get("steps"):
        _keep_steps(reply, told["steps"], by)
    note("voices.reply-added", by=by, subject=row, title=row.title)
    return reply


_AS_IT_IS = Priority()  # stands for "leave the priority"


@transaction.atomic
def change_reply(
    *,
    reply: Reply,
    by: Membership,
    seen_version: int | None = None,
    priority: Priority | None = _AS_IT_IS,
    **told: Unpack[Told],
) -> Reply:
    """Change a line; what is left out stays. `seen_version`: refused when it was changed since."""
    row = _held_reply(reply, by, seen_version)
    values = _checked(row, row.listening, told, row.priority if priority is _AS_IT_IS else priority, by)
    steps, before = told.get("steps"), _steps(row.listening, [row], by).get(row.pk, [])
    others = steps is not None and set(steps) != {each.key for each in before}
    if not others and all(getattr(row, name) == value for name, value in values.items()):
        return row
    for name, value in values.items():
        setattr(row, name, value)
    row.version, row.changed_by, row.changed_at = row.version + 1, by, clock.now()
    row.save()
    if others and steps is not None:
        _keep_steps(row, steps, by)
    note("voices.reply-changed", by=by, subject=row.listening, title=row.listening.title)
    return row


@transaction.atomic
def move_reply(*, reply: Reply, up: bool, by: Membership) -> Reply:
    """Change places with the line before it or after it."""
    row = _held_reply(reply, by)
    order = _lines(row.listening)
    at = next(place for place, each in enumerate(order) if each.pk == row.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(order):
        return row
    order[at], order[to] = order[to], order[at]
    for place, each in enumerate(order, start=1):
        each.position = place
    Reply.objects.bulk_update(order, ["position"])
    note("voices.reply-moved", by=by, subject=row.listening, title=row.listening.title)
    return order[to]


@transaction.atomic
def drop_reply(*, reply: Reply, by: Membership) -> None:
    """Take a line out. What was published of it stays as it was until the next edition."""
    row = _held_reply(reply, by)
    note("voices.reply-dropped", by=by, subject=row.listening, title=row.listening.title)
    row.delete()


@transaction.atomic
def publish_replies(*, listening: Listening, by: Membership) -> ReplyEdition:
    """Give everybody who has the listening's address what is written now. Publishing the same again changes nothing.

    Raises `ValidationError` where nothing is written.
    """
    row = held(listening, by)
    part = part_of(row, by)
    may_run(part).enforce()
    may_write_replies(part).enforce()
    lines = _lines(row)
    if not lines:
        raise ValidationError(_("Write at least one line before you publish."))
    document = document_of(row, lines, _steps(row, lines, by))
    last = newest_edition(row)
    if last is not None and last.document == document:
        return last
    number = last.number + 1 if last else 1
    edition = ReplyEdition.objects.create(
        organisation_id=by.organisation_id, listening=row, number=number, document=document, by=by
    )
    note("voices.replies-published", by=by, subject=row, title=row.title)
    return edition


@transaction.atomic
def archive_listening(*, listening: Listening, by: Membership, without_reply: str = "") -> Listening:
    """Put a closed listening away, once what came of it is published.

    Without that only with a reason (`without_reply`), which the log and everybody who has the address then read.
    Raises `ValidationError`.
    """
    row = held(listening, by)
    may_put_away(part_of(row, by)).enforce()
    if row.archived_at is not None:
        return row
    why = clean_text(without_reply)
    answered = newest_edition(row) is not None
    if not answered and not why:
        raise ValidationError(
            {
                "without_reply": _(
                    "Nothing is published yet of what you heard and will do. Publish it, or say why not."
                )
            }
        )
    if len(why) > WHY_LIMIT:
        raise ValidationError(
            {"without_reply": _("Please keep this under %(most)s characters.") % {"most": WHY_LIMIT}}
        )
    row.archived_at, row.unanswered_why = clock.now(), "" if answered else why
    row.version += 1
    row.save(update_fields=["archived_at", "unanswered_why", "version"])
    if answered:
        note("voices.put-away", by=by, subject=row, title=row.title)
    else:
        note("voices.put-away-unanswered", by=by, subject=row, title=row.title, why=why)
    return row


@transaction.atomic
def unarchive_listening(*, listening: Listening, by: Membership) -> Listening:
    """Bring a listening back that was put away; what came of it can be written and published again."""
    row = held(listening, by)
    may_put_away(part_of(row, by)).enforce()
    if row.archived_at is None:
        return row
    row.archived_at, row.unanswered_why = None, ""
    row.version += 1
    row.save(update_fields=["archived_at", "unanswered_why", "version"])
    note("voices.brought-back", by=by, subject=row, title=row.title)
    return row
