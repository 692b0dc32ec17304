"""What one rater is asked in a round, and what they have said so far: for their own eyes."""

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.journeys.models import Rater, Round, RoundItem
from throughline.journeys.queries import competencies_asked
from throughline.journeys.spread.queries import FEWEST_FOR_DOTS
from throughline.kit.prepared import prepared
from throughline.schools.tenant import Seat


class Mine(NamedTuple):
    """What a rater has said of one competency."""

    step: int | None
    confidence: str
    comment: str
    comment_released: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One competency that someone is asked to rate, and what they have said so far."""

    item_id: UUID
    competency: CompetencyItem
    rating: Mine | None
    said: str


def rater_with_company(seat: Seat, held: Round) -> Rater | None:
    """This person as a rater of a round; `company` is how many people rate in it. One query."""
    return next(iter(_rater(seat.organisation.pk, held.pk, seat.membership.pk)), None)


@prepared
def _rater(organisation: UUID, held: UUID, membership: UUID) -> QuerySet[Rater]:
    people = Rater.objects.filter(
        organisation=OuterRef("organisation"), round=OuterRef("round"), membership__isnull=False
    )
    company = people.values("round").annotate(people=Count("pk")).values("people")
    mine = Rater.objects.filter(organisation=organisation, round=held, membership=membership)
    return mine.annotate(company=Subquery(company))


def is_small(rater: Rater, held: Round) -> bool:
    """Where only words will show, others read a comment only when its author says so."""
    company: int = rater.company  # type: ignore[attr-defined]  # of `rater_with_company`
    return not held.names_shown and company < FEWEST_FOR_DOTS


def asked_of(rater: Rater, framework: Tree) -> list[Asked]:
    """All that a rater is asked, in framework order. One query."""
    wanted = competencies_asked(rater, framework)
    return [
        Asked(item_id, framework.by_id[competency_id], mine, _in_words(mine, framework))
        for item_id, competency_id, *told in _sheet(rater.organisation_id, rater.round_id, rater.pk)
        if wanted is None or competency_id in wanted
        for mine in [_mine(*told)]
    ]


def _in_words(mine: Mine | None, framework: Tree) -> str:
    if mine is None:
        return ""
    return _("cannot say") if mine.step is None else framework.step_labels[mine.step - 1].label


class Now(NamedTuple):
    """A competency of a round as a verb finds it."""

    round_state: str
    framework_version_id: UUID
    item_id: UUID
    mine: Mine | None


def now_of(rater: Rater, competencies: tuple[UUID, ...]) -> dict[UUID, Now]:
    """These competencies, as far as the round asks about them. One query."""
    rows = _stands(rater.organisation_id, rater.round_id, rater.pk, competencies)
    return {
        competency_id: Now(state, version_id, item_id, _mine(*told))
        for competency_id, state, version_id, item_id, *told in rows
    }


_TOLD = ("mine__step", "mine__confidence", "mine__comment", "mine__comment_released")


def _mine(step: int | None, confidence: str, comment: str | None, released: bool) -> Mine | None:
    """Nothing where no rating was joined: one always has a comment, be it an empty one."""
    return None if comment is None else Mine(step, confidence, comment, released)


@prepared
def _sheet(organisation: UUID, held: UUID, rater: UUID) -> QuerySet[RoundItem, tuple[Any, ...]]:
    rows = _with_mine(organisation, held, rater).order_by("position")
    return rows.values_list("id", "competency", *_TOLD)


@prepared
def _stands(
    organisation: UUID, held: UUID, rater: UUID, competencies: tuple[UUID, ...]
) -> QuerySet[RoundItem, tuple[Any, ...]]:
    rows = _with_mine(organisation, held, rater).filter(competency__in=competencies)
    return rows.values_list("competency", "round__state", "round__framework_version", "id", *_TOLD)


def _with_mine(organisation: UUID, held: UUID, rater: UUID) -> QuerySet[RoundItem]:
    mine = FilteredRelation("ratings", condition=Q(ratings__rater=rater))
    return RoundItem.objects.filter(organisation=organisation, round=held).annotate(mine=mine)
