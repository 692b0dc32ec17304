"""Rating alone: saved at once, changeable, without a trace of time, and never after the spread has opened."""

import uuid
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from throughline.activity.models import Event, OutgoingMail
from throughline.journeys.models import Confidence, Rating, Round
from throughline.journeys.policy import Place
from throughline.journeys.queries import MyPart, items_of, progress_of, rater_of, ratings_of
from throughline.journeys.rating.actions import LONGEST_COMMENT, rate, release_comment
from throughline.journeys.rounds.actions import add_rater, excuse_rater, open_round, open_spread
from throughline.journeys.tests.steps import (
    a_draft,
    a_round,
    all_say,
    at_once,
    closed,
    few,
    my_part,
    say,
    seen,
    words,
)
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of

pytestmark = pytest.mark.django_db
People = list[Membership]


def said(held: Round, person: Membership) -> list[int | None]:
    rater = rater_of(seat_of(person), held)
    assert rater is not None
    mine = ratings_of(rater)
    return [mine[item.id].step if item.id in mine else 0 for item in items_of(held)]


def test_a_rating_is_saved_at_once_in_any_order_and_can_be_changed(place: Place, six: People) -> None:
    held = a_round(place, six)
    last, _middle, first = (each.id for each in reversed(few(place)))
    for competency, step in ((last, 4), (first, 1), (last, 3), (last, 2)):
        rate(by=seat_of(six[1]), round_id=held.id, competency_id=competency, step=step)
    assert said(held, six[1]) == [1, 0, 2]
    assert Rating.objects.count() == 2
    assert my_part(held, six[1]) == MyPart(left=1, total=3)


def test_confidence_cannot_say_and_a_comment_are_kept(place: Place, six: People) -> None:
    held = a_round(place, six)
    competency = few(place)[0].id
    rate(
        by=seat_of(six[0]),
        round_id=held.id,
        competency_id=competency,
        step=2,
        confidence=Confidence.GUESS,
        comment=" I saw\r\nit once.\x00 ",
    )
    kept = Rating.objects.get()
    assert (kept.step, kept.confidence, kept.comment) == (2, "guess", "I saw\nit once.")
    rate(by=seat_of(six[0]), round_id=held.id, competency_id=competency, step=None, confidence="very")
    kept = Rating.objects.get()
    assert (kept.step, kept.confidence, kept.comment) == (None, "", "")


def test_what_is_no_rating_is_refused_and_the_earlier_one_stays(place: Place, six: People) -> None:
    held = a_round(place, six)
    competency = few(place)[0].id
    rate(by=seat_of(six[0]), round_id=held.id, competency_id=competency, step=2, comment="Stays.")
    for wrong in (
        {"step": 5},
        {"step": 0},
        {"step": 2, "confidence": "surely"},
        {"step": 2, "comment": "x" * (LONGEST_COMMENT + 1)},
    ):
        with pytest.raises(ValidationError):
            rate(by=seat_of(six[0]), round_id=held.id, competency_id=competency, **wrong)
    assert Rating.objects.get().comment == "Stays."


def test_only_raters_rate_and_only_what_is_in_the_round(
    place: Place, six: People, learner: Membership, outsider: Membership
) -> None:
    held = a_round(place, six[:3])
    for other in (six[4], learner, outsider):
        with pytest.raises(Refused, match="not a rater"):
            rate(by=seat_of(other), round_id=held.id, competency_id=few(place)[0].id, step=1)
    with pytest.raises(ValidationError, match="n’t been asked"):
        rate(by=seat_of(six[0]), round_id=held.id, competency_id=words(place).competencies[0].id, step=1)
    with pytest.raises(ValidationError):
        rate(by=seat_of(six[0]), round_id=held.id, competency_id=uuid.uuid4(), step=1)
    assert not Rating.objects.exists()


def test_nobody_rates_before_the_round_opens_or_after_the_spread_has(place: Place, six: People) -> None:
    held = a_draft(place, six)
    with pytest.raises(ValidationError):
        say(held, six[0], 1)
    open_round(place=place, round_id=held.id)
    all_say(held, six, [2] * 6)
    open_spread(place=place, round_id=held.id)
    with pytest.raises(ValidationError, match="Rating has ended"):
        say(held, six[0], 4)
    assert said(held, six[0]) == [2, 2, 2]
    held.refresh_from_db()
    closed(place, held)
    with pytest.raises(ValidationError, match="Rating has ended"):
        say(held, six[0], 4)
    assert not Rating.objects.exists()


def test_a_rating_keeps_no_time_and_its_id_tells_none(place: Place, six: People) -> None:
    kinds = (models.DateField, models.TimeField, models.DurationField)
    assert not [field.name for field in Rating._meta.get_fields() if isinstance(field, kinds)]
    held = a_round(place, six)
    all_say(held, six, [1, 2, 3, 4, None, 2])
    ids = list(Rating.objects.values_list("id", flat=True))
    assert len(ids) == 18
    assert {each.version for each in ids} == {4}


def test_rating_leaves_no_event_no_letter_and_no_change_of_the_round(place: Place, six: People) -> None:
    held = a_round(place, six)
    before = (Event.objects.count(), OutgoingMail.objects.count())
    states = [Round.objects.values().get(), list(held.raters.order_by("id").values())]
    all_say(held, six, [1, 2, 3, 4, None, 2])
    say(held, six[0], 2, "I changed my mind.")
    release_comment(by=seat_of(six[0]), round_id=held.id, competency_id=few(place)[0].id, released=True)
    assert (Event.objects.count(), OutgoingMail.objects.count()) == before
    assert [Round.objects.values().get(), list(held.raters.order_by("id").values())] == states


def test_no_event_of_a_whole_round_speaks_of_a_rating(place: Place, six: People) -> None:
    held = a_round(place, six)
    for person in six:
        say(held, person, 3, "Only I would say zebra.", confidence="very")
    excuse_rater(place=place, round_id=held.id, membership=six[0])
    add_rater(place=place, round_id=held.id, membership=six[0])
    closed(place, open_spread(place=place, round_id=held.id))
    ratings = {str(each) for each in Rating.objects.values_list("id", flat=True)}
    raters = {str(each) for each in held.raters.values_list("id", flat=True)}
    for event in Event.objects.all():
        told = repr((event.subject_type, str(event.subject_id), event.detail))
        assert "zebra" not in told and "step" not in event.detail and "confidence" not in event.detail
        assert not any(each in told for each in ratings | raters)
        assert event.subject_type not in ("journeys.rating", "journeys.rater")


def test_only_the_author_releases_a_comment_and_can_take_that_back(place: Place, six: People) -> None:
    held = a_round(place, six)
    competency = few(place)[0].id
    say(held, six[0], 2, "Mine.")
    for released in (True, False):
        release_comment(by=seat_of(six[0]), round_id=held.id, competency_id=competency, released=released)
        assert Rating.objects.get(item__competency=competency).comment_released is released
    say(held, six[1], 2)
    for other in (six[1], six[2]):
        with pytest.raises(Refused, match="n’t written a comment"):
            release_comment(by=seat_of(other), round_id=held.id, competency_id=competency, released=True)


@pytest.mark.django_db(transaction=True)
def test_every_rating_accepted_while_the_spread_opens_is_in_the_spread(place: Place, six: People) -> None:
    held = a_round(place, six)
    for person in six[:3]:
        say(held, person, 1)
    late = six[3:]
    competencies = [each.id for each in few(place)]

    def rating(person: Membership) -> Callable[[], int]:
        def work() -> int:
            kept = 0
            for competency in competencies:
                try:
                    rate(by=seat_of(person), round_id=held.id, competency_id=competency, step=4)
                except ValidationError:
                    break
                kept += 1
            return kept

        return work

    shown: list[int] = []

    def opening() -> Round:
        opened = open_spread(place=place, round_id=held.id)
        shown.append(Rating.objects.filter(item__round=held, step=4).count())
        return opened

    *accepted, opened = at_once(*(rating(person) for person in late), opening)
    assert isinstance(opened, Round), opened
    assert sum(int(str(each)) for each in accepted) == shown[0]
    assert Rating.objects.filter(item__round=held, step=4).count() == shown[0]
    assert len(seen(place, opened)) == 3


@pytest.mark.django_db(transaction=True)
def test_a_late_joiner_who_comes_while_the_spread_opens_is_in_or_out_but_never_between(
    place: Place, six: People
) -> None:
    held = a_round(place, six[:3])
    all_say(held, six[:3], [1, 2, 3])

    def joining() -> int:
        add_rater(place=place, round_id=held.id, membership=six[3])
        say(held, six[3], 4)
        return 3

    joined, opened = at_once(joining, lambda: open_spread(place=place, round_id=held.id))
    assert isinstance(opened, Round), opened
    assert isinstance(joined, ValidationError) or joined == 3
    if joined == 3:
        assert progress_of(opened, words(place)).finished == 4


def test_the_same_rating_sent_twice_is_one_row(place: Place, six: People) -> None:
    held = a_round(place, six)
    for _twice in range(2):
        rate(by=seat_of(six[0]), round_id=held.id, competency_id=few(place)[0].id, step=3)
    assert Rating.objects.count() == 1
