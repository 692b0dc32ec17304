"""Sealed notes: when they may be left, and what of them may be read.

Sealed means that the product shows a note to nobody, its author included, before the next round opens. In the
database it is plain text like everything else: whoever runs the server could read it (docs/using/journeys.md says so).
"""

from dataclasses import dataclass

from throughline.journeys.models import Round, SealedNote
from throughline.journeys.policy import Place


@dataclass(frozen=True, slots=True)
class Notes:
    """What one person may know of the notes of a round. While they are sealed: whether they have left one."""

    can_leave: bool
    open: bool
    left: bool
    to_team: bool
    mine: SealedNote | None
    others: tuple[SealedNote, ...]


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
    others = tuple(each for each in told if each.author_id != me and each.to_team and place.member)
    return Notes(False, True, own is not None, bool(own and own.to_team), own, others)
