"""Texts that are being written, kept open in this process: the newest document and what happened last.

What is kept here is only what is committed (`keep` is called after the commit), and every verb catches up under the lock of
its element before it looks. So any number of processes may have the same text open, and none has to tell the others.
"""

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from prosemirror.model import Node
from prosemirror.transform import Step, StepMap

from throughline.elements.editing.queries import changes_from, text_at
from throughline.elements.editing.steps import applied, forget, node_of
from throughline.elements.models import Change, Element, TextState
from throughline.elements.writing.schema import SCHEMA

REMEMBERED = 1000  # steps whose maps stay in memory; older ones are read again
IDLE = 600  # seconds after which nobody writes there any more
MOST_OPEN = 50  # texts in one process


@dataclass(frozen=True, slots=True)
class Happened:
    """One step that happened: how it moved places, and under which batch and place it was sent."""

    map: StepMap
    batch: UUID | None
    place: int


@dataclass
class Open:
    """A text as a process knows it. `bytes` and `nodes` are at least what it has: counted again when they seem too much."""

    version: int
    document: Node
    recent: list[Happened] = field(default_factory=list)
    bytes: int = 0
    nodes: int = 0
    state_at: int = 0  # where the last whole text was kept
    since_state: int = 0  # bytes of steps since then
    used: float = 0.0
    noted: dict[UUID, float] = field(default_factory=dict)

    def copy(self) -> "Open":
        """One that a transaction may change: it is thrown away when that fails."""
        return Open(
            self.version,
            self.document,
            self.recent.copy(),
            self.bytes,
            self.nodes,
            self.state_at,
            self.since_state,
            self.used,
            self.noted.copy(),
        )

    def take(self, step: Step, document: Node, batch: UUID | None, place: int) -> None:
        """Go on by one step."""
        self.document = document
        self.version += 1
        self.recent.append(Happened(step.get_map(), batch, place))
        if len(self.recent) > 2 * REMEMBERED:
            del self.recent[:REMEMBERED]

    def count(self) -> None:
        """Count exactly how large it is."""
        told = dict(self.document.to_json())
        self.bytes = len(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())
        self.nodes = _nodes(told)


_open: dict[UUID, Open] = {}


def opened(element: Element) -> Open:
    """The text of an element whose row is locked (or which nobody else writes just now). No query when nothing is new."""
    found = _open.get(element.pk)
    if found is None or found.version > element.head:
        return _from_rows(element)
    if found.version == element.head:
        return found.copy()
    found = found.copy()
    for row in changes_from(element.organisation_id, element.pk, found.version):
        if row.start != found.version:  # the database was put back
            return _from_rows(element)
        catch_up(found, row.steps, row.batch, row.places)
    return found


def _from_rows(element: Element) -> Open:
    text = text_at(element)
    states = TextState.objects.filter(organisation_id=element.organisation_id, element=element)
    state = states.order_by("-version").values_list("version", flat=True).first()
    found = Open(text.version, node_of(text.document), state_at=state or 0)
    found.count()
    return found


def catch_up(now: Open, steps: Iterable[Any], batch: UUID | None, places: Sequence[int]) -> None:
    """Go on by a change that somebody else wrote down."""
    for number, told in enumerate(steps):
        step = Step.from_json(SCHEMA, told)
        now.take(step, applied(step, now.document), batch, places[number] if places else number)
        now.bytes += len(json.dumps(told))
        now.nodes += 2


def since(element: Element, now: Open, version: int) -> list[Happened]:
    """What happened from a version on. Raises `ValidationError` when there never was such a version."""
    if not 0 <= version <= now.version:
        raise ValidationError(_("This page shows a text that is not this one. Please load it again."))
    if now.version - version <= len(now.recent):
        return now.recent[len(now.recent) - (now.version - version) :]
    rows = Change.objects.filter(
        organisation_id=element.organisation_id, element=element, end__gt=version, start__lt=now.version
    ).order_by("start")
    found: list[Happened] = []
    for start, steps, batch, places in rows.values_list("start", "steps", "batch", "places"):
        for number, told in enumerate(steps):
            if start + number >= version:
                place = places[number] if places else number
                found.append(Happened(Step.from_json(SCHEMA, told).get_map(), batch, place))
    missing = now.version - version - len(found)
    return found + now.recent[len(now.recent) - missing :] if missing else found


def keep(element: Element, now: Open) -> None:
    """Remember a text once what was written is committed; those that nobody writes any more are forgotten."""

    def committed() -> None:
        now.used = time.monotonic()
        _open[element.pk] = now
        idle = [key for key, each in _open.items() if now.used - each.used > IDLE]
        oldest = sorted(_open, key=lambda key: _open[key].used)
        for key in {*idle, *oldest[: max(0, len(_open) - MOST_OPEN)]}:
            del _open[key]
        forget()

    transaction.on_commit(committed)


def forget_all() -> None:
    """Begin anew: for tests, whose databases come and go."""
    _open.clear()


def _nodes(node: dict[str, Any]) -> int:
    return 1 + sum(map(_nodes, node.get("content", ())))
