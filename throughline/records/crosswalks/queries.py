"""Evidence through crosswalks: what was given for a competency of another framework shows here too, and is not counted.

Only records of the same holder, and only those that the reader may see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from throughline.frameworks.crosswalks.queries import (
    Way,
    by_code,
    crosswalks_of,
    said_of,
    ways_from,
    ways_of,
)
from throughline.frameworks.models import Crosswalk
from throughline.frameworks.queries import newest_first
from throughline.frameworks.tree import CompetencyItem, Tree, tree
from throughline.frameworks.versions.lineage import line_of
from throughline.kit.prepared import prepared
from throughline.records.models import Claim, Evidence, Record
from throughline.records.queries import Profile, ProfileItem, records_visible_to
from throughline.schools.tenant import Seat


@dataclass(frozen=True, slots=True)
class Through:
    """A piece of evidence, the competency it was given for, and the crosswalk that leads from there to here."""

    evidence: Evidence
    given_for: CompetencyItem
    framework: str
    record_id: UUID
    crosswalk: str
    words: str


def evidence_through(seat: Seat, record: Record, competency: CompetencyItem) -> list[Through]:
    """What the holder gave for linked competencies of its other records. One query where it has no others, else four at most."""
    others = _other_versions(*seat.ids, record.pk, record.group_id, record.learner_id)
    if not others:
        return []
    crosswalks = crosswalks_of(record.version_id, seat.organisation)
    ways = ways_from(record.version_id, crosswalks).get(competency.code, [])
    linked: dict[tuple[UUID, UUID], tuple[Way, CompetencyItem, Tree]] = {}
    for other_id, version_id in others if ways else ():
        shown = tree(version_id)
        known = by_code(shown)
        for way in ways:
            for code in way.there.in_version(version_id) & known.keys():
                linked.setdefault((other_id, known[code].id), (way, known[code], shown))
    claims = _claims(record, linked)
    own = {claim.evidence_id for claim in claims if claim.record_id == record.pk}
    found: dict[tuple[UUID, UUID], Through] = {}
    for claim in claims:
        met = linked.get((claim.record_id, claim.competency_id))
        if met and claim.evidence_id not in own:
            way, item, shown = met
            found.setdefault(
                (claim.evidence_id, item.id),
                Through(
                    claim.evidence,
                    item,
                    shown.title,
                    claim.record_id,
                    said_of(way.crosswalk)["title"],
                    way.words,
                ),
            )
    return list(found.values())


def others_of(seat: Seat, record: Record) -> QuerySet[Record]:
    """The other records of the same holder that this person may see."""
    same = records_visible_to(seat).filter(group=record.group_id, learner=record.learner_id)
    return same.exclude(pk=record.pk).order_by("started_at", "pk")


@prepared
def _other_versions(
    membership: UUID,
    organisation: UUID,
    roles: frozenset[str],
    record: UUID,
    group: UUID | None,
    learner: UUID | None,
) -> QuerySet[Record, tuple[UUID, UUID]]:
    seat = Seat.of_ids(membership, organisation, roles)
    others = others_of(seat, Record(pk=record, group_id=group, learner_id=learner))
    return others.values_list("pk", "version_id")


def _claims(record: Record, linked: Iterable[tuple[UUID, UUID]]) -> list[Claim]:
    pairs = set(linked)
    if not pairs:
        return []
    claims = Claim.objects.filter(
        organisation=record.organisation_id,
        record__in={each for each, _competency in pairs},
        competency__in={each for _record, each in pairs},
        evidence__withdrawn_at__isnull=True,
    ).select_related("evidence__brought_by")
    return list(claims.order_by("-evidence__happened_on", "-evidence_id"))


class Behind(NamedTuple):
    """A linked competency of the record: how it stands to the item, where it is, and its evidence."""

    words: str
    item: ProfileItem
    evidence: list[Evidence]
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """An item of the other framework with what the record has behind it, and what was given for it directly."""

    item: CompetencyItem
    behind: list[Behind]
    own: ProfileItem | None
    own_evidence: list[Evidence]


@dataclass(frozen=True, slots=True)
class Seen:
    """A record seen through a crosswalk: every item of the other framework, domain by domain."""

    other: Tree
    domains: list[tuple[str, list[Line]]]

    @property
    def bare(self) -> int:
        """How many items nothing is linked to."""
        return sum(not line.behind for _name, lines in self.domains for line in lines)


def far_version(seat: Seat, record: Record, crosswalk: Crosswalk) -> tuple[UUID, Record | None]:
    """The version of the other framework to show: the one that the holder has a record on, else the newest."""
    near = {each.framework_id for each in line_of(record.version_id)}
    far = crosswalk.right_id if crosswalk.left_id in near else crosswalk.left_id
    for other in others_of(seat, record):
        if far in {each.framework_id for each in line_of(other.version_id)}:
            return other.version_id, other
    return newest_first(far).values_list("pk", flat=True)[0], None


def links_behind(
    record: Record, crosswalk: Crosswalk, far_version_id: UUID
) -> dict[str, list[tuple[str, Way]]]:
    """By the code of the far item: the codes of the record's competencies that are linked with it, and how."""
    near = {each.framework_id for each in line_of(record.version_id)}
    found: dict[str, list[tuple[str, Way]]] = {}
    for way in ways_of(crosswalk, from_right=crosswalk.left_id not in near):
        codes = way.here.in_version(record.version_id)
        for far in way.there.in_version(far_version_id):
            found.setdefault(far, []).extend((code, way) for code in sorted(codes))
    return found


def seen_through(
    profile: Profile,
    links: dict[str, list[tuple[str, Way]]],
    other: Tree,
    other_record: Record | None,
    other_profile: Profile | None,
    evidence: dict[tuple[UUID, UUID], list[Evidence]],
    record: Record,
) -> Seen:
    """Put together what was read; `evidence` is by record and competency."""
    near = {item.competency.code: item for item in profile.items}
    own = other_profile.by_competency() if other_profile else {}

    def line(item: CompetencyItem) -> Line:
        behind = [
            Behind(way.words, near[code], evidence.get((record.pk, near[code].competency.id), []), way.note)
            for code, way in links.get(item.code, [])
            if code in near
        ]
        given = evidence.get((other_record.pk, item.id), []) if other_record else []
        return Line(item, behind, own.get(item.id), given)

    domains = [(each.name, [line(item) for item in each.competencies]) for each in other.domains]
    return Seen(other, domains)


def evidence_by_competency(records: Iterable[Record]) -> dict[tuple[UUID, UUID], list[Evidence]]:
    """What is claimed and not withdrawn, by record and competency, newest first. One query."""
    held = list(records)
    claims = Claim.objects.filter(
        organisation=held[0].organisation_id, record__in=held, evidence__withdrawn_at__isnull=True
    ).select_related("evidence__brought_by")
    found: dict[tuple[UUID, UUID], list[Evidence]] = {}
    for claim in claims.order_by("-evidence__happened_on", "-evidence_id"):
        pieces = found.setdefault((claim.record_id, claim.competency_id), [])
        if claim.evidence not in pieces:
            pieces.append(claim.evidence)
    return found
