"""Named reads of the grammar, starting from what a person may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.kit import clock
from throughline.records.models import (
    Citation,
    Claim,
    Decision,
    Evidence,
    Record,
    SetAside,
    Standing,
    StandingValue,
)
from throughline.records.policy import visible_records
from throughline.schools.tenant import Seat


def records_visible_to(seat: Seat) -> QuerySet[Record]:
    """Every record that this person may see in this organisation."""
    return Record.objects.filter(visible_records(seat)).select_related("organisation", "group", "learner")


def evidence_visible_to(seat: Seat) -> QuerySet[Evidence]:
    """Evidence of every record that this person may see."""
    return Evidence.objects.filter(
        organisation=seat.organisation, record__in=Record.objects.filter(visible_records(seat)).values("pk")
    ).select_related("brought_by", "withdrawn_by", "file")


@dataclass(frozen=True, slots=True)
class ProfileItem:
    """One competency of a record at a date."""

    competency: CompetencyItem
    standing: str
    decision_id: UUID | None
    decided_at: datetime | None
    recheck: bool
    set_aside: str | None

    @property
    def counts(self) -> bool:
        """A competency set aside is in the picture but in no count."""
        return self.set_aside is None


@dataclass(frozen=True, slots=True)
class Profile:
    """A record at a date: every competency of its framework, in order."""

    tree: Tree
    items: tuple[ProfileItem, ...]
    on: date

    def by_competency(self) -> dict[UUID, ProfileItem]:
        """The items by competency."""
        return {item.competency.id: item for item in self.items}

    def count(self, level: str) -> tuple[int, int]:
        """(earned, counted) of a level; what is set aside is not counted."""
        counted = [item for item in self.items if item.counts and item.competency.level == level]
        return sum(item.standing == StandingValue.EARNED for item in counted), len(counted)


def decisions_in_force(record: Record, *, until: datetime | None = None) -> QuerySet[Decision]:
    """The last decision of each competency, now or as of a moment. One query."""
    rows = Decision.objects.filter(organisation=record.organisation_id, record=record)
    if until is None:
        held = Standing.objects.filter(organisation=record.organisation_id, record=record).values("decision")
        return rows.filter(pk__in=held)
    latest = rows.filter(at__lte=until).values("competency").annotate(last=Max("number")).values("last")
    return rows.filter(number__in=latest)


def profile_of(record: Record, tree: Tree, *, until: datetime | None = None) -> Profile:
    """The record now, or as of a moment. Three queries whatever its size."""
    moment = until or clock.now()
    day = moment.date()
    decisions = {
        row["competency_id"]: row
        for row in decisions_in_force(record, until=until).values(
            "id", "competency_id", "after", "at", "check_on"
        )
    }
    stale = stale_decisions([row["id"] for row in decisions.values()], record.organisation_id, moment)
    aside = _set_aside(record, moment)
    items = tuple(
        _item(each, decisions.get(each.id), stale, aside.get(each.id), day) for each in tree.competencies
    )
    return Profile(tree, items, day)


def _item(
    competency: CompetencyItem, row: Mapping[str, Any] | None, stale: set[UUID], aside: str | None, day: date
) -> ProfileItem:
    if row is None:
        return ProfileItem(competency, StandingValue.NOT_STARTED, None, None, False, aside)
    due = row["check_on"] is not None and row["check_on"] <= day
    recheck = row["after"] != StandingValue.NOT_STARTED and (due or row["id"] in stale)
    return ProfileItem(competency, row["after"], row["id"], row["at"], recheck, aside)


def stale_decisions(ids: list[UUID], organisation_id: UUID, moment: datetime) -> set[UUID]:
    """Those of these decisions that stand on evidence of which none is fresh any more at that moment."""
    fresh: dict[UUID, bool] = {}
    cited = Citation.objects.filter(organisation=organisation_id, decision__in=ids).values_list(
        "decision_id", "evidence__recheck_on", "evidence__withdrawn_at"
    )
    for decision_id, recheck_on, withdrawn_at in cited:
        ok = not is_stale(recheck_on, withdrawn_at, moment)
        fresh[decision_id] = fresh.get(decision_id, False) or ok
    return {decision_id for decision_id, ok in fresh.items() if not ok}


def is_stale(recheck_on: date | None, withdrawn_at: datetime | None, moment: datetime) -> bool:
    """Evidence is stale from its re-check date on, and from the moment it is withdrawn."""
    if withdrawn_at is not None and withdrawn_at <= moment:
        return True
    return recheck_on is not None and recheck_on <= moment.date()


def _set_aside(record: Record, moment: datetime) -> dict[UUID, str]:
    rows = SetAside.objects.filter(organisation=record.organisation_id, record=record, at__lte=moment)
    rows = rows.filter(Q(taken_up_at__isnull=True) | Q(taken_up_at__gt=moment))
    return dict(rows.values_list("competency_id", "reason"))


def history_of(record: Record, competency_id: UUID) -> QuerySet[Decision]:
    """Every decision on one competency, newest first, with its citations."""
    return (
        Decision.objects.filter(organisation=record.organisation_id, record=record, competency=competency_id)
        .select_related("by", "corrects")
        .prefetch_related("citations__evidence", "citations__indicator")
        .order_by("-number")
    )


def evidence_for(record: Record, competency_id: UUID) -> QuerySet[Evidence]:
    """Evidence claimed for one competency of a record, from this record or cited from another, newest first."""
    claims = Claim.objects.filter(
        organisation=record.organisation_id, record=record, competency=competency_id
    ).values("evidence")
    return (
        Evidence.objects.filter(organisation=record.organisation_id, pk__in=claims)
        .select_related("brought_by", "file", "withdrawn_by")
        .order_by("-happened_on", "-id")
    )
