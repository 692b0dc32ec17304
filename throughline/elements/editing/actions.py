"""Verbs of the text of an element."""

import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from prosemirror.model import Node
from prosemirror.transform import AddMarkStep, Step

from throughline.elements.editing import opening, signals
from throughline.elements.editing.merging import Clash, Merged, merge
from throughline.elements.editing.moving import Mover, Sent
from throughline.elements.editing.pictures import keep_pictures
from throughline.elements.editing.queries import locked, text_at
from throughline.elements.editing.states import APART, keep_state
from throughline.elements.editing.steps import Told, accepted, node_of, pictures_in, told_step
from throughline.elements.models import Change, ChangeKind, Element
from throughline.elements.policy import may_write
from throughline.elements.queries import part_of
from throughline.elements.writing.checking import too_long
from throughline.elements.writing.rules import MOST_BYTES, MOST_NODES
from throughline.elements.writing.schema import checked
from throughline.files.actions import keep_file
from throughline.files.models import StoredFile
from throughline.kit import clock
from throughline.schools.log import note
from throughline.schools.models import Membership

MOST_STEPS = 1000  # in one request; an editor sends a hundred at a time
STATE_BYTES = 200_000  # of steps, after which the whole text is kept again
NOTED_AGAIN = 1800  # seconds after which the log says again that somebody writes


class Meanwhile(ValidationError):
    """Others changed the same words since. Nothing was changed; `version` is where the text is now, and `clashes` are the
    places with both versions."""

    def __init__(self, version: int, merged: Merged) -> None:
        super().__init__(_("Others changed the same words of this text while you had it open."))
        self.version = version
        self.merged = merged

    @property
    def clashes(self) -> list[Clash]:
        """The places that both changed."""
        return self.merged.clashes


@dataclass(frozen=True, slots=True)
class Batch:
    """Steps that an editor sends together under a name that it made up: the same when it sends them again."""

    name: UUID
    steps: Sequence[Any]


@dataclass(slots=True)
class Answer:
    """What became of what was sent: the version after it, and which steps could not be placed, with a sentence each."""

    version: int
    refused: list[tuple[UUID, int, str]] = field(default_factory=list)


@transaction.atomic
def accept(
    *, element: Element, version: int, batches: Sequence[Batch], by: Membership, client: str = ""
) -> Answer:
    """Take steps that were made on `version`, one after the other, and move them over what others did since.

    What was taken before is not taken again. Raises `ValidationError` when something is no step of our editor's or brings
    what may not stand in a text; nothing is changed then.
    """
    may_write(part_of(element, by)).enforce()
    if sum(len(batch.steps) for batch in batches) > MOST_STEPS:
        raise ValidationError(_("That is too much at once."))
    told = [
        (batch.name, place, told_step(each)) for batch in batches for place, each in enumerate(batch.steps)
    ]
    [held] = locked(by.organisation_id, element.pk)
    now = opening.opened(held)
    over = opening.since(held, now, version)
    answer = Answer(now.version)
    mover = Mover([Sent(each.step, name, place) for name, place, each in told], over)
    taken: dict[UUID, list[tuple[int, Step]]] = {}
    first = now.version
    for number, step in mover.moved():
        name, place, sent = told[number]
        try:
            if step is None:
                raise ValidationError(_("What this changes was deleted by somebody else meanwhile."))
            document = _fits(now, step, sent)
            keep_pictures(held, sent.pictures, by)
        except ValidationError as refused:
            answer.refused.append((name, place, refused.messages[0]))
            mover.dropped()
            continue
        now.take(step, document, name, place)
        mover.done(number, step)
        taken.setdefault(name, []).append((place, step))
    for name, steps in taken.items():
        first = _write(held, now, first, steps, by=by, client=client, batch=name)
    answer.version = now.version
    if taken and now.noted.get(by.pk, -math.inf) < time.monotonic() - NOTED_AGAIN:
        now.noted[by.pk] = time.monotonic()
        note("element.written", by=by, subject=held, title=held.title)
    _keep(held, now)
    return answer


@transaction.atomic
def bring_picture(*, element: Element, upload: "File[bytes]", by: Membership) -> StoredFile:
    """Keep a picture for the text, checked and painted anew like every file. Where it stands is said by writing."""
    may_write(part_of(element, by)).enforce()
    kept = keep_file(upload, by=by)
    if not kept.media_type.startswith("image/"):
        raise ValidationError(_("This file isn’t a picture. Pictures are JPEG, PNG, WebP or GIF files."))
    keep_pictures(element, [str(kept.pk)], by)
    return kept


def _fits(now: opening.Open, step: Step, sent: Told) -> Node:
    """The text after a step, when it isn't too long then."""
    document = accepted(step, now.document)
    # a mark may cut each piece of text that it covers in three
    pieces = 3 * (step.to - step.from_) if isinstance(step, AddMarkStep) else 1
    now.bytes += sent.bytes * max(1, min(pieces, 3 * MOST_NODES))
    now.nodes += sent.nodes + 2
    if now.bytes > MOST_BYTES or now.nodes > MOST_NODES:
        before, now.document = now.document, document
        now.count()
        if now.bytes > MOST_BYTES or now.nodes > MOST_NODES:
            now.document = before
            now.count()
            raise too_long()
        now.document = before
    return document


@transaction.atomic
def replace_text(
    *,
    element: Element,
    document: dict[str, Any],
    seen: int,
    by: Membership,
    kind: str = ChangeKind.FORM,
    author: Membership | None = None,
) -> int:
    """Make a whole document the text; the version that it now has. `seen` is the version that it was made from.

    What others wrote since stays: both are merged. Raises `Meanwhile` where both changed the same words, and
    `ValidationError` when the document is not well formed.
    `author` is whose words they are where that is not whoever puts them in: somebody suggested them.
    """
    may_write(part_of(element, by)).enforce()
    wanted = checked(document)
    [held] = locked(by.organisation_id, element.pk)
    now = opening.opened(held)
    base = now.document if seen == now.version else node_of(text_at(held, seen).document)
    over = [each.map for each in opening.since(held, now, seen)]
    merged = merge(base, node_of(wanted), over, now.document)
    if merged.clashes:
        raise Meanwhile(now.version, merged)
    if not merged.steps:
        return held.head
    if over:
        checked(merged.document.to_json())
    keep_pictures(held, pictures_in(wanted["content"]), author or by)
    first = now.version
    for step in merged.steps:
        now.take(step, accepted(step, now.document), None, 0)
    now.count()
    _write(held, now, first, list(enumerate(merged.steps)), by=author or by, kind=kind)
    note("element.text-replaced", by=by, subject=held, title=held.title)
    _keep(held, now)
    return now.version


def _write(
    held: Element,
    now: opening.Open,
    first: int,
    steps: Sequence[tuple[int, Step]],
    *,
    by: Membership,
    kind: str = ChangeKind.TYPED,
    client: str = "",
    batch: UUID | None = None,
) -> int:
    """Write steps down that were taken together; the version after them."""
    told = [step.to_json() for _place, step in steps]
    end = first + len(steps)
    Change.objects.create(
        organisation_id=held.organisation_id,
        element=held,
        start=first,
        end=end,
        steps=told,
        kind=kind,
        client=client,
        batch=batch,
        places=_places([place for place, _step in steps]),
        by=by,
        at=clock.now(),
    )
    now.since_state += len(json.dumps(told))
    return end


def _places(places: list[int]) -> list[int]:
    """Nothing when they are the first, the second, and so on."""
    return [] if places == list(range(len(places))) else places


def _keep(held: Element, now: opening.Open) -> None:
    """Tell where the text is now, keep the whole of it when much has changed, and wake those who listen."""
    if held.head == now.version:
        return
    held.head = now.version
    held.save(update_fields=["head"])
    if now.version - now.state_at >= APART or now.since_state >= STATE_BYTES:
        keep_state(held, now.version, dict(now.document.to_json()))
        now.state_at, now.since_state = now.version, 0
    opening.keep(held, now)
    transaction.on_commit(lambda: signals.written(held.pk))
