"""The evidence behind a report, numbered in the order in which a reader meets it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from throughline.frameworks.tree import Tree
from throughline.kit.prepared import prepared
from throughline.records.models import Decision, Evidence, Mark, Record
from throughline.records.queries import decisions_in_force
from throughline.ui.times import day_in_words


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of evidence that a standing rests on."""

    number: int
    id: UUID
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What a report says of a piece of evidence."""

    id: UUID
    title: str
    mark: str
    kind: str
    happened_on: date
    withdrawn_at: datetime | None
    brought_by: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What a report says of a decision, with the pieces that it cites."""

    id: UUID
    competency_id: UUID
    context: UUID | None
    reason: str
    why_changed: str
    dissent: str
    check_on: date | None
    pieces: list[Piece] = field(default_factory=list)


_OF_DECISION = ("pk", "competency_id", "context", "reason", "why_changed", "dissent", "check_on")
_OF_PIECE = (
    "evidence_id",
    *(
        f"evidence__{name}"
        for name in ("title", "mark", "kind", "happened_on", "withdrawn_at", "brought_by__name")
    ),
)


def decisions_on(record: Record, framework: Tree, moment: datetime) -> list[Decided]:
    """The decisions in force at a moment, in framework order, with what they cite. One query."""
    place = {each.id: number for number, each in enumerate(framework.competencies)}
    found: dict[UUID, Decided] = {}
    for row in _in_force(record.organisation_id, record.pk, moment):
        told, piece = row[: len(_OF_DECISION)], row[len(_OF_DECISION) :]
        decision = found.setdefault(row[0], Decided(*told))
        if piece[0] is not None:
            decision.pieces.append(Piece(*piece))
    here = [each for each in found.values() if each.competency_id in place]
    return sorted(here, key=lambda decision: place[decision.competency_id])


@prepared
def _in_force(organisation: UUID, record: UUID, moment: datetime) -> QuerySet[Decision, tuple[Any, ...]]:
    there = Record(pk=record, organisation_id=organisation)
    cited = [f"citations__{name}" for name in _OF_PIECE]
    return decisions_in_force(there, until=moment).values_list(*_OF_DECISION, *cited)


def sources_of(
    decisions: Sequence[Decided], moment: datetime
) -> tuple[tuple[Source, ...], dict[UUID, tuple[int, ...]]]:
    """Every piece cited, numbered once, and the numbers behind each decision."""
    numbers: dict[UUID, int] = {}
    found: list[Source] = []
    behind: dict[UUID, tuple[int, ...]] = {}
    for decision in decisions:
        pieces = {each.id: each for each in decision.pieces}
        for piece in sorted(pieces.values(), key=lambda piece: (piece.happened_on, piece.id)):
            if piece.id not in numbers:
                numbers[piece.id] = len(numbers) + 1
                found.append(Source(numbers[piece.id], piece.id, piece.title, _about(piece, moment)))
        behind[decision.id] = tuple(sorted(numbers[piece] for piece in pieces))
    return tuple(found), behind


def _about(piece: Piece, moment: datetime) -> str:
    said = {
        "mark": Mark(piece.mark).label,
        "kind": Evidence.Kind(piece.kind).label,
        "date": day_in_words(piece.happened_on),
        "name": piece.brought_by,
    }
    if piece.withdrawn_at is not None and piece.withdrawn_at <= moment:
        return _("%(mark)s, %(kind)s, %(date)s, added by %(name)s, withdrawn") % said
    return _("%(mark)s, %(kind)s, %(date)s, added by %(name)s") % said
