"""Named reads of the grammar, starting from what a person may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import starmap
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.kit import clock
from throughline.kit.prepared import prepared
from throughline.records.models import (
    Citation,
    Claim,
    Decision,
    EarlierEdition,
    Evidence,
    Record,
    SetAside,
    Standing,
    StandingValue,
)
from throughline.records.policy import WITHDRAWERS, visible_records
from throughline.schools.tenant import Seat

LATEST = 5  # so many decisions on a competency stand on its page; more are shown to whoever asks


def records_visible_to(seat: Seat) -> QuerySet[Record]:
    """Every record that this person may see in this organisation."""
    return Record.objects.filter(visible_records(seat)).select_related("organisation", "group", "learner")


def record_visible_to(seat: Seat, record_id: UUID) -> Record | None:
    """That record, where this person may see it. One query."""
    return next(iter(_record_visible(*seat.ids, record_id)), None)


@prepared
def _record_visible(
    membership: UUID, organisation: UUID, roles: frozenset[str], record_id: UUID
) -> QuerySet[Record]:
    return records_visible_to(Seat.of_ids(membership, organisation, roles)).filter(pk=record_id)


def evidence_visible_to(seat: Seat) -> QuerySet[Evidence]:
    """Evidence of the records that this person may see, and what was claimed for them or cited in them."""
    return Evidence.objects.filter(_visible_evidence(seat)).select_related(
        "brought_by", "withdrawn_by", "file"
    )


def _visible_evidence(seat: Seat) -> Q:
    records = Record.objects.filter(visible_records(seat)).values("pk")
    of = {"organisation": seat.organisation}
    claimed = Claim.objects.filter(record__in=records, **of).values("evidence")
    cited = Citation.objects.filter(decision__record__in=records, **of).values("evidence")
    return Q(**of) & (Q(record__in=records) | Q(pk__in=claimed) | Q(pk__in=cited))


def visible_files(seat: Seat) -> Q:
    """Condition on `StoredFile`: files of visible evidence and of its earlier editions. Once withdrawn, only those who may
    withdraw see them."""
    shown = Evidence.objects.filter(_visible_evidence(seat))
    if not seat.has(*WITHDRAWERS):
        shown = shown.filter(withdrawn_at__isnull=True)
    earlier = EarlierEdition.objects.filter(
        organisation=seat.organisation, evidence__in=shown.values("pk"), file__isnull=False
    )
    return Q(pk__in=shown.filter(file__isnull=False).values("file")) | Q(pk__in=earlier.values("file"))


def cited_files() -> Q:
    """Condition on `StoredFile`: files that evidence stands or stood on, which are never swept away."""
    earlier = EarlierEdition.objects.filter(file__isnull=False)
    current = Evidence.objects.filter(file__isnull=False)
    return Q(pk__in=current.values("file")) | Q(pk__in=earlier.values("file"))


def editions_of(evidence: Evidence) -> list[EarlierEdition]:
    """What a piece was before, newest first; no query for what was never reworked, else one."""
    if evidence.edition == 1:
        return []
    found = EarlierEdition.objects.filter(organisation=evidence.organisation_id, evidence=evidence)
    return list(found.select_related("file").order_by("-number"))


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
    """The last decision of each competency, now or as of a moment. One query.

    As of a moment each competency is asked for its own last one, which its index ends with: however long the history,
    the way back is as far as that moment lies back.
    """
    rows = Decision.objects.filter(organisation=record.organisation_id)
    held = Standing.objects.filter(organisation=record.organisation_id, record=record)
    if until is None:
        return rows.filter(pk__in=held.values("decision"))
    made = rows.filter(record=record, competency=OuterRef("competency"), at__lte=until)
    return rows.filter(pk__in=held.values(last=Subquery(made.order_by("-number").values("pk")[:1])))


def profile_of(record: Record, tree: Tree, *, until: datetime | None = None) -> Profile:
    """The record now, or as of a moment. Two queries whatever its size."""
    moment = until or clock.now()
    day = day_of(moment)
    here = (record.organisation_id, record.pk, moment)
    rows = _in_force_then(*here, day) if until else _in_force_now(*here, day)
    decisions = {each.competency_id: each for each in starmap(_Held, rows)}
    aside = dict(_set_aside(*here))
    items = tuple(_item(each, decisions.get(each.id), aside.get(each.id), day) for each in tree.competencies)
    return Profile(tree, items, day)


class _Held(NamedTuple):
    """A decision in force. `rests`: it stands on evidence; `fresh`: on some that is."""

    competency_id: UUID
    decision_id: UUID
    after: str
    at: datetime
    check_on: date | None
    rests: bool
    fresh: bool


@prepared
def _in_force_now(
    organisation: UUID, record: UUID, moment: datetime, day: date
) -> QuerySet[Decision, tuple[Any, ...]]:
    return _as_held(decisions_in_force(Record(pk=record, organisation_id=organisation)), moment, day)


@prepared
def _in_force_then(
    organisation: UUID, record: UUID, moment: datetime, day: date
) -> QuerySet[Decision, tuple[Any, ...]]:
    there = Record(pk=record, organisation_id=organisation)
    return _as_held(decisions_in_force(there, until=moment), moment, day)


def _as_held(
    decisions: QuerySet[Decision], moment: datetime, day: date
) -> QuerySet[Decision, tuple[Any, ...]]:
    cited = Citation.objects.filter(organisation=OuterRef("organisation"), decision=OuterRef("pk"))
    fresh = cited.filter(
        Q(evidence__recheck_on__isnull=True) | Q(evidence__recheck_on__gt=day),
        Q(evidence__withdrawn_at__isnull=True) | Q(evidence__withdrawn_at__gt=moment),
    )
    return decisions.values_list(
        "competency_id", "pk", "after", "at", "check_on", Exists(cited), Exists(fresh)
    )


def _item(competency: CompetencyItem, held: _Held | None, aside: str | None, day: date) -> ProfileItem:
    if held is None:
        return ProfileItem(competency, StandingValue.NOT_STARTED, None, None, False, aside)
    due = held.check_on is not None and held.check_on <= day
    stale = held.rests and not held.fresh
    recheck = held.after != StandingValue.NOT_STARTED and (due or stale)
    return ProfileItem(competency, held.after, held.decision_id, held.at, recheck, aside)


class Cited(NamedTuple):
    """What is said of a piece of evidence under a decision, and the indicator that it answers."""

    decision_id: UUID
    evidence_id: UUID
    title: str
    mark: str
    recheck_on: date | None
    withdrawn_at: datetime | None
    indicator_id: UUID | None
    indicator: str | None


def item_of(
    competency: CompetencyItem, history: Sequence[tuple[Decision, list[Cited]]], aside: str | None
) -> ProfileItem:
    """One competency now, from the last decision of its history (`history_of`). No query."""
    if not history:
        return _item(competency, None, aside, clock.today())
    now, (last, cited) = clock.now(), history[0]
    fresh = any(not is_stale(each.recheck_on, each.withdrawn_at, now) for each in cited)
    held = _Held(competency.id, last.id, last.after, last.at, last.check_on, bool(cited), fresh)
    return _item(competency, held, aside, day_of(now))


def is_stale(recheck_on: date | None, withdrawn_at: datetime | None, moment: datetime) -> bool:
    """Evidence is stale from its re-check date on, and from the moment it is withdrawn."""
    if withdrawn_at is not None and withdrawn_at <= moment:
        return True
    return recheck_on is not None and recheck_on <= day_of(moment)


def day_of(moment: datetime) -> date:
    """The date of school life on which a moment falls, in the time zone in force."""
    return timezone.localdate(moment)


def end_of(day: date) -> datetime:
    """The last moment of a date in the time zone in force: *as of* a date includes that day."""
    return timezone.make_aware(datetime.combine(day, time.max))


@prepared
def _set_aside(organisation: UUID, record: UUID, moment: datetime) -> QuerySet[SetAside, tuple[UUID, str]]:
    rows = SetAside.objects.filter(organisation=organisation, record=record, at__lte=moment)
    rows = rows.filter(Q(taken_up_at__isnull=True) | Q(taken_up_at__gt=moment))
    return rows.values_list("competency_id", "reason")


def aside_now(record: Record, competency_id: UUID) -> str | None:
    """Why a competency is set aside now, or None."""
    return next(iter(_aside_now(record.organisation_id, record.pk, competency_id)), None)


@prepared
def _aside_now(organisation: UUID, record: UUID, competency: UUID) -> QuerySet[SetAside, str]:
    rows = SetAside.objects.filter(
        organisation=organisation, record=record, competency=competency, taken_up_at=None
    )
    return rows.values_list("reason", flat=True)


def history_of(
    record: Record, competency_id: UUID, past: Iterable[UUID] = (), *, everything: bool = True
) -> list[tuple[Decision, list[Cited]]]:
    """The decisions on one competency and on those of `past` that it continues, newest first, with what they cite:
    `everything`, or the latest and one more, so that it shows whether there are any. Two queries."""
    made = _history(record.organisation_id, record.pk, (competency_id, *past), everything)
    cited: dict[UUID, list[Cited]] = {each.pk: [] for each in made}
    for each in starmap(Cited, _cited(record.organisation_id, tuple(cited))):
        cited[each.decision_id].append(each)
    return [(each, cited[each.pk]) for each in made]


@prepared
def _history(
    organisation: UUID, record: UUID, competencies: tuple[UUID, ...], everything: bool
) -> QuerySet[Decision]:
    made = Decision.objects.filter(organisation=organisation, record=record, competency__in=competencies)
    told = made.select_related("by", "corrects").order_by("-number")
    return told[: None if everything else LATEST + 1]


@prepared
def _cited(organisation: UUID, decisions: tuple[UUID, ...]) -> QuerySet[Citation, tuple[Any, ...]]:
    cited = Citation.objects.filter(organisation=organisation, decision__in=decisions)
    return cited.order_by("indicator__position", "pk").values_list(
        "decision_id",
        "evidence_id",
        "evidence__title",
        "evidence__mark",
        "evidence__recheck_on",
        "evidence__withdrawn_at",
        "indicator_id",
        "indicator__text",
    )


def reasons_of(record: Record, ids: Iterable[UUID]) -> dict[UUID, Decision]:
    """Decisions of a record by id, for what they say. One query."""
    made = Decision.objects.filter(organisation=record.organisation_id, record=record, pk__in=list(ids))
    return {decision.id: decision for decision in made}


def claims_for(record: Record, competency_id: UUID) -> list[Claim]:
    """What is claimed to show one competency of a record, newest evidence first. One query."""
    return _claims_for(record.organisation_id, record.pk, competency_id)


@prepared
def _claims_for(organisation: UUID, record: UUID, competency: UUID) -> QuerySet[Claim]:
    claims = Claim.objects.filter(organisation=organisation, record=record, competency=competency)
    return claims.select_related("evidence__brought_by", "evidence__file").order_by(
        "-evidence__happened_on", "-evidence_id", "indicator__position"
    )


def citations_visible(evidence: Evidence, seat: Seat) -> list[Citation]:
    """Where a piece of evidence was cited, among the records that this person may see, newest first. One query."""
    records = Record.objects.filter(visible_records(seat)).values("pk")
    cited = Citation.objects.filter(
        organisation=evidence.organisation_id, evidence=evidence, decision__record__in=records
    )
    return list(
        cited.select_related(
            "decision__by",
            "decision__competency",
            "decision__record__group",
            "decision__record__learner",
            "decision__record__organisation",
        ).order_by("-decision__at", "-decision_id")
    )


def evidence_of(record: Record) -> QuerySet[Evidence]:
    """Evidence brought to a record or claimed for it, newest first."""
    claimed = Claim.objects.filter(organisation=record.organisation_id, record=record).values("evidence")
    return (
        Evidence.objects.filter(Q(record=record) | Q(pk__in=claimed), organisation=record.organisation_id)
        .select_related("brought_by")
        .order_by("-happened_on", "-id")
    )


def citable_standings(record: Record, seat: Seat) -> list[Standing]:
    """Standings of groups of this organisation that this record may cite, by group. One query."""
    others = (
        Record.objects.filter(visible_records(seat), group__isnull=False).exclude(pk=record.pk).values("pk")
    )
    return list(
        Standing.objects.filter(
            organisation=record.organisation_id,
            record__in=others,
            competency__version=F("record__version"),
        )
        .exclude(value=StandingValue.NOT_STARTED)
        .select_related("record__group", "decision")
        .order_by("record__group__name", "record_id", "competency_id")
    )


def evidence_for(record: Record, competency_id: UUID) -> list[Evidence]:
    """What a decision on one competency can stand on: evidence claimed for it, here or from another record, and not
    withdrawn, newest first. Only what a form says of it. One query."""
    return _evidence_for(record.organisation_id, record.pk, competency_id)


@prepared
def _evidence_for(organisation: UUID, record: UUID, competency: UUID) -> QuerySet[Evidence]:
    claims = Claim.objects.filter(organisation=organisation, record=record, competency=competency)
    return (
        Evidence.objects.filter(
            organisation=organisation, pk__in=claims.values("evidence"), withdrawn_at__isnull=True
        )
        .only("title", "mark", "happened_on", "recheck_on", "withdrawn_at")
        .order_by("-happened_on", "-id")
    )


def standing_and_cites(
    record: Record, competency_id: UUID
) -> tuple[str | None, list[tuple[UUID, UUID | None]]]:
    """Where a competency stands (None: nothing was ever decided), and the evidence and indicators that it stands on."""
    rows = _standing_and_cites(record.organisation_id, record.pk, competency_id)
    return rows[0][0] if rows else None, [(piece, indicator) for _value, piece, indicator in rows if piece]


@prepared
def _standing_and_cites(
    organisation: UUID, record: UUID, competency: UUID
) -> QuerySet[Standing, tuple[Any, ...]]:
    rows = Standing.objects.filter(organisation=organisation, record=record, competency=competency)
    return rows.values_list("value", "decision__citations__evidence", "decision__citations__indicator")


def newest_evidence(
    record: Record, most: int, *, competency: str = "", mark: str = "", state: str = ""
) -> list[Evidence]:
    """The first so many of what `sifted` leaves of a record's evidence. One query."""
    today = clock.today() if state in ("stale", "fresh") else None
    about = UUID(competency) if competency else None
    return _newest(record.organisation_id, record.pk, about, today, mark, state, f"{most}")


@prepared
def _newest(
    organisation: UUID,
    record: UUID,
    competency: UUID | None,
    today: date | None,
    mark: str,
    state: str,
    most: str,
) -> QuerySet[Evidence]:
    here = Record(pk=record, organisation_id=organisation)
    about = f"{competency}" if competency else ""
    return _sifted(evidence_of(here), here, about, mark, state, today)[: int(most)]


def sifted(
    rows: QuerySet[Evidence], record: Record, *, competency: str = "", mark: str = "", state: str = ""
) -> QuerySet[Evidence]:
    """Evidence narrowed to a competency, a mark, or a state: fresh, stale, withdrawn."""
    return _sifted(rows, record, competency, mark, state, clock.today())


def _sifted(
    rows: QuerySet[Evidence], record: Record, competency: str, mark: str, state: str, today: date | None
) -> QuerySet[Evidence]:
    if competency:
        claims = Claim.objects.filter(
            organisation=record.organisation_id, record=record, competency=UUID(competency)
        )
        rows = rows.filter(pk__in=claims.values("evidence"))
    if mark:
        rows = rows.filter(mark=mark)
    aged = Q(recheck_on__isnull=False, recheck_on__lte=today)
    match state:
        case "withdrawn":
            rows = rows.filter(withdrawn_at__isnull=False)
        case "stale":
            rows = rows.filter(aged, withdrawn_at__isnull=True)
        case "fresh":
            rows = rows.filter(~aged, withdrawn_at__isnull=True)
    return rows


def shown_by(record: Record, pieces: Iterable[Evidence]) -> list[tuple[UUID, UUID]]:
    """Which competencies of one record some pieces of evidence are claimed to show: piece and competency. One query."""
    return _shown_by(record.organisation_id, record.pk, tuple(piece.pk for piece in pieces))


@prepared
def _shown_by(
    organisation: UUID, record: UUID, pieces: tuple[UUID, ...]
) -> QuerySet[Claim, tuple[UUID, UUID]]:
    claims = Claim.objects.filter(organisation=organisation, record=record, evidence__in=pieces)
    return claims.values_list("evidence_id", "competency_id").distinct().order_by()


def claims_of(evidence: Evidence, seat: Seat) -> list[Claim]:
    """What a piece is claimed to show in the records that this person may see. One query."""
    records = Record.objects.filter(visible_records(seat)).values("pk")
    claims = Claim.objects.filter(
        organisation=evidence.organisation_id, evidence=evidence, record__in=records
    ).select_related("by", "competency", "record__group", "record__learner", "record__organisation")
    return list(claims.order_by("record_id", "competency_id", "indicator_id"))


def standing_since(decision: Decision) -> str:
    """Where the competency of a decision stands now in that record. One query."""
    held = Standing.objects.filter(
        organisation=decision.organisation_id, record=decision.record_id, competency=decision.competency_id
    )
    return held.values_list("value", flat=True).first() or StandingValue.NOT_STARTED
