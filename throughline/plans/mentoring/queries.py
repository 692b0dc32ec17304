"""Named reads of mentoring: one's own pairs with their notes; for leads, names of arranged pairs and nothing of what they do."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from throughline.kit import clock
from throughline.plans.cells import parts_of
from throughline.plans.mentoring.policy import may_arrange, ours
from throughline.plans.mentoring.rhythm import due_on, keeps_rhythm
from throughline.plans.models import Pair, PairNote
from throughline.plans.sealing import opened
from throughline.schools.models import Membership
from throughline.schools.tenant import Seat


@dataclass(frozen=True, slots=True)
class Mine:
    """A pair for one of the two."""

    pair: Pair
    other: Membership
    is_mentor: bool
    due_on: date | None
    late: bool
    proposed_to_me: bool

    @property
    def other_left(self) -> bool:
        """The other one does not belong here any more."""
        return not self.other.is_active


def pairs_of(seat: Seat) -> QuerySet[Pair]:
    """Those in which this person is one of the two."""
    return Pair.objects.filter(ours(seat)).select_related("mentor", "mentee").order_by("next_on", "pk")


def _mine(pair: Pair, seat: Seat) -> Mine:
    me, due = seat.membership.pk, None
    if pair.agreed_on is not None and pair.ended_on is None:
        due = due_on(
            begun=pair.agreed_on, met=pair.met_on, planned=pair.next_on, every_weeks=pair.every_weeks
        )
    return Mine(
        pair,
        pair.mentee if pair.mentor_id == me else pair.mentor,
        pair.mentor_id == me,
        due,
        due is not None and due < clock.today(),
        pair.agreed_on is None and pair.proposed_by_id != me,
    )


def my_pairs(seat: Seat) -> list[Mine]:
    """One's own pairs: what waits for an answer, what goes on, what ended. One query."""
    found = [_mine(each, seat) for each in pairs_of(seat)]
    return sorted(found, key=lambda each: (each.pair.ended_on is not None, not each.proposed_to_me))


def mine_in(seat: Seat, pair_id: UUID) -> Mine | None:
    """One of one's own pairs. One query."""
    found = pairs_of(seat).filter(pk=pair_id).first()
    return _mine(found, seat) if found else None


@dataclass(frozen=True, slots=True)
class Written:
    """A note as one of the two reads it. `text` is None where the key that sealed it is gone."""

    note: PairNote
    text: str | None


def notes_of(mine: Mine) -> list[Written]:
    """The notes of a pair, the newest first, for one of the two (`mine_in`). One query."""
    rows = PairNote.objects.filter(organisation=mine.pair.organisation_id, pair=mine.pair)
    return [
        Written(each, opened(each.sealed, whose=each.whose))
        for each in rows.select_related("author").order_by("-on", "pk")
    ]


@dataclass(frozen=True, slots=True)
class Arranged:
    """What a lead sees of a pair that a lead arranged: who is in it."""

    id: UUID
    mentor: str
    mentee: str


@dataclass(frozen=True, slots=True)
class ForLeads:
    """The pairs that leads arranged and that go on; `keep` and `miss` their rhythm, both None when either is small."""

    pairs: list[Arranged]
    keep: int | None
    miss: int | None


def for_leads(seat: Seat) -> ForLeads | None:
    """What a lead sees of mentoring; None for everybody else. One query."""
    if not may_arrange(seat.membership):
        return None
    here = Q(mentor__left_at__isnull=True, mentee__left_at__isnull=True)
    rows = Pair.objects.filter(
        here, organisation=seat.organisation, arranged=True, agreed_on__isnull=False, ended_on__isnull=True
    ).select_related("mentor", "mentee")
    found = list(rows.order_by("mentor__name", "mentee__name", "pk"))
    today = clock.today()
    kept = sum(
        keeps_rhythm(begun=each.agreed_on, met=each.met_on, every_weeks=each.every_weeks, today=today)
        for each in found
        if each.agreed_on
    )
    keep, miss = parts_of([kept, len(found) - kept])
    return ForLeads([Arranged(each.pk, each.mentor.name, each.mentee.name) for each in found], keep, miss)


def to_end(seat: Seat, pair_id: UUID) -> Pair | None:
    """A pair that this person may end: one's own, or for a lead one that was arranged. One query."""
    may = ours(seat)
    if may_arrange(seat.membership):
        may |= Q(organisation=seat.organisation, arranged=True, ended_on__isnull=True)
    return Pair.objects.filter(may, pk=pair_id).first()
