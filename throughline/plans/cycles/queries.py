"""Reads of small tests, starting from what a person may see."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from throughline.frameworks.tree import CompetencyItem
from throughline.plans.cycles.standing import OVER, TONES, WORDS, Stands, stands
from throughline.plans.models import Cycle, SmallTest
from throughline.plans.policy import may_see_plan
from throughline.plans.serving import served_by_each
from throughline.schools.tenant import Seat


@dataclass(frozen=True, slots=True)
class Tested:
    """A small test with its cycles, the newest first."""

    test: SmallTest
    cycles: tuple[Cycle, ...]
    serves: tuple[CompetencyItem, ...] = ()

    @property
    def newest(self) -> Cycle:
        """The cycle that says how far it is."""
        return self.cycles[0]

    @property
    def stands(self) -> Stands:
        """How far it is."""
        return stands(self.newest)

    @property
    def words(self) -> str:
        """How far it is, in words."""
        return str(WORDS[self.stands])

    @property
    def tone(self) -> str:
        """How that looks."""
        return TONES.get(self.stands, "")

    @property
    def is_over(self) -> bool:
        """Adopted or abandoned."""
        return self.stands in OVER

    @property
    def learned(self) -> str:
        """What the last cycle that ended taught."""
        return next((each.learned for each in self.cycles if each.ended_on), "")


def tests_of(seat: Seat) -> QuerySet[SmallTest]:
    """The small tests that this person may see, the newest first."""
    if not may_see_plan(seat):
        return SmallTest.objects.none()
    return (
        SmallTest.objects.filter(organisation=seat.organisation)
        .select_related("owner", "goal__journey__record")
        .order_by("-made_at", "pk")
    )


def _with_cycles(rows: QuerySet[SmallTest]) -> QuerySet[SmallTest]:
    return rows.prefetch_related(Prefetch("cycles", Cycle.objects.order_by("-number")))


def all_tested(seat: Seat) -> list[Tested]:
    """Every small test with its cycles. Two queries."""
    return [Tested(each, tuple(each.cycles.all())) for each in _with_cycles(tests_of(seat))]


def find_tested(seat: Seat, test_id: UUID) -> Tested | None:
    """One small test with its cycles and what it serves. Three queries, and the tree of the framework."""
    found = _with_cycles(tests_of(seat)).filter(pk=test_id).first()
    if found is None:
        return None
    serves = served_by_each(seat.organisation, "test", [test_id]).get(test_id, [])
    return Tested(found, tuple(found.cycles.all()), tuple(serves))


def cycle_in(seat: Seat, cycle_id: UUID) -> Cycle | None:
    """One cycle of a test that this person may see. One query."""
    rows = Cycle.objects.filter(organisation=seat.organisation, pk=cycle_id, test__in=tests_of(seat))
    return rows.select_related("test__owner", "test__goal").first()
