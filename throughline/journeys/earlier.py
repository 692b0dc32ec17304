"""An earlier moment as seen from today, beside how it was rated then: never instead of it.

Who has learned more about a thing judges what they did before by another yardstick, so that "then" and "now" cannot
simply be laid on each other (G. S. Howard 1980, "Response-shift bias: a problem in evaluating interventions with
pre/post self-reports", Evaluation Review 4, 93-106). Raters may therefore say, after their own rating and without their
earlier one before them, where they would place the earlier moment today.

Only words are told of it while names are hidden, never counts: whether people agree, and from five on where the middle
lies. So it cannot be laid on either of the other two pictures and subtracted, whoever took part in which.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from throughline.frameworks.tree import Tree
from throughline.journeys.consensus import assess
from throughline.journeys.models import Rater, Rating, Rerating, Round, RoundItem
from throughline.journeys.queries import items_of
from throughline.journeys.spread import (
    FEWEST_FOR_A_WORD,
    FEWEST_FOR_DOTS,
    STEPS,
    spread_is_open,
)

LOOKING_BACK = Rerating.Kind.LOOKING_BACK


@dataclass(frozen=True, slots=True)
class View:
    """How people place the school: the word, and the step in the middle (two: between them; none: not told)."""

    word: str
    middle: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """One competency three times: at round `earlier` as rated then, the same as seen today, now. `today` is None where too few looked."""

    earlier: int
    then: View
    today: View | None
    now: View

    @property
    def may_show(self) -> bool:
        """Whether there is anything to tell beside the spread itself."""
        return self.today is not None

    def frozen(self) -> dict[str, Any]:
        """What a snapshot keeps: words and middles."""
        views = {"then": self.then, "today": self.today, "now": self.now}
        return {
            "round": self.earlier,
            **{
                name: {"word": view.word, "middle": list(view.middle)} for name, view in views.items() if view
            },
        }


def look_from(told: Mapping[str, Any]) -> Look:
    """A look as a snapshot keeps it (`Look.frozen`)."""
    then, today, now = (
        View(told[name]["word"], tuple(told[name]["middle"])) for name in ("then", "today", "now")
    )
    return Look(told["round"], then, today, now)


def view_of(names_shown: bool, counts: list[int], answered: int) -> View | None:
    """What is told of so many answers: nothing of too few, the word alone of a few, the middle too from five on."""
    if answered < (1 if names_shown else FEWEST_FOR_A_WORD):
        return None
    reading = assess(counts)
    told = names_shown or answered >= FEWEST_FOR_DOTS
    return View(str(reading.word), _steps(reading.median) if told and reading.median else ())


def _steps(median: float) -> tuple[int, ...]:
    """The step of the middle, or the two that it lies between."""
    low = int(median)
    return (low,) if median == low else (low, low + 1)


def earlier_items(held: Round) -> QuerySet[RoundItem]:
    """The competencies of earlier closed rounds of the same journey, the latest round last."""
    return (
        RoundItem.objects.filter(
            organisation=held.organisation_id,
            round__journey=held.journey_id,
            round__number__lt=held.number,
            round__state=Round.State.CLOSED,
        )
        .select_related("round")
        .order_by("round__number")
    )


def earlier_round(held: Round, competency_id: UUID) -> Round | None:
    """The last round before this one that looked at a competency."""
    if held.number == 1:
        return None
    found = earlier_items(held).filter(competency=competency_id).last()
    return found.round if found else None


def my_looks(rater: Rater) -> dict[UUID, Rerating]:
    """What this rater said of the earlier moment, by round item: for their own eyes."""
    rows = Rerating.objects.filter(organisation=rater.organisation_id, rater=rater, kind=LOOKING_BACK)
    return {row.item_id: row for row in rows}


def looks_of(held: Round, framework: Tree, *, for_all: bool = False) -> dict[UUID, Look]:
    """Every competency that somebody looked back on, by round item. Four queries; one where nobody did, none in a
    first round. Before the spread is open there is none for anybody: `Refused`.

    `for_all`: for the report, which others than the team read too. Names that show, show to the team alone, so a few
    are told there as if they were hidden.
    """
    spread_is_open(held).enforce()
    if held.number == 1:
        return {}
    here = items_of(held).values("pk")
    looked = _tallied(
        Rerating.objects.filter(organisation=held.organisation_id, kind=LOOKING_BACK, item__in=here)
    )
    if not looked:
        return {}
    items = list(items_of(held).filter(pk__in=looked))
    before = {
        each.competency_id: each
        for each in earlier_items(held).filter(competency__in=[item.competency_id for item in items])
    }
    keys = [each.pk for each in [*items, *before.values()]]
    rated = _tallied(Rating.objects.filter(organisation=held.organisation_id, item__in=keys))
    found, named = {}, held.names_shown and not for_all
    for item in items:
        then = before.get(item.competency_id)
        if then is None:
            continue
        found[item.id] = Look(
            earlier=then.round.number,
            then=view_of(then.round.names_shown and not for_all, *rated[then.id]) or View("none", ()),
            today=view_of(named, *looked[item.id]),
            now=view_of(named, *rated[item.id]) or View("none", ()),
        )
    return found


def _tallied(rows: Any) -> dict[UUID, tuple[list[int], int]]:
    """By item: how many on each step, and how many answered at all. One query."""
    found: dict[UUID, tuple[list[int], int]] = defaultdict(lambda: ([0] * STEPS, 0))
    told: Iterable[tuple[UUID, int | None, int]] = (
        rows.values_list("item_id", "step").annotate(n=Count("id")).order_by()
    )
    for item_id, step, number in told:
        counts, answered = found[item_id]
        if step is not None:
            counts[step - 1] = number
        found[item_id] = (counts, answered + number)
    return found
