"""Rating again after talking, and looking back: beside the first spread, never instead of it."""

import json
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from throughline.journeys.closing.actions import close_round, reopen_round
from throughline.journeys.models import Again, Rating, Rerating, Round
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of, place_of, progress_of, rater_of
from throughline.journeys.rating.actions import rate
from throughline.journeys.rounds.actions import open_spread
from throughline.journeys.second_ratings.actions import close_again, look_back, open_again, rate_again
from throughline.journeys.spread.change_words import again_in_words, look_in_words, moved_in_words
from throughline.journeys.spread.looking_back import looks_of
from throughline.journeys.spread.queries import Shown, spreads_of
from throughline.journeys.spread.second_ratings import Second, mine_again, seconds_of, words_after
from throughline.journeys.tests.steps import (
    a_draft,
    a_round,
    all_say,
    an_open_spread,
    at_once,
    closed,
    few,
    my_part,
    say,
    words,
)
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of

pytestmark = pytest.mark.django_db
People = list[Membership]
SECRET = "Only Ida would say zebra."


def ask(place: Place, held: Round) -> None:
    open_again(place=place, round_id=held.id, competencies=[few(place)[0].id])


def again(place: Place, held: Round, person: Membership, step: int | None, **more: object) -> Rerating:
    return rate_again(
        by=seat_of(person),
        round_id=held.id,
        competency_id=few(place)[0].id,
        step=step,
        **more,  # type: ignore[arg-type]
    )


def end(place: Place, held: Round) -> int:
    return close_again(place=place, round_id=held.id, competencies=[few(place)[0].id])


def second(place: Place, held: Round) -> Second:
    found = seconds_of(held, spreads_of(held, words(place), None))
    return found[items_of(held)[0].id]


def test_both_pictures_stand_beside_each_other(place: Place, split: Round, six: People) -> None:
    ask(place, split)
    for person, step in zip(six, (2, 2, 2, 2, 3, None), strict=True):
        again(place, split, person, step)
    end(place, split)
    alone = spreads_of(split, words(place), None)[0]
    after = second(place, split).spread
    assert after is not None
    assert (alone.counts, alone.word) == ((3, 0, 0, 3), "split")
    assert (after.counts, after.cannot_say, after.word) == ((0, 4, 1, 0), 1, "agree")
    labels = words(place).step_labels
    said = moved_in_words(alone, after, labels)
    assert said[0] == "On your own: split. After talking: agree."
    assert labels[1].label in said[1] and len(said) == 2
    assert sorted(each.step or 0 for each in Rating.objects.filter(item=alone.item)) == [1, 1, 1, 4, 4, 4]


def test_who_does_not_rate_again_stands_where_they_stood(place: Place, split: Round, six: People) -> None:
    ask(place, split)
    for person in six[:5]:
        again(place, split, person, 3)
    end(place, split)
    seen = second(place, split)
    assert seen.spread is not None and seen.spread.counts == (0, 0, 5, 1)
    assert "first rating still counts" in again_in_words(seen)


@pytest.mark.parametrize("answered", [0, 1, 4])
def test_where_too_few_rated_again_nothing_shows(
    place: Place, split: Round, six: People, answered: int
) -> None:
    ask(place, split)
    for person in six[:answered]:
        again(place, split, person, 3, comment=SECRET)
    end(place, split)
    seen = second(place, split)
    assert seen.spread is None and SECRET not in repr(seen)
    assert words_after(split) == {}
    assert "Too few" in again_in_words(seen)


def test_while_it_is_open_only_the_number_shows(place: Place, split: Round, six: People) -> None:
    ask(place, split)
    for person in six:
        again(place, split, person, 3, comment=SECRET)
    seen = second(place, split)
    assert (seen.open, seen.asked, seen.answered, seen.spread) == (True, 6, 6, None)
    assert "Nobody can see who" in again_in_words(seen)


def test_a_small_team_sees_the_word_and_released_comments(small: Place, three: People) -> None:
    held = an_open_spread(small, three, [1, 4, 4])
    ask(small, held)
    again(small, held, three[0], 3, comment="Kept")
    again(small, held, three[1], 3, comment="Released", release_comment=True)
    again(small, held, three[2], 3)
    end(small, held)
    seen = second(small, held).spread
    assert seen is not None
    assert (seen.shown, seen.counts, seen.cannot_say, seen.names) == (Shown.WORD, None, None, ())
    assert (seen.reading.n, seen.reading.median, seen.reading.variance) == (0, None, 0.0)
    assert [remark.text for remark in seen.remarks] == ["Released"]


def test_with_names_the_second_picture_names_too(place: Place, six: People) -> None:
    held = an_open_spread(place, six, [1, 1, 1, 4, 4, 4], names_shown=True)
    ask(place, held)
    again(place, held, six[0], 4, comment="I see it now.")
    end(place, held)
    seen = second(place, held).spread
    assert seen is not None and six[0].name in seen.names[3]
    assert [(remark.text, remark.name) for remark in seen.remarks] == [("I see it now.", six[0].name)]


def test_it_is_opened_once_and_closed_once(place: Place, split: Round, six: People) -> None:
    ask(place, split)
    with pytest.raises(ValidationError, match="has been"):
        ask(place, split)
    assert end(place, split) == 1
    assert end(place, split) == 0
    with pytest.raises(ValidationError, match="has been"):
        ask(place, split)
    with pytest.raises(ValidationError, match="n’t open for rating again"):
        again(place, split, six[0], 2)
    row = Again.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Again.objects.create(organisation_id=row.organisation_id, item_id=row.item_id, opened_by=six[0])


def test_only_who_rated_it_alone_rates_it_again(
    place: Place, six: People, make_one: Callable[..., Membership]
) -> None:
    held = a_round(place, six)
    all_say(held, six[:5], [1, 1, 1, 4, 4])
    held = open_spread(place=place, round_id=held.id)
    ask(place, held)
    with pytest.raises(ValidationError, match="n’t rate it before"):
        again(place, held, six[5], 2)
    assert mine_again(rater_of(seat_of(six[5]), held)) == []
    with pytest.raises(Refused):
        again(place, held, make_one("Nora Fisch", "educator"), 2)


def test_answers_can_be_changed_until_it_closes_and_bad_ones_are_refused(
    place: Place, split: Round, six: People
) -> None:
    ask(place, split)
    again(place, split, six[0], 2)
    again(place, split, six[0], 3, confidence="very")
    kept = Rerating.objects.get()
    assert (kept.step, kept.confidence) == (3, "very")
    for wrong in ({"step": 5}, {"step": 2, "confidence": "no"}, {"step": 2, "comment": "x" * 2001}):
        with pytest.raises(ValidationError):
            again(place, split, six[0], **wrong)


def test_only_those_who_lead_the_talk_open_and_close_it(
    place: Place, split: Round, learner: Membership
) -> None:
    theirs = place_of(seat_of(learner), place.journey)
    for verb in (open_again, close_again):
        with pytest.raises(Refused, match="can lead the discussion"):
            verb(place=theirs, round_id=split.id, competencies=[few(place)[0].id])


def test_closing_the_round_ends_it_and_keeps_the_word_only(place: Place, split: Round, six: People) -> None:
    ask(place, split)
    for person in six:
        again(place, split, person, 2, comment=SECRET)
    content = closed(place, split).content
    entry = next(each for each in content["items"] if each.get("spread_after_talk"))
    assert (entry["spread"], entry["spread_after_talk"]) == ("split", "agree")
    told = json.dumps(content)
    assert SECRET not in told and not any(person.name in told for person in six)
    assert Again.objects.get().closed_at is not None
    reopen_round(place=place, round_id=split.id, reason="We forgot.")
    with pytest.raises(Refused, match="can’t be rated again"):
        ask(place, split)


@pytest.mark.django_db(transaction=True)
def test_an_answer_under_way_is_in_the_picture_or_refused(place: Place, split: Round, six: People) -> None:
    ask(place, split)
    results = at_once(lambda: again(place, split, six[0], 2), lambda: end(place, split))
    kept = Rerating.objects.count()
    assert kept == (0 if isinstance(results[0], ValidationError) else 1)


@pytest.fixture
def second_round(place: Place, six: People) -> Round:
    """An earlier round is closed, and everyone has rated in the next one."""
    closed(place, an_open_spread(place, six, [3, 3, 3, 3, 3, 3]))
    held = a_round(place, six)
    all_say(held, six, [3, 3, 3, 3, 3, 3])
    return held


def back(held: Round, place: Place, person: Membership, step: int | None) -> Rerating:
    return look_back(by=seat_of(person), round_id=held.id, competency_id=few(place)[0].id, step=step)


def test_then_as_rated_then_as_seen_today_and_now(place: Place, second_round: Round, six: People) -> None:
    for person in six[:5]:
        back(second_round, place, person, 2)
    with pytest.raises(Refused):
        looks_of(second_round, words(place))
    held = open_spread(place=place, round_id=second_round.id)
    (look,) = looks_of(held, words(place)).values()
    told = look_in_words(look, words(place).step_labels)
    assert told is not None and look.today is not None
    assert (look.then.middle, look.today.middle, look.now.middle) == ((3,), (2,), (3,))
    assert "lower than we did then" in told.shift
    assert len(told.views) == 3 and "as rated then" in told.views[0].when
    content = closed(place, held).content
    entry = next(each for each in content["items"] if each.get("looking_back"))
    assert entry["looking_back"]["today"] == {"word": "agree", "middle": [2]}


def test_too_few_who_look_back_show_nothing(place: Place, second_round: Round, six: People) -> None:
    for person in six[:2]:
        back(second_round, place, person, 1)
    held = open_spread(place=place, round_id=second_round.id)
    (look,) = looks_of(held, words(place)).values()
    assert look.today is None and look_in_words(look, words(place).step_labels) is None
    assert "looking_back" not in json.dumps(closed(place, held).content)


def test_where_names_show_a_report_still_tells_nobodys_own_look(place: Place, six: People) -> None:
    closed(place, an_open_spread(place, six, [3, 3, 3, 3, 3, 3]))
    held = a_round(place, six, names_shown=True)
    all_say(held, six, [3, 3, 3, 3, 3, 3])
    back(held, place, six[0], 1)
    held = open_spread(place=place, round_id=held.id)
    (look,) = looks_of(held, words(place)).values()
    assert look.today is not None  # the team sees it, and by whom
    assert "looking_back" not in json.dumps(closed(place, held).content)


def test_looking_back_changes_no_count_of_who_has_finished(
    place: Place, second_round: Round, six: People
) -> None:
    before = progress_of(second_round, words(place)), my_part(second_round, six[0])
    back(second_round, place, six[0], 1)
    assert (progress_of(second_round, words(place)), my_part(second_round, six[0])) == before


def test_looking_back_comes_after_ones_own_rating_and_needs_an_earlier_round(
    place: Place, six: People
) -> None:
    held = a_round(place, six)
    say(held, six[0], 2)
    with pytest.raises(ValidationError, match="No earlier round"):
        back(held, place, six[0], 1)
    all_say(held, six[1:], [2] * 5)
    closed(place, open_spread(place=place, round_id=held.id))
    later = a_round(place, six)
    with pytest.raises(ValidationError, match="Rate where it is now first"):
        back(later, place, six[0], 1)
    rate(by=seat_of(six[0]), round_id=later.id, competency_id=few(place)[0].id, step=4)
    assert back(later, place, six[0], None).step is None
    with pytest.raises(ValidationError, match="one of the steps"):
        back(later, place, six[0], 7)


def test_a_draft_that_is_gone_is_said_kindly(place: Place, six: People) -> None:
    draft = a_draft(place, six)
    gone = draft.id
    draft.delete()
    with pytest.raises(ValidationError, match="no longer exists"):
        close_round(place=place, round_id=gone)
