"""What the team sees once the spread is open, and what it never sees.

Hidden names mean that nothing shown ties a rating or a comment to a person: dots are counts, comments come in the
order of random ids, and below five raters only the word appears, with those comments that their authors released.

Two pictures of the same people (alone, and again after talking: `second_ratings.py`) tell more than one: whoever lays them on
each other sees what changed between them. So that this points at nobody (Hemming et al. 2018 let an estimate stand
that is not revised, and so do we):
- whoever rated alone and does not rate again stands in both pictures with the same answer. The difference is then
  the same whatever those who stayed away had said, and it holds no trace of them;
- the difference belongs to those who did rate again. Nobody sees who they are, and it shows only when they are at
  least five (three where a word is all that shows): fewer, and "somebody moved" would point at one of them;
- it is taken once. A picture taken again after one more answer would differ by that one answer, so rating again is
  opened once for a competency, closes once, and nothing shows while it is open;
- only who rated the competency alone rates it again, so that nobody is in one picture only.
`shown_again` is that rule; `tests/test_second_ratings.py` holds it to these sentences.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import itemgetter
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.journeys.models import Confidence, Rater, Rating, Rerating, Round, RoundItem, Tally
from throughline.journeys.queries import items_of, ratings_of
from throughline.journeys.spread.consensus import Agreement, Reading, assess, dispute_key, rare_steps
from throughline.journeys.spread.tallies import tallies_of
from throughline.kit.prepared import prepared
from throughline.kit.verdict import ALLOWED, Verdict, refuse

T = TypeVar("T")
STEPS = 4
OPEN_TEAM = 2
FEWEST_FOR_DOTS = 5
FEWEST_FOR_A_WORD = 3


class Shown(StrEnum):
    """How much of a spread may be shown."""

    NAMES = "names"
    DOTS = "dots"
    WORD = "word"


def shown_for(names_shown: bool, raters: int) -> Shown:
    """Names when the team fixed it so beforehand; else dots from five raters on; else only the word."""
    if names_shown:
        return Shown.NAMES
    return Shown.DOTS if raters >= FEWEST_FOR_DOTS else Shown.WORD


def names_are_proposed(raters: int) -> bool:
    """Whether to propose that names show: hidden, so few would see a word and nothing else. One or two rate openly anyway."""
    return OPEN_TEAM < raters < FEWEST_FOR_DOTS


def shown_again(names_shown: bool, alone: int, again: int) -> Shown | None:
    """How much of the second picture may be shown when `again` of the `alone` who rated did so once more; None: nothing."""
    if names_shown:
        return Shown.NAMES if again else None
    if alone >= FEWEST_FOR_DOTS:
        return Shown.DOTS if again >= FEWEST_FOR_DOTS else None
    return Shown.WORD if again >= FEWEST_FOR_A_WORD else None


def second_answers(alone: Mapping[T, int | None], again: Mapping[T, int | None]) -> dict[T, int | None]:
    """Where everyone stands after talking: as they say now, or as before when they say nothing new."""
    return {who: again.get(who, step) for who, step in alone.items()}


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as shown: with its author's name only where names show."""

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """One competency as the team sees it.

    Where only the word may appear, `counts` and `cannot_say` are None, `reading` holds nothing else, and nobody is
    told that theirs is a rare view: in so small a team that would say what the others chose. `hesitant`: half of those
    who rated were guessing or could not say; told of five raters or more, or where names show.
    """

    item: RoundItem
    competency: CompetencyItem
    shown: Shown
    reading: Reading
    counts: tuple[int, ...] | None
    cannot_say: int | None
    remarks: tuple[Remark, ...]
    names: tuple[tuple[str, ...], ...]
    mine: Rating | None
    rare: bool
    hesitant: bool = False

    @property
    def word(self) -> Agreement:
        """How far people agree."""
        return self.reading.word


def spreads_of(
    held: Round, framework: Tree, viewer: Rater | None, *, about: UUID | None = None
) -> list[Spread]:
    """Every competency of a round as `viewer` may see it, in framework order. At most four queries.

    `about`: the one competency of which comments and names are wanted; the others come without. Before the spread is
    open there is none for anybody: `Refused`.
    """
    spread_is_open(held).enforce()
    items = _items(held.organisation_id, held.pk)
    if held.untied_at is not None:
        told = tallies_of(held, Tally.Kind.ALONE)
        return [spread_of_tally(told[item.id], item, framework.by_id[item.competency_id]) for item in items]
    counted = _counted(held)
    remarks, names = _said(held, about)
    mine = ratings_of(viewer) if viewer else {}
    return [
        _spread(
            held,
            item,
            framework,
            counted.get(item.id, NOBODY),
            remarks[item.id],
            names,
            mine.get(item.id),
        )
        for item in items
    ]


@prepared
def _items(organisation: UUID, held: UUID) -> QuerySet[RoundItem]:
    items = items_of(Round(pk=held, organisation_id=organisation))
    looked = Rerating.objects.filter(
        organisation=organisation, item=OuterRef("pk"), kind=Rerating.Kind.LOOKING_BACK
    )
    return items.annotate(
        again_opened=F("again__opened_at"), again_closed=F("again__closed_at"), looked_back=Exists(looked)
    )


def spread_is_open(held: Round) -> Verdict:
    """Nobody sees what others rated while people still rate alone."""
    if held.state in (Round.State.AGREEING, Round.State.CLOSED):
        return ALLOWED
    return refuse(_("The spread opens when rating ends. Until then, everyone sees only their own ratings."))


def most_disputed_first(spreads: list[Spread]) -> list[Spread]:
    """Where people differ most comes first; equals stay in framework order.

    Where only the word may appear, only the word decides (`only_the_word`), so that the order gives nothing away.
    """
    return sorted(spreads, key=lambda spread: dispute_key(spread.reading))


def undisputed(held: Round) -> set[UUID]:
    """Items on which people agree."""
    return {item_id for item_id, word in words_of(held).items() if word == Agreement.AGREE}


def words_of(held: Round) -> dict[UUID, str]:
    """The word of every item: what a snapshot keeps of the ratings."""
    spread_is_open(held).enforce()
    if held.untied_at is not None:
        return {key: told.word for key, told in tallies_of(held, Tally.Kind.ALONE).items()}
    return {item_id: str(assess(row.steps).word) for item_id, row in _counted(held).items()}


def _ratings(organisation: UUID, held: UUID, about: UUID | None = None) -> QuerySet[Rating]:
    """What was said in one round (of one competency), found by its items: an organisation may hold a million ratings."""
    items = RoundItem.objects.filter(organisation=organisation, round=held)
    if about is not None:
        items = items.filter(competency=about)
    return Rating.objects.filter(organisation=organisation, item__in=items.values("pk"))


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many chose each step of a competency, how many cannot say, and how many guessed or cannot say."""

    steps: tuple[int, ...]
    cannot_say: int
    unsure: int

    @property
    def answered(self) -> int:
        return sum(self.steps) + self.cannot_say


NOBODY = _Counted((0,) * STEPS, 0, 0)


def _counted(held: Round) -> dict[UUID, _Counted]:
    """By item, in one pass over an index that holds all of it. One query."""
    rows = _counts(held.organisation_id, held.pk)
    return {
        item_id: _Counted(tuple(steps), cannot_say, unsure) for item_id, cannot_say, unsure, *steps in rows
    }


@prepared
def _counts(organisation: UUID, held: UUID) -> QuerySet[RoundItem, tuple[Any, ...]]:
    """From the items outward: from the ratings, SQLite would walk through all of an organization's."""
    guessed = Q(ratings__step__isnull=True) | Q(ratings__confidence=Confidence.GUESS)
    wanted = [
        Q(ratings__step__isnull=True),
        guessed,
        *(Q(ratings__step=each) for each in range(1, STEPS + 1)),
    ]
    counts = {f"n{place}": Count("ratings__item", filter=each) for place, each in enumerate(wanted)}
    items = RoundItem.objects.filter(organisation=organisation, round=held).values("pk")
    return (
        RoundItem.objects.filter(organisation=organisation, pk__in=items).values_list("pk").annotate(**counts)
    )


Remarks = dict[UUID, list[tuple[Remark, bool]]]
Names = dict[UUID, list[list[str]]]


def _said(held: Round, about: UUID | None) -> tuple[Remarks, Names]:
    """Comments in the order of random ids, and names by step where the team wanted them to show. One query.

    They are put in order here: asked for it, SQLite would walk through all ratings of an organization by their ids.
    """
    remarks: Remarks = defaultdict(list)
    names: Names = defaultdict(lambda: [[] for _each in range(STEPS)])
    if not held.names_shown:
        for _id, item_id, released, comment in sorted(_comments(held.organisation_id, held.pk, about)):
            remarks[item_id].append((Remark(comment), released))
        return remarks, {}
    named = sorted(_named(held.organisation_id, held.pk, about), key=itemgetter(0))
    for _id, item_id, released, comment, step, name in named:
        if comment:
            remarks[item_id].append((Remark(comment, name), released))
        if step is not None:
            insort(names[item_id][step - 1], name)
    return remarks, names


@prepared
def _comments(organisation: UUID, held: UUID, about: UUID | None) -> QuerySet[Rating, tuple[Any, ...]]:
    said = _ratings(organisation, held, about).exclude(comment="")
    return said.values_list("id", "item_id", "comment_released", "comment")


@prepared
def _named(organisation: UUID, held: UUID, about: UUID | None) -> QuerySet[Rating, tuple[Any, ...]]:
    said = _ratings(organisation, held, about)
    return said.values_list("id", "item_id", "comment_released", "comment", "step", "rater__membership__name")


def _spread(
    held: Round,
    item: RoundItem,
    framework: Tree,
    counted: _Counted,
    remarks: list[tuple[Remark, bool]],
    names: Names,
    mine: Rating | None,
) -> Spread:
    shown = shown_for(held.names_shown, counted.answered)
    reading, rare = assess(counted.steps), mine is not None and mine.step in rare_steps(counted.steps)
    if shown is Shown.WORD:
        reading, rare = only_the_word(reading), False
    seen = [remark for remark, released in remarks if released or shown is not Shown.WORD]
    return Spread(
        item=item,
        competency=framework.by_id[item.competency_id],
        shown=shown,
        reading=reading,
        counts=None if shown is Shown.WORD else counted.steps,
        cannot_say=None if shown is Shown.WORD else counted.cannot_say,
        remarks=tuple(seen),
        names=tuple(tuple(each) for each in names.get(item.id, ())),
        mine=mine,
        rare=rare,
        hesitant=shown is not Shown.WORD and 0 < counted.answered <= 2 * counted.unsure,
    )


def spread_of_tally(told: Tally, item: RoundItem, competency: CompetencyItem) -> Spread:
    """The same picture from what is left once the ties are cut. Nobody is told of their own view any more."""
    word = Reading(Agreement(told.word), None, 0, "counting", None, 0, 0.0)
    return Spread(
        item=item,
        competency=competency,
        shown=Shown(told.shown),
        reading=word if told.counts is None else assess(told.counts),
        counts=None if told.counts is None else tuple(told.counts),
        cannot_say=told.cannot_say,
        remarks=tuple(Remark(text) for text in told.remarks),
        names=(),
        mine=None,
        rare=False,
    )


def tallied(steps: Iterable[int | None]) -> tuple[list[int], int]:
    """How many stand on each step, and how many cannot say."""
    counts, unsure = [0] * STEPS, 0
    for step in steps:
        if step is None:
            unsure += 1
        else:
            counts[step - 1] += 1
    return counts, unsure


def only_the_word(reading: Reading) -> Reading:
    """Neither middle nor number nor width: of two or three people these would tell what each said."""
    return replace(reading, median=None, n=0, a=None, far=0, variance=0.0)
