"""Everything that a person's home stands on, over all their organisations, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from throughline.frameworks.tree import Tree, tree
from throughline.journeys.models import Journey, Priority, Rater, Round, RoundItem, TeamMember, Typist
from throughline.journeys.policy import Place
from throughline.journeys.queries import MyPart, Progress
from throughline.kit.prepared import prepared
from throughline.network.models import Share
from throughline.people.models import Person
from throughline.records.models import Record
from throughline.records.policy import visible_records
from throughline.schools.models import Membership, Organisation
from throughline.schools.tenant import Seat


@dataclass(frozen=True, slots=True)
class Going:
    """A round that is not closed, as one person meets it. `mine` is None for those who are not asked to rate."""

    round: Round
    journey: Journey
    seat: Seat
    left: int
    mine: MyPart | None
    progress: Progress

    @property
    def runs(self) -> bool:
        """Leads of the organisation and whoever started the journey run it."""
        return runs(self.seat, self.journey)

    @property
    def decides(self) -> bool:
        """On the team, as one of those who agree."""
        return bool(self.journey.i_decide)  # type: ignore[attr-defined]


def runs(seat: Seat, journey: Journey) -> bool:
    """Whether they run this journey; that does not depend on who is on its team."""
    return Place(seat, journey, None).runs


class Desk:
    """One person's organisations, journeys and open rounds; each is read once, when first asked for."""

    def __init__(self, person: Person, seats: Iterable[Seat]) -> None:
        self.person = person
        self.seats = list(seats)
        self.by_organisation = {seat.organisation.pk: seat for seat in self.seats}
        self.memberships = [seat.membership.pk for seat in self.seats]
        self.called: list[Membership] | None = None  # what `waiting_called` has read

    def seat_for(self, journey: Journey) -> Seat:
        """The seat from which this person sees a journey."""
        return self.by_organisation[journey.organisation_id]

    @cached_property
    def journeys(self) -> list[Journey]:
        """The journeys that this person may see and that go on, an organisation's own before its groups'. One query.

        Each knows `i_decide` (on its team, as a decider), `has_begun` (there was or is a round) and `has_met` (a spread
        was opened).
        """
        if not self.seats:
            return []
        found = _journeys(tuple(seat.ids for seat in self.seats))
        return sorted(found, key=lambda each: each.record.group_id is not None)

    def journeys_in(self, seat: Seat) -> list[Journey]:
        """Those of one organisation."""
        return [each for each in self.journeys if each.organisation_id == seat.organisation.pk]

    @cached_property
    def starting(self) -> list[Seat]:
        """Where this person looks after an organisation whose first round has not come to its spread: there a list of
        steps says how to begin."""
        met = {each.organisation_id for each in self.journeys if each.has_met}  # type: ignore[attr-defined]
        return [
            seat
            for seat in self.seats
            if seat.is_lead
            and seat.organisation.kind != Organisation.Kind.NETWORK
            and seat.organisation.pk not in met
        ]

    @cached_property
    def company(self) -> dict[UUID, tuple[int, int]]:
        """How many others are invited, and how many of them have come in, where people begin. One query there."""
        if not self.starting:
            return {}
        rows = _company(tuple(seat.organisation.pk for seat in self.starting), self.person.pk)
        return {organisation_id: (invited, came) for organisation_id, invited, came in rows}

    @cached_property
    def closed(self) -> dict[UUID, Round]:
        """The round closed last of each of these journeys, where none has begun since.

        Each knows whether priorities were `chosen`, and whether it `was_shared`.
        """
        mine = {each.pk for each in self.journeys}
        return {
            each.journey_id: each
            for each in self._rounds
            if each.state == Round.State.CLOSED and each.journey_id in mine
        }

    def framework(self, journey: Journey) -> Tree:
        """The map of a journey; kept in the process."""
        return tree(journey.record.version_id)

    @cached_property
    def rounds(self) -> list[Round]:
        """The rounds that go on in these journeys, and those whose paper sheets this person keys in.

        Each knows `i_key_in`, how many `people` rate on paper, and how many of their sheets `came_in`.
        """
        return [each for each in self._rounds if each.state != Round.State.CLOSED]

    @cached_property
    def _rounds(self) -> list[Round]:
        """The last round of each journey, and any whose sheets this person keys in. One query."""
        return _last_rounds(
            tuple(self.by_organisation), tuple(self.memberships), tuple(each.pk for each in self.journeys)
        )

    @cached_property
    def sheets_out(self) -> list[Round]:
        """Rounds whose paper sheets this person was named to key in, as long as some are out."""
        rounds: list[Any] = [each for each in self.rounds if each.state == Round.State.RATING]
        return [each for each in rounds if each.i_key_in and each.came_in < each.people]

    @cached_property
    def going(self) -> list[Going]:
        """The rounds that go on in these journeys. Three queries."""
        journeys = {each.pk: each for each in self.journeys}
        rounds = [each for each in self.rounds if each.journey_id in journeys]
        if not rounds:
            return []
        asked, left = _items(rounds)
        raters = _raters(rounds)
        return [
            self._going(each, journeys[each.journey_id], asked[each.pk], left[each.pk], raters[each.pk])
            for each in rounds
        ]

    def _going(
        self, held: Round, journey: Journey, asked: set[UUID], left: int, rows: "list[_Said]"
    ) -> Going:
        domains = {
            str(domain.id): sum(each.id in asked for each in domain.competencies)
            for domain in self.framework(journey).domains
        }
        totals = [
            sum(domains.get(each, 0) for each in row.domains) if row.domains else len(asked) for row in rows
        ]
        # a paper sheet that is nobody's stands for one of those who rate on paper
        sheets = sum(row.membership_id is None for row in rows)
        here = [
            (row, total) for row, total in zip(rows, totals, strict=True) if row.here and row.membership_id
        ]
        awaited = [pair for pair in here if pair[0].awaited]
        mine = next((pair for pair in awaited if pair[0].membership_id in self.memberships), None)
        return Going(
            round=held,
            journey=journey,
            seat=self.seat_for(journey),
            left=left,
            mine=_part(*mine) if mine else None,
            progress=Progress(
                awaited=len(here),
                finished=sum(row.sheet_in or row.said >= total for row, total in here)
                + min(sheets, sum(row.on_paper for row, _total in here)),
                raters=len(rows) - sheets,
                begun=sum(row.said > 0 for row in rows if row.membership_id) + sheets,
                expected=len(awaited),
            ),
        )


@prepared
def _journeys(seats: tuple[tuple[UUID, UUID, frozenset[str]], ...]) -> QuerySet[Journey]:
    visible = reduce(or_, (visible_records(Seat.of_ids(*seat)) for seat in seats))
    mine = TeamMember.objects.filter(
        organisation=OuterRef("organisation"),
        journey=OuterRef("pk"),
        membership__in=[membership for membership, _organisation, _roles in seats],
        is_decider=True,
        left_at__isnull=True,
    )
    rounds = Round.objects.filter(organisation=OuterRef("organisation"), journey=OuterRef("pk"))
    met = rounds.filter(state__in=(Round.State.AGREEING, Round.State.CLOSED))
    return (
        Journey.objects.filter(
            organisation__in=[organisation for _membership, organisation, _roles in seats],
            record__in=Record.objects.filter(visible).values("pk"),
            archived_at__isnull=True,
        )
        .select_related("record__group", "organisation")
        .annotate(i_decide=Exists(mine), has_begun=Exists(rounds), has_met=Exists(met))
        .order_by("name", "id")
    )


@prepared
def _company(organisations: tuple[UUID, ...], person: UUID) -> QuerySet[Membership, tuple[UUID, int, int]]:
    return (
        Membership.objects.filter(organisation__in=organisations, left_at__isnull=True)
        .exclude(person=person)
        .values_list("organisation_id")
        .annotate(invited=Count("pk"), came=Count("joined_at"))
    )


@prepared
def _last_rounds(
    organisations: tuple[UUID, ...], memberships: tuple[UUID, ...], journeys: tuple[UUID, ...]
) -> QuerySet[Round]:
    here = {"organisation": OuterRef("organisation")}
    mine = Typist.objects.filter(**here, round=OuterRef("pk"), membership__in=memberships)
    later = Round.objects.filter(**here, journey=OuterRef("journey"), number__gt=OuterRef("number"))
    shares = Share.objects.filter(
        **here, snapshot__journey=OuterRef("journey"), snapshot__round=OuterRef("pk")
    )
    chosen = Priority.objects.filter(**here, round=OuterRef("pk"), dropped_at__isnull=True)
    on_paper = Q(raters__on_paper=True, raters__membership__isnull=False)
    found = (
        Round.objects.filter(organisation__in=organisations)
        .annotate(i_key_in=Exists(mine), is_over=Exists(later))
        .filter(Q(journey__in=journeys) | Q(i_key_in=True), is_over=False)
        .annotate(
            people=Count("raters", filter=on_paper),
            came_in=Count("raters", filter=Q(raters__sheet_in=True)),
            was_shared=Exists(shares),
            chosen=Exists(chosen),
        )
        .select_related("journey")
    )
    return found.order_by("due_on", "id")


@dataclass(frozen=True, slots=True)
class _Said:
    """How much one rater has rated. Never leaves this module by name."""

    membership_id: UUID | None
    domains: list[str]
    here: bool
    awaited: bool
    said: int
    on_paper: bool
    sheet_in: bool


def _part(row: _Said, total: int) -> MyPart:
    return MyPart(0 if row.on_paper else max(0, total - row.said), total, row.on_paper)


def _organisations(rounds: list[Round]) -> tuple[UUID, ...]:
    """Named in every question to the database: all indexes start with the organisation."""
    return tuple({each.organisation_id for each in rounds})


def _items(rounds: list[Round]) -> tuple[dict[UUID, set[UUID]], dict[UUID, int]]:
    asked: dict[UUID, set[UUID]] = defaultdict(set)
    left: dict[UUID, int] = defaultdict(int)
    for round_id, competency_id, state in _items_in(
        _organisations(rounds), tuple(each.pk for each in rounds)
    ):
        asked[round_id].add(competency_id)
        left[round_id] += state == RoundItem.State.OPEN
    return asked, left


@prepared
def _items_in(
    organisations: tuple[UUID, ...], rounds: tuple[UUID, ...]
) -> QuerySet[RoundItem, tuple[UUID, UUID, str]]:
    return RoundItem.objects.filter(organisation__in=organisations, round__in=rounds).values_list(
        "round_id", "competency_id", "state"
    )


def _raters(rounds: list[Round]) -> dict[UUID, list[_Said]]:
    found: dict[UUID, list[_Said]] = defaultdict(list)
    for round_id, membership_id, domains, absent_at, left_at, on_paper, sheet_in, said in _raters_in(
        _organisations(rounds), tuple(each.pk for each in rounds)
    ):
        here = left_at is None
        awaited = here and absent_at is None
        found[round_id].append(_Said(membership_id, domains, here, awaited, said, on_paper, sheet_in))
    return found


@prepared
def _raters_in(organisations: tuple[UUID, ...], rounds: tuple[UUID, ...]) -> QuerySet[Rater, tuple[Any, ...]]:
    return (
        Rater.objects.filter(
            organisation__in=organisations, round__in=rounds, round__state=Round.State.RATING
        )
        .values_list(
            "round_id",
            "membership_id",
            "domains",
            "absent_at",
            "membership__left_at",
            "on_paper",
            "sheet_in",
        )
        .annotate(said=Count("ratings"))
    )
