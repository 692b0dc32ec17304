"""Sealed notes: when they may be left, and what of them may be read.

Sealed means that the product shows a note to nobody, its author included, before the next round opens. The database
alone cannot open it (`kit/keeping.py`); whoever runs the server holds the key as well and could (ADR 23).
"""

from dataclasses import dataclass
from datetime import datetime

from throughline.journeys.models import Round, SealedNote
from throughline.journeys.policy import Place
from throughline.kit.keeping import CannotOpen, open_up


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it is read. `text` is None where the key that sealed it is not on this server."""

    author: str
    left_at: datetime
    to_team: bool
    text: str | None


@dataclass(frozen=True, slots=True)
class Notes:
    """What one person may know of the notes of a round. While they are sealed: whether they have left one."""

    can_leave: bool
    open: bool
    left: bool
    to_team: bool
    mine: Note | None
    others: tuple[Note, ...]


def later_round(held: Round) -> Round | None:
    """The round after this one, drafted or further."""
    return (
        Round.objects.filter(
            organisation=held.organisation_id, journey=held.journey_id, number__gt=held.number
        )
        .order_by("number")
        .first()
    )


def may_be_read(later: Round | None) -> bool:
    """Notes open when the next round does; a draft that nobody was asked about opens nothing."""
    return later is not None and later.state != Round.State.DRAFT


def notes_of(place: Place, held: Round) -> Notes:
    """The notes of a round for one person: their own and those to the team once it has opened. Two queries."""
    later = later_round(held)
    reads = may_be_read(later)
    me = place.seat.membership.id
    rows = SealedNote.objects.filter(organisation=held.organisation_id, round=held)
    if not reads:
        mine = rows.filter(author=me).values_list("to_team", flat=True).first()
        leaves = later is None and held.state in (Round.State.AGREEING, Round.State.CLOSED)
        return Notes(leaves, False, mine is not None, bool(mine), None, ())
    told = list(rows.select_related("author").order_by("author__name", "id"))
    own = next((each for each in told if each.author_id == me), None)
    others = tuple(_read(each) for each in told if each.author_id != me and each.to_team and place.member)
    return Notes(False, True, own is not None, bool(own and own.to_team), _read(own) if own else None, others)


def _read(note: SealedNote) -> Note:
    try:
        text: str | None = open_up(note.sealed, whose=note.whose)
    except CannotOpen:
        text = None
    return Note(note.author.name, note.left_at, note.to_team, text)
