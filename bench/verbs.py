"""What the verbs cost by themselves, each in its own transaction, and what is undone in between."""

from collections.abc import Callable, Iterator
from itertools import count, cycle

from bench.building import School, agreement
from bench.cost import Cost, measure
from throughline.journeys.agreeing.actions import agree, decide_between_rounds
from throughline.journeys.closing.actions import close_round, reopen_round
from throughline.journeys.models import Rating, Round, RoundItem
from throughline.journeys.rating.actions import rate
from throughline.journeys.rounds.actions import delete_draft, open_spread, prepare_round

Work = tuple[str, Callable[[], object], Callable[[], object]]


def while_rating(school: School) -> Iterator[Work]:
    """Verbs while everyone rates alone."""
    item = school.items()[-1]
    mine = Rating.objects.filter(rater__membership=school.reader, item=item)
    yield "rate", lambda: rate_once(school, item), mine.delete
    here = Round.objects.filter(pk=school.held.pk)
    yield (
        "open_spread",
        lambda: open_spread(place=school.place, round_id=school.held.id),
        lambda: here.update(state=Round.State.RATING),
    )


def rate_once(school: School, item: RoundItem) -> Rating:
    """The reader rates one competency."""
    return rate(
        by=school.seat,
        round_id=school.held.id,
        competency_id=item.competency_id,
        step=3,
        confidence="very",
        comment="I saw it in two classes.",
    )


def while_agreeing(school: School) -> Iterator[Work]:
    """Verbs of the meeting."""
    item = school.items()[-1]
    here = RoundItem.objects.filter(pk=item.pk)
    yield (
        "agree",
        lambda: agree(
            place=school.place,
            item_id=item.id,
            agreement=agreement(school, item),
            seen_version=item.version,
        ),
        lambda: here.update(state="open", version=item.version, decision=None),
    )


def when_closed(school: School) -> Iterator[Work]:
    """Verbs around the end of a round. Reopening takes back what closing did, deleting the draft what preparing did."""
    reopen(school)
    yield "close", lambda: close_round(place=school.place, round_id=school.held.id), lambda: reopen(school)
    close_round(place=school.place, round_id=school.held.id)
    journey = Round.objects.filter(journey=school.place.journey, state=Round.State.DRAFT)
    yield (
        "prepare",
        lambda: prepare_round(
            place=school.place,
            competencies=[each.id for each in school.words.competencies],
            raters=school.people,
        ),
        lambda: delete_draft(place=school.place, round_id=journey.get().id),
    )
    turns, number = cycle(school.words.competencies), count(1)
    yield (
        "decide",
        lambda: decide_between_rounds(
            place=school.place,
            competency_id=next(turns).id,
            standing="in-progress",
            reason=f"We looked at it again, for the {next(number)}th time.",
        ),
        lambda: None,
    )


def reopen(school: School) -> None:
    """Open the closed round again."""
    reopen_round(place=school.place, round_id=school.held.id, reason="Something was forgotten.")


def measure_verbs(works: Iterator[Work], seconds: float) -> dict[str, Cost]:
    """Each verb with what takes it back."""
    return {name: measure(work, undo=undo, seconds=seconds) for name, work, undo in works}
