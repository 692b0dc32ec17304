"""What evidence shows and where it stands, in words: its claims, the decisions on it, a group's standing behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughline.frameworks.tree import CompetencyItem, Tree, tree
from throughline.records.models import Citation, Claim, Decision, Evidence
from throughline.records.reading import headline_of, holder_of


@dataclass(frozen=True, slots=True)
class ClaimRead:
    """What a piece shows: a competency of a record, and the indicators it answers there."""

    record_id: UUID
    competency_id: UUID
    competency: str
    hue: int
    holder: str
    indicators: tuple[str, ...]
    why: tuple[str, ...]


def claims_in_words(claims: Iterable[Claim]) -> list[ClaimRead]:
    """Claims by record and competency, in the framework's order."""
    found: dict[tuple[UUID, UUID], list[Claim]] = {}
    for claim in _still_said(list(claims)):
        found.setdefault((claim.record_id, claim.competency_id), []).append(claim)
    read = [_claim_read(group) for group in found.values()]
    return [each for _place, each in sorted(read, key=lambda pair: pair[0])]


def _still_said(claims: list[Claim]) -> list[Claim]:
    """What is claimed in the words of now; of a record that moved on, older words only where nothing else is left."""
    now = {each.record_id for each in claims if each.competency.version_id == each.record.version_id}
    return [
        each
        for each in claims
        if each.competency.version_id == each.record.version_id or each.record_id not in now
    ]


def _claim_read(claims: list[Claim]) -> tuple[tuple[str, int], ClaimRead]:
    one = claims[0]
    shown = tree(one.competency.version_id)
    item = shown.by_id[one.competency_id]
    wanted = {claim.indicator_id for claim in claims}
    reasons = tuple(dict.fromkeys(claim.why for claim in claims if claim.why))
    read = ClaimRead(
        record_id=one.record_id,
        competency_id=item.id,
        competency=item.name,
        hue=item.hue,
        holder=holder_of(one.record),
        indicators=tuple(each.text for each in item.indicators if each.id in wanted),
        why=reasons,
    )
    return (str(one.record_id), shown.competencies.index(item)), read


@dataclass(frozen=True, slots=True)
class Listed:
    """A piece of evidence in a list, with the competencies it is claimed to show there."""

    evidence: Evidence
    competencies: tuple[CompetencyItem, ...]


def listed(shown: Tree, pieces: Iterable[Evidence], claims: Iterable[tuple[UUID, UUID]]) -> list[Listed]:
    """Pieces with the competencies they show (`queries.shown_by`), in the framework's order."""
    showing: dict[UUID, set[UUID]] = {}
    for piece_id, competency_id in claims:
        showing.setdefault(piece_id, set()).add(competency_id)
    found = []
    for piece in pieces:
        wanted = showing.get(piece.pk, set())
        found.append(Listed(piece, tuple(each for each in shown.competencies if each.id in wanted)))
    return found


@dataclass(frozen=True, slots=True)
class UseRead:
    """A decision that stands on a piece of evidence."""

    record_id: UUID
    competency_id: UUID
    competency: str
    holder: str
    headline: str
    mark_value: str
    hue: int
    at: datetime
    by: str


def uses_in_words(citations: Iterable[Citation]) -> list[UseRead]:
    """The decisions behind citations, each once."""
    decisions = {citation.decision_id: citation.decision for citation in citations}
    return [_use(decision) for decision in decisions.values()]


def _use(decision: Decision) -> UseRead:
    item = tree(decision.competency.version_id).by_id[decision.competency_id]
    return UseRead(
        record_id=decision.record_id,
        competency_id=item.id,
        competency=item.name,
        holder=holder_of(decision.record),
        headline=headline_of(decision),
        mark_value=decision.after,
        hue=item.hue,
        at=decision.at,
        by=decision.by.name,
    )


@dataclass(frozen=True, slots=True)
class CitedStanding:
    """A group's standing that stands as evidence, and where the group is today."""

    record_id: UUID
    competency_id: UUID
    group: str
    competency: str
    hue: int
    standing: str
    at: datetime
    now: str


def cited_standing(decision: Decision | None, now: str) -> CitedStanding | None:
    """The standing that a piece of evidence cites; `now` is what became of it since."""
    if decision is None:
        return None
    item = tree(decision.competency.version_id).by_id[decision.competency_id]
    return CitedStanding(
        record_id=decision.record_id,
        competency_id=item.id,
        group=holder_of(decision.record),
        competency=item.name,
        hue=item.hue,
        standing=decision.after,
        at=decision.at,
        now=now,
    )
