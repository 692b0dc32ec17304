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

from django.db.models import Count, OuterRef, QuerySet, Subquery

from throughline.frameworks.tree import Tree
from throughline.journeys.models import Rater, Rating, Rerating, Round, RoundItem, Tally
from throughline.journeys.queries import items_of, read_items
from throughline.journeys.spread.consensus import assess
from throughline.journeys.spread.queries import (
    FEWEST_FOR_A_WORD,
    FEWEST_FOR_DOTS,
    STEPS,
    Spread,
    spread_is_open,
)
from throughline.journeys.spread.tallies import tallies_alone, tallies_of
from throughline.kit.prepared import prepared

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
    return View(str(reading.word), steps_of(reading.median) if told and reading.median else ())


def steps_of(median: float) -> tuple[int, ...]:
    """The step of the middle, or the two that it lies between."""
    low = int(median)
    return (low,) if median == low else (low, low + 1)


def earlier_round(held: Round, competency_id: UUID) -> Round | None:
    """The last round before this one that looked at a competency."""
    if held.number == 1:
        return None
    rows = RoundItem.objects.filter(
        organisation=held.organisation_id,
        round__journey=held.journey_id,
        round__number__lt=held.number,
        round__state=Round.State.CLOSED,
        competency=competency_id,
    )
    found = rows.select_related("round").order_by("round__number").last()
    return found.round if found else None


def rounds_before(held: Round) -> dict[UUID, int]:
    """The number of the last closed round before this one that looked at each of its competencies. One query."""
    return dict(_rounds_before(held.organisation_id, held.journey_id, held.pk, held.number))


@prepared
def _rounds_before(
    organisation: UUID, journey: UUID, held: UUID, number: int
) -> QuerySet[RoundItem, tuple[UUID, int]]:
    rows = _last_before(organisation, journey, held, number)
    return rows.values_list("competency_id", "round__number")


@prepared
def _items_before(organisation: UUID, journey: UUID, held: UUID, number: int) -> QuerySet[RoundItem]:
    return _last_before(organisation, journey, held, number).select_related("round")


def _last_before(organisation: UUID, journey: UUID, held: UUID, number: int) -> QuerySet[RoundItem]:
    """What the last closed round before this one that looked at it made of each competency.

    Each goes back round by round until it is found, so that it does not matter how many rounds there were.
    """
    items = RoundItem.objects.filter(organisation=organisation)
    before = items.filter(
        competency=OuterRef("competency"),
        round__journey=journey,
        round__number__lt=number,
        round__state=Round.State.CLOSED,
    )
    last = before.order_by("-round__number").values("pk")[:1]
    return items.filter(pk__in=items.filter(round=held).values(last=Subquery(last)))


def my_looks(rater: Rater) -> dict[UUID, Rerating]:
    """What this rater said of the earlier moment, by round item: for their own eyes."""
    return {row.item_id: row for row in _my_looks(rater.organisation_id, rater.pk)}


@prepared
def _my_looks(organisation: UUID, rater: UUID) -> QuerySet[Rerating]:
    return Rerating.objects.filter(organisation=organisation, rater=rater, kind=LOOKING_BACK)


def looks_of(
    held: Round, framework: Tree, *, for_all: bool = False, spreads: Iterable[Spread] | None = None
) -> dict[UUID, Look]:
    """Every competency that somebody looked back on, by round item. Five queries; one where nobody did, none in a
    first round or where the `spreads` at hand already say so. Before the spread is open there is none for anybody: `Refused`.

    `for_all`: for the report, which others than the team read too. Names that show, show to the team alone, so a few
    are told there as if they were hidden.
    """
    spread_is_open(held).enforce()
    if held.number == 1:
        return {}
    if spreads is not None and held.untied_at is None and not any(map(_looked_at, spreads)):
        return {}
    today = _today(held, names_shown=held.names_shown and not for_all)
    if not today:
        return {}
    items = [each for each in read_items(held) if each.pk in today]
    rows = _items_before(held.organisation_id, held.journey_id, held.pk, held.number)
    wanted = {each.competency_id for each in items}
    before = {each.competency_id: each for each in rows if each.competency_id in wanted}
    rounds = {item.id: held for item in items} | {each.id: each.round for each in before.values()}
    rated, nobody = _rated(rounds, for_all=for_all), View("none", ())
    return {
        item.id: Look(
            earlier=then.round.number,
            then=rated[then.id] or nobody,
            today=today[item.id],
            now=rated[item.id] or nobody,
        )
        for item in items
        if (then := before.get(item.competency_id)) is not None
    }


def _looked_at(spread: Spread) -> bool:
    """As `spreads_of` read it beside the competency."""
    return bool(getattr(spread.item, "looked_back", True))


def _today(held: Round, *, names_shown: bool) -> dict[UUID, View | None]:
    """Where people place the earlier moment today, by round item: everything that somebody looked back on. One query."""
    if held.untied_at is not None:
        told = tallies_of(held, Tally.Kind.LOOKING_BACK)
        return {key: View(each.word, tuple(each.middle)) for key, each in told.items()}
    looked = _tallied(_looked_back(held.organisation_id, held.pk))
    return {key: view_of(names_shown, *said) for key, said in looked.items()}


@prepared
def _looked_back(organisation: UUID, held: UUID) -> QuerySet[Rerating, Any]:
    here = items_of(Round(pk=held, organisation_id=organisation)).values("pk")
    rows = Rerating.objects.filter(organisation=organisation, kind=LOOKING_BACK, item__in=here)
    by_step: QuerySet[Rerating, Any] = _by_step(rows)
    return by_step


def _rated(rounds: Mapping[UUID, Round], *, for_all: bool) -> dict[UUID, View | None]:
    """How people rated alone, by round item, whichever round that is in. One query; two where ties have been cut."""
    organisation_id = next(iter(rounds.values())).organisation_id
    tied = [key for key, each in rounds.items() if each.untied_at is None]
    ratings = Rating.objects.filter(organisation=organisation_id, item__in=tied)
    said = _tallied(_by_step(ratings)) if tied else {}
    found: dict[UUID, View | None] = {
        key: view_of(rounds[key].names_shown and not for_all, *said[key]) if key in said else None
        for key in rounds
    }
    if len(tied) < len(rounds):
        for told in tallies_alone(organisation_id, rounds.keys() - set(tied)):
            found[told.item_id] = view_left(told)
    return found


def view_left(told: Tally) -> View | None:
    """`view_of`, from what is left once the ties are cut."""
    return View(told.word, tuple(told.middle)) if told.answered >= FEWEST_FOR_A_WORD else None


def _by_step(rows: Any) -> Any:
    return rows.values_list("item_id", "step").annotate(n=Count("*")).order_by()


def _tallied(rows: Iterable[tuple[UUID, int | None, int]]) -> dict[UUID, tuple[list[int], int]]:
    """By item: how many on each step, and how many answered at all."""
    found: dict[UUID, tuple[list[int], int]] = defaultdict(lambda: ([0] * STEPS, 0))
    for item_id, step, number in rows:
        counts, answered = found[item_id]
        if step is not None:
            counts[step - 1] = number
        found[item_id] = (counts, answered + number)
    return found
