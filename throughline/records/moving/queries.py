"""Reads about records that moved on to a newer version: which words they had when, and what became of what."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.frameworks.tree import CompetencyItem, Tree, tree
from throughline.frameworks.versions.succession import past_of, successors, way_between
from throughline.records.models import Record, RecordMove
from throughline.records.named_dates import NamedDate
from throughline.records.queries import day_of


def moves_of(record: Record) -> list[RecordMove]:
    """Its moves, oldest first. No query for a record that never moved, else one."""
    if record.moved_at is None:
        return []
    rows = RecordMove.objects.filter(organisation=record.organisation_id, record=record)
    return list(rows.order_by("at", "id"))


def tree_at(record: Record, moment: datetime | None) -> Tree:
    """The words that a record had at a moment (None: now). One query, and only for a time before a move."""
    if moment is None or record.moved_at is None or moment >= record.moved_at:
        return tree(record.version_id)
    later = next((each for each in moves_of(record) if each.at > moment), None)
    return tree(later.from_version_id if later else record.version_id)


@dataclass(frozen=True, slots=True)
class Past:
    """A competency that another one continues, and the version that it belongs to."""

    item: CompetencyItem
    number: str


def past_in(record: Record, competency_id: UUID) -> dict[UUID, Past]:
    """The competencies of this record's earlier versions that one of now goes back to."""
    moves = moves_of(record)
    if not moves:
        return {}
    wanted = past_of(way_between(moves[0].from_version_id, record.version_id) or (), competency_id)
    found: dict[UUID, Past] = {}
    for move in moves:
        shown = tree(move.from_version_id)
        found |= {each: Past(shown.by_id[each], shown.number) for each in wanted if each in shown.by_id}
    return found


@dataclass(frozen=True, slots=True)
class Earlier:
    """A competency of a version that a record has left: its words, and what it has become."""

    shown: Tree
    item: CompetencyItem
    now: tuple[CompetencyItem, ...]


def earlier_in(record: Record, competency_id: UUID) -> Earlier | None:
    """A competency of a version that this record has left; None when there is no such."""
    for move in moves_of(record):
        shown = tree(move.from_version_id)
        if competency_id in shown.by_id:
            way = way_between(move.from_version_id, record.version_id) or ()
            became = set(successors(way, competency_id))
            now = tuple(each for each in tree(record.version_id).competencies if each.id in became)
            return Earlier(shown, shown.by_id[competency_id], now)
    return None


def moves_as_dates(record: Record, latest: int | None = None) -> list[NamedDate]:
    """The dates on which a record moved on, to look back to."""
    return [
        NamedDate(
            day_of(each.at), _("Moved on to version %(number)s") % {"number": tree(each.to_version_id).number}
        )
        for each in moves_of(record)
    ]
