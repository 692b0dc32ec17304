"""Rating again after talking: who may, what shows of it, and beside the first spread, never instead of it.

The order of the talk is that of the IDEA protocol (V. Hemming et al. 2018, "A practical guide to structured expert
elicitation using the IDEA protocol", Methods in Ecology and Evolution 9, 169-180): each says alone what they think,
looks at everybody's answers, talks about what they mean, and says once more, alone, what they think now. So whoever
rates again has their own first answer in view, as there, and begins with no step chosen: keeping an answer is an act
too. An answer that nobody revises stands. What may be shown is decided in `queries.shown_again`.
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from throughline.journeys.models import Again, Rater, Rating, Rerating, Round, RoundItem, Tally
from throughline.journeys.spread.consensus import assess
from throughline.journeys.spread.queries import (
    STEPS,
    Remark,
    Shown,
    Spread,
    only_the_word,
    second_answers,
    shown_again,
    spread_of_tally,
    tallied,
)
from throughline.journeys.spread.tallies import tallies_of

AFTER_TALK = Rerating.Kind.AFTER_TALK


@dataclass(frozen=True, slots=True)
class Second:
    """What became of rating one competency again. `spread` is None while it is open and where too few rated again.

    `asked` and `answered` are numbers, never who.
    """

    open: bool
    asked: int
    answered: int
    spread: Spread | None


@dataclass(slots=True)
class _Heard:
    """The answers to one competency by rater. Never leaves this module."""

    alone: dict[UUID, int | None]
    again: dict[UUID, int | None]
    remarks: list[tuple[UUID, Remark, bool]]
    names: dict[UUID, str]


def seconds_of(held: Round, spreads: list[Spread]) -> dict[UUID, Second]:
    """The second picture of every competency that was rated again, by round item. Two queries, or none."""
    rated = {each.item.id: each for each in spreads if getattr(each.item, "again_opened", None)}
    if not rated:
        return {}
    if held.untied_at is not None:
        told = tallies_of(held, Tally.Kind.AFTER_TALK)
        return {key: _second_of_tally(rated[key], each) for key, each in told.items() if key in rated}
    heard = _heard(held, list(rated))
    return {item_id: _second(held, each, heard[item_id]) for item_id, each in rated.items()}


def words_after(held: Round) -> dict[UUID, str]:
    """The word after talking, by round item, where it may show: what a snapshot keeps. Three queries at most."""
    if held.untied_at is not None:
        told = tallies_of(held, Tally.Kind.AFTER_TALK)
        return {key: each.word for key, each in told.items() if each.shown}
    closed = Again.objects.filter(
        organisation=held.organisation_id, item__round=held, closed_at__isnull=False
    ).values_list("item_id", flat=True)
    heard = _heard(held, list(closed)) if closed else {}
    found = {}
    for item_id, said in heard.items():
        if shown_again(held.names_shown, len(said.alone), len(said.again)):
            counts, _unsure = tallied(second_answers(said.alone, said.again).values())
            found[item_id] = str(assess(counts).word)
    return found


def _heard(held: Round, items: list[UUID]) -> dict[UUID, _Heard]:
    found: dict[UUID, _Heard] = defaultdict(lambda: _Heard({}, {}, [], {}))
    here = {"organisation": held.organisation_id, "item__in": items}
    alone = Rating.objects.filter(**here).values_list(
        "item_id", "rater_id", "step", "rater__membership__name"
    )
    for item_id, rater_id, step, name in alone:
        found[item_id].alone[rater_id] = step
        found[item_id].names[rater_id] = name or ""
    again = Rerating.objects.filter(**here, kind=AFTER_TALK).values_list(
        "id", "item_id", "rater_id", "step", "comment", "comment_released"
    )
    for key, item_id, rater_id, step, comment, released in again:
        said = found[item_id]
        said.again[rater_id] = step
        if comment:
            name = said.names.get(rater_id, "") if held.names_shown else ""
            said.remarks.append((key, Remark(comment, name), released))
    return found


def _second(held: Round, first: Spread, said: _Heard) -> Second:
    still_open = getattr(first.item, "again_closed", None) is None
    shown = shown_again(held.names_shown, len(said.alone), len(said.again))
    counts = Second(still_open, len(said.alone), len(said.again), None)
    if still_open or shown is None:
        return counts
    return Second(False, len(said.alone), len(said.again), _spread(first, said, shown))


def _second_of_tally(first: Spread, told: Tally) -> Second:
    spread = spread_of_tally(told, first.item, first.competency) if told.shown else None
    return Second(False, told.asked, told.answered, spread)


def _spread(first: Spread, said: _Heard, shown: Shown) -> Spread:
    answers = second_answers(said.alone, said.again)
    counts, unsure = tallied(answers.values())
    reading = assess(counts)
    alone_a_word = shown is Shown.WORD
    remarks = sorted(said.remarks, key=lambda each: each[0])
    names: list[list[str]] = [[] for _each in range(STEPS)]
    if shown is Shown.NAMES:
        for rater_id, step in answers.items():
            if step is not None and said.names[rater_id]:
                names[step - 1].append(said.names[rater_id])
    return Spread(
        item=first.item,
        competency=first.competency,
        shown=shown,
        reading=only_the_word(reading) if alone_a_word else reading,
        counts=None if alone_a_word else tuple(counts),
        cannot_say=None if alone_a_word else unsure,
        remarks=tuple(remark for _id, remark, released in remarks if released or not alone_a_word),
        names=tuple(tuple(sorted(each)) for each in names) if shown is Shown.NAMES else (),
        mine=None,
        rare=False,
    )


@dataclass(frozen=True, slots=True)
class Mine:
    """What one person may rate again: their first answer, and what they said since, for their own eyes."""

    item: RoundItem
    first: Rating
    again: Rerating | None


def mine_again(rater: Rater | None, *, competency_id: UUID | None = None) -> list[Mine]:
    """What waits for this rater in rating again, or has been said, in framework order. Two queries, or none."""
    if rater is None:
        return []
    firsts = Rating.objects.filter(
        organisation=rater.organisation_id, rater=rater, item__again__closed_at__isnull=True
    ).exclude(item__again=None)
    if competency_id is not None:
        firsts = firsts.filter(item__competency=competency_id)
    rows = list(firsts.select_related("item").order_by("item__position"))
    if not rows:
        return []
    said = {
        row.item_id: row
        for row in Rerating.objects.filter(organisation=rater.organisation_id, rater=rater, kind=AFTER_TALK)
    }
    return [Mine(row.item, row, said.get(row.item_id)) for row in rows]
