"""Named reads of journeys and rounds, starting from what a person may see."""

from dataclasses import dataclass
from itertools import starmap
from math import ceil
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Count, F, FilteredRelation, Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.tree import CompetencyItem, Tree, tree
from throughline.journeys.models import Journey, Rater, Rating, Round, RoundItem, TeamMember
from throughline.journeys.policy import Place
from throughline.journeys.versions import said_alike
from throughline.kit.prepared import prepared
from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.records.policy import visible_records
from throughline.schools.tenant import Seat

Row = TypeVar("Row", bound=Model)
SECONDS_PER_COMPETENCY = 100
ENOUGH_WITHOUT_STRAGGLERS = 3


def journeys_visible_to(seat: Seat) -> QuerySet[Journey]:
    """Journeys whose record this person may see, by name."""
    return (
        Journey.objects.filter(visible_records(seat, "record"), organisation=seat.organisation)
        .select_related("record__group", "organisation", "started_by")
        .order_by("name", "id")
    )


def place_in(seat: Seat, journey_id: UUID) -> Place | None:
    """This person's part in that journey, where they may see it. One query."""
    return next((_place(seat, each, each) for each in _journey_and_part(*seat.ids, journey_id)), None)


@prepared
def _journey_and_part(
    membership: UUID, organisation: UUID, roles: frozenset[str], journey_id: UUID
) -> QuerySet[Journey]:
    rows = journeys_visible_to(Seat.of_ids(membership, organisation, roles)).filter(pk=journey_id)
    return _with_part(rows, "team", membership)


def rounds_visible_to(seat: Seat) -> QuerySet[Round]:
    """Rounds of the journeys that this person may see, each with its journey and whose record that is about."""
    return Round.objects.filter(
        visible_records(seat, "journey__record"), organisation=seat.organisation
    ).select_related("journey__record__group")


def round_and_place(seat: Seat, round_id: UUID) -> tuple[Round, Place] | None:
    """That round, where this person may see its journey, and their part in that. One query."""
    for held in _round_and_part(*seat.ids, round_id):
        return held, _place(seat, held.journey, held)
    return None


@prepared
def _round_and_part(
    membership: UUID, organisation: UUID, roles: frozenset[str], round_id: UUID
) -> QuerySet[Round]:
    rows = rounds_visible_to(Seat.of_ids(membership, organisation, roles)).filter(pk=round_id)
    return _with_part(rows, "journey__team", membership)


def _with_part(rows: QuerySet[Row], team: str, membership: UUID) -> QuerySet[Row]:
    """Beside each row what `_place` reads: a person's part in the journey whose team is reached by that path."""
    mine = Q(**{f"{team}__membership": membership, f"{team}__left_at__isnull": True})
    told = {f"part_{name}": F(f"part__{name}") for name in ("id", "is_rater", "is_decider")}
    found: QuerySet[Row] = rows.annotate(part=FilteredRelation(team, condition=mine)).annotate(**told)
    return found


def _place(seat: Seat, journey: Journey, row: Any) -> Place:
    journey.organisation = seat.organisation
    if row.part_id is None:
        return Place(seat, journey, None)
    mate = Mate(row.part_id, seat.membership.pk, row.part_is_rater, row.part_is_decider, seat.membership.name)
    return Place(seat, journey, mate.as_member(journey))


def place_of(seat: Seat, journey: Journey) -> Place:
    """This person's part in a journey. One query."""
    members = _on_team(seat.organisation.pk, journey.pk, seat.membership.pk)
    return Place(seat, journey, next(iter(members), None))


@prepared
def _on_team(organisation: UUID, journey: UUID, membership: UUID) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(
        organisation=organisation, journey=journey, membership=membership, left_at__isnull=True
    )


def team_of(journey: Journey) -> QuerySet[TeamMember]:
    """Who is on the team now, by name."""
    return (
        TeamMember.objects.filter(
            organisation=journey.organisation_id,
            journey=journey,
            left_at__isnull=True,
            membership__left_at__isnull=True,
        )
        .select_related("membership")
        .order_by("membership__name", "membership_id")
    )


class Mate(NamedTuple):
    """Someone on the team now, as much of them as a page says."""

    id: UUID
    membership_id: UUID
    is_rater: bool
    is_decider: bool
    name: str

    def as_member(self, journey: Journey) -> TeamMember:
        """The same as policies ask for it; not asked of the database."""
        return TeamMember(
            id=self.id,
            organisation_id=journey.organisation_id,
            journey=journey,
            membership_id=self.membership_id,
            is_rater=self.is_rater,
            is_decider=self.is_decider,
        )


def read_team(journey: Journey) -> list[Mate]:
    """Who is on the team now, by name. One query."""
    return list(starmap(Mate, _mates(journey.organisation_id, journey.pk)))


@prepared
def _mates(organisation: UUID, journey: UUID) -> QuerySet[TeamMember, tuple[Any, ...]]:
    team = team_of(Journey(pk=journey, organisation_id=organisation)).select_related(None)
    return team.values_list("pk", "membership_id", "is_rater", "is_decider", "membership__name")


def raters_on_team(journey: Journey) -> QuerySet[TeamMember]:
    """Those on the team now who rate."""
    return TeamMember.objects.filter(
        organisation=journey.organisation_id,
        journey=journey,
        is_rater=True,
        left_at__isnull=True,
        membership__left_at__isnull=True,
    )


def rounds_of(journey: Journey) -> QuerySet[Round]:
    """Every round of a journey, newest first."""
    return Round.objects.filter(organisation=journey.organisation_id, journey=journey).order_by("-number")


def current_round(journey: Journey) -> Round | None:
    """The round that is not closed yet, if any."""
    return rounds_of(journey).exclude(state=Round.State.CLOSED).first()


def items_of(held: Round) -> QuerySet[RoundItem]:
    """The competencies of a round in framework order."""
    return RoundItem.objects.filter(organisation=held.organisation_id, round=held).order_by("position")


def read_items(held: Round) -> list[RoundItem]:
    """The same, read. One query."""
    return _items(held.organisation_id, held.pk)


@prepared
def _items(organisation: UUID, held: UUID) -> QuerySet[RoundItem]:
    return items_of(Round(pk=held, organisation_id=organisation))


def settled_item(item_id: UUID) -> RoundItem:
    """A competency of a round that has been settled, with by whom and the decision. One query."""
    return RoundItem.objects.select_related("settled_by", "decision").get(pk=item_id)


def asked(rater: Rater, items: list[RoundItem], framework: Tree) -> list[RoundItem]:
    """The competencies that this rater is asked to rate."""
    wanted = competencies_asked(rater, framework)
    return items if wanted is None else [item for item in items if item.competency_id in wanted]


def competencies_asked(rater: Rater, framework: Tree) -> set[UUID] | None:
    """What the domains hold that this rater is asked about; None for everything."""
    if not rater.domains:
        return None
    return {
        each.id
        for domain in framework.domains
        if str(domain.id) in rater.domains
        for each in domain.competencies
    }


def minutes_for(competencies: int) -> int:
    """How long rating that many takes, rounded up to five minutes (24 in 40)."""
    return max(1, ceil(competencies * SECONDS_PER_COMPETENCY / 300) * 5) if competencies > 1 else 2


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round's rating is: counts only, never names.

    `finished` of `awaited` counts those who are away like everyone else, and `expected` is how many are not away.
    Whatever follows from these follows from the numbers alone: otherwise marking people as away, until only one is
    left, would tell whether that one has finished.
    """

    awaited: int
    finished: int
    raters: int
    begun: int
    expected: int

    @property
    def all_finished(self) -> bool:
        """Everyone has, those who are away too."""
        return self.finished >= self.awaited

    @property
    def as_many_as_expected(self) -> bool:
        """No more are waited for. Should someone who is away have finished, somebody else may not have."""
        return self.finished >= self.expected


@dataclass(frozen=True, slots=True)
class _Said:
    """How much one rater has still to rate; nobody's (no membership) is a paper sheet that was keyed in while names are
    hidden. Never leaves this module by name."""

    rater_id: UUID
    membership_id: UUID | None
    here: bool
    awaited: bool
    begun: bool
    total: int
    left: int
    on_paper: bool


def progress_of(held: Round, framework: Tree) -> Progress:
    """Counts of who is awaited and who has finished. Two queries."""
    return _counted(_said(held, framework))


def _counted(rows: list[_Said]) -> Progress:
    """A paper sheet that is nobody's stands for one of those who rate on paper, whoever that is."""
    people = [row for row in rows if row.membership_id is not None]
    here = [row for row in people if row.here]
    sheets = len(rows) - len(people)
    on_paper = [row for row in here if row.on_paper]
    return Progress(
        awaited=len(here),
        finished=sum(row.left <= 0 for row in here) + min(sheets, len(on_paper)),
        raters=len(people),
        begun=sum(row.begun for row in people) + sheets,
        expected=sum(row.awaited for row in people),
    )


@dataclass(frozen=True, slots=True)
class MyPart:
    """What one person has still to rate in a round; nothing on screen for those who rate on paper."""

    left: int
    total: int
    on_paper: bool = False

    @property
    def minutes(self) -> int:
        """Estimated minutes for what is left."""
        return minutes_for(self.left)


def progress_for(
    seat: Seat, held: Round, framework: Tree, competencies: int | None
) -> tuple[Progress, MyPart | None]:
    """The counts of everyone and one's own part (None: not asked). One query where it is known how many competencies the
    round has and nobody is asked about some domains only, else two."""
    rows = _said(held, framework, competencies)
    mine = next((row for row in rows if row.membership_id == seat.membership.id), None)
    if mine is None:
        return _counted(rows), None
    left = 0 if mine.on_paper else max(0, mine.left)
    return _counted(rows), MyPart(left, mine.total, mine.on_paper)


def spread_may_open(progress: Progress) -> Verdict:
    """Without stragglers only once three raters have finished: otherwise it is plain who said what."""
    if progress.finished == 0:
        return refuse(_("Nobody has finished rating yet."))
    if progress.finished < min(ENOUGH_WITHOUT_STRAGGLERS, progress.expected):
        return refuse(
            _(
                "Wait until everyone has finished, or at least three people have. Otherwise it would be clear who said what."
            )
        )
    return ALLOWED


def unfinished_raters(held: Round, framework: Tree) -> QuerySet[Rater]:
    """Those awaited on screen who have not rated everything asked: for reminders only, never shown."""
    rows = _said(held, framework)
    behind = [row.rater_id for row in rows if row.awaited and row.left > 0 and not row.on_paper]
    return Rater.objects.filter(organisation=held.organisation_id, pk__in=behind).select_related(
        "membership__person", "membership__organisation"
    )


@prepared
def _wanted(organisation: UUID, held: UUID) -> QuerySet[RoundItem, UUID]:
    items = RoundItem.objects.filter(organisation=organisation, round=held)
    return items.values_list("competency_id", flat=True)


def _said(held: Round, framework: Tree, competencies: int | None = None) -> list[_Said]:
    rows = _raters_and_counts(held.organisation_id, held.pk)
    in_domain: dict[str, int] = {}
    if competencies is None or any(domains for _rater, _member, domains, *_rest in rows):
        wanted = set(_wanted(held.organisation_id, held.pk))
        competencies = len(wanted)
        in_domain = {
            str(domain.id): sum(each.id in wanted for each in domain.competencies)
            for domain in framework.domains
        }
    found = []
    for rater_id, membership_id, domains, absent_at, left_at, on_paper, sheet_in, said in rows:
        total = sum(in_domain.get(each, 0) for each in domains) if domains else competencies
        here = left_at is None
        found.append(
            _Said(
                rater_id,
                membership_id,
                here,
                here and absent_at is None,
                said > 0,
                total,
                0 if sheet_in else total - said,
                on_paper,
            )
        )
    return found


@prepared
def _raters_and_counts(organisation: UUID, held: UUID) -> QuerySet[Rater, tuple[Any, ...]]:
    raters = Rater.objects.filter(organisation=organisation, round=held).values("pk")
    return (
        Rater.objects.filter(organisation=organisation, pk__in=raters)
        .values_list(
            "id", "membership_id", "domains", "absent_at", "membership__left_at", "on_paper", "sheet_in"
        )
        .annotate(said=Count("ratings__item"))  # which stands in the index, unlike the id
    )


def rater_of(seat: Seat, held: Round) -> Rater | None:
    """This person as a rater of a round. One query."""
    return next(iter(_rater(seat.organisation.pk, held.pk, seat.membership.pk)), None)


@prepared
def _rater(organisation: UUID, held: UUID, membership: UUID) -> QuerySet[Rater]:
    return Rater.objects.filter(organisation=organisation, round=held, membership=membership)


def ratings_of(rater: Rater) -> dict[UUID, Rating]:
    """What this rater has said so far, by round item: for their own eyes. One query."""
    return {row.item_id: row for row in _ratings(rater.organisation_id, rater.pk)}


@prepared
def _ratings(organisation: UUID, rater: UUID) -> QuerySet[Rating]:
    return Rating.objects.filter(organisation=organisation, rater=rater)


def previous_steps(held: Round) -> dict[UUID, int]:
    """The step agreed for each competency in the latest earlier round that agreed one.

    Where a competency continues several of an older version, they must have been agreed alike. No query in
    a first round.
    """
    if held.number == 1:
        return {}
    if held.journey.record.moved_at is None:
        told = _steps_before(held.organisation_id, held.journey_id, held.pk, held.number)
        return {competency_id: step for competency_id, step in told if step is not None}
    rows = _agreed_before(held).order_by("round__number")
    said: dict[UUID, dict[UUID, int]] = {}
    for competency_id, step, version_id in rows.values_list(
        "competency_id", "step", "round__framework_version"
    ):
        if step is not None:
            said.setdefault(version_id, {})[competency_id] = step
    found: dict[UUID, int] = {}
    for version_id, steps in said.items():
        found |= said_alike(tree(held.framework_version_id), version_id, steps)
    return found


@prepared
def _steps_before(
    organisation: UUID, journey: UUID, held: UUID, number: int
) -> QuerySet[RoundItem, tuple[UUID, int | None]]:
    """Each competency goes back round by round until it is found, so that it does not matter how many there were."""
    before = _agreed_before(Round(organisation_id=organisation, journey_id=journey, number=number))
    before = before.filter(competency=OuterRef("competency"), step__isnull=False).order_by("-round__number")
    items = RoundItem.objects.filter(organisation=organisation, round=held)
    return items.values_list("competency_id", Subquery(before.values("step")[:1]))


def previous_step(held: Round, competency_id: UUID) -> int | None:
    """The same for one competency, whatever the number of rounds. No query in a first one."""
    if held.number == 1:
        return None
    rows = _step_before(held.organisation_id, held.journey_id, held.number, competency_id)
    step = next(iter(rows), None)
    if step is None and held.journey.record.moved_at is not None:
        return previous_steps(held).get(competency_id)
    return step


@prepared
def _step_before(
    organisation: UUID, journey: UUID, number: int, competency: UUID
) -> QuerySet[RoundItem, int | None]:
    before = _agreed_before(Round(organisation_id=organisation, journey_id=journey, number=number))
    rows = before.filter(competency=competency).order_by("-round__number")
    return rows.values_list("step", flat=True)[:1]


def last_step(journey: Journey, competency_id: UUID) -> int | None:
    """The step that the team agreed last for a competency, in whichever round; None where it never did."""
    rows = RoundItem.objects.filter(
        organisation=journey.organisation_id,
        round__journey=journey,
        competency=competency_id,
        state=RoundItem.State.AGREED,
    )
    return rows.order_by("-round__number").values_list("step", flat=True).first()


def _agreed_before(held: Round) -> QuerySet[RoundItem]:
    return RoundItem.objects.filter(
        organisation=held.organisation_id,
        round__journey=held.journey_id,
        round__number__lt=held.number,
        state=RoundItem.State.AGREED,
    )


def no_round_open(journey: Journey) -> Verdict:
    """A round asks about the words of one version: it ends on these before the journey moves on to another."""
    if rounds_of(journey).exclude(state=Round.State.CLOSED).exists():
        return refuse(_("A round is under way. Close it, or delete its draft, before the journey moves on."))
    return ALLOWED


def competency_of(item: RoundItem, framework: Tree) -> CompetencyItem:
    """The words of a round's competency."""
    return framework.by_id[item.competency_id]
