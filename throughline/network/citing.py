"""Standings of other organisations as evidence: which can be cited, and what a citation shows now.

A citation keeps nothing of what it cites. Whatever it shows comes from a share that is open to us at this moment, so a
school that takes its share back, or ends the tie, is no longer shown from the next look on.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughline.frameworks.tree import tree
from throughline.network.district import State, by_name
from throughline.network.models import CitedShare, Share
from throughline.network.queries import received_by, shared_with_organisation
from throughline.network.received import family_of, states_of
from throughline.records.models import Evidence, Record, StandingValue
from throughline.schools.tenant import Seat


@dataclass(frozen=True, slots=True)
class Citable:
    """A standing that may be cited: whose, of which of their competencies, and as of when."""

    share: Share
    competency_id: UUID
    state: State

    @property
    def school(self) -> str:
        """Who shows it."""
        return self.share.organisation.name

    @property
    def on(self) -> datetime:
        """When it was frozen."""
        return self.share.snapshot.taken_at


def citable(seat: Seat, record: Record, competency_id: UUID) -> list[Citable]:
    """What schools show of one competency and let us cite, begun or earned, by the alphabet. Three queries."""
    open_to_us = [share for share in received_by(seat) if share.may_be_cited]
    newest: dict[UUID, Share] = {}
    for share in sorted(open_to_us, key=lambda each: each.snapshot.taken_at):
        if not share.snapshot.journey.record.group_id:
            newest[share.snapshot.journey_id] = share
    family = family_of({record.version_id})
    found = []
    for share in newest.values():
        version = share.snapshot.round.framework_version_id
        way = family.road(record.version_id, version)
        theirs = competency_id if version == record.version_id else (way or {}).get(competency_id)
        state = states_of(share.snapshot).get(theirs) if theirs else None
        if theirs and state and not state.set_aside and state.standing != StandingValue.NOT_STARTED:
            found.append(Citable(share, theirs, state))
    return sorted(found, key=lambda each: (by_name(each.school), str(each.share.pk)))


@dataclass(frozen=True, slots=True)
class CitedNow:
    """What a citation shows at this moment. Nothing of it is kept anywhere on our side."""

    school: str
    competency: str
    hue: int
    state: State
    on: datetime


def cited_now(evidence: Evidence) -> CitedNow | None:
    """What this piece shows now; None when the other side has taken it back. Two queries."""
    row = CitedShare.objects.filter(organisation=evidence.organisation_id, evidence=evidence).first()
    if row is None:
        return None
    share = (
        shared_with_organisation(evidence.organisation)
        .filter(organisation=row.school_id, snapshot=row.snapshot, may_be_cited=True)
        .first()
    )
    if share is None:
        return None
    state = states_of(share.snapshot).get(row.competency_id)
    item = tree(share.snapshot.round.framework_version_id).by_id.get(row.competency_id)
    if state is None or item is None:
        return None
    return CitedNow(share.organisation.name, item.name, item.hue, state, share.snapshot.taken_at)


def is_shown(evidence: Evidence) -> bool:
    """Whether a citation shows anything now: what was taken back earns nothing any more. Two queries."""
    return cited_now(evidence) is not None
