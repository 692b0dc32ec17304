"""The evidence behind a report, numbered in the order in which a reader meets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.frameworks.tree import Tree
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


def decisions_on(record: Record, framework: Tree, moment: datetime) -> list[Decision]:
    """The decisions in force at a moment, in framework order, with what they cite. Four queries."""
    place = {each.id: number for number, each in enumerate(framework.competencies)}
    rows = decisions_in_force(record, until=moment).prefetch_related("citations__evidence__brought_by")
    here = [each for each in rows if each.competency_id in place]
    return sorted(here, key=lambda decision: place[decision.competency_id])


def sources_of(
    decisions: Sequence[Decision], moment: datetime
) -> tuple[tuple[Source, ...], dict[UUID, tuple[int, ...]]]:
    """Every piece cited, numbered once, and the numbers behind each decision."""
    numbers: dict[UUID, int] = {}
    found: list[Source] = []
    behind: dict[UUID, tuple[int, ...]] = {}
    for decision in decisions:
        pieces = {each.evidence_id: each.evidence for each in decision.citations.all()}
        for piece in sorted(pieces.values(), key=lambda piece: (piece.happened_on, piece.id)):
            if piece.id not in numbers:
                numbers[piece.id] = len(numbers) + 1
                found.append(Source(numbers[piece.id], piece.id, piece.title, _about(piece, moment)))
        behind[decision.id] = tuple(sorted(numbers[piece] for piece in pieces))
    return tuple(found), behind


def _about(piece: Evidence, moment: datetime) -> str:
    said = {
        "mark": Mark(piece.mark).label,
        "kind": Evidence.Kind(piece.kind).label,
        "date": day_in_words(piece.happened_on),
        "name": piece.brought_by.name,
    }
    if piece.withdrawn_at is not None and piece.withdrawn_at <= moment:
        return _("%(mark)s, %(kind)s, %(date)s, added by %(name)s, withdrawn") % said
    return _("%(mark)s, %(kind)s, %(date)s, added by %(name)s") % said
