"""A round before its spread: prepared, opened, late joiners, absentees, those who leave, and when the spread may open."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from throughline.activity.models import Event
from throughline.journeys.models import Rater, Round, RoundItem
from throughline.journeys.policy import Place
from throughline.journeys.queries import (
    items_of,
    minutes_for,
    place_of,
    progress_of,
    spread_may_open,
    team_of,
)
from throughline.journeys.rating.actions import rate
from throughline.journeys.rounds.actions import (
    add_rater,
    change_due_date,
    delete_draft,
    excuse_rater,
    open_round,
    open_spread,
    prepare_round,
)
from throughline.journeys.setup.actions import Part, change_team
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
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.records.actions import set_aside
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of

pytestmark = pytest.mark.django_db
People = list[Membership]


def finished(held: Round, place: Place) -> tuple[int, int]:
    progress = progress_of(held, words(place))
    return progress.finished, progress.awaited


def test_a_round_covers_everything_a_domain_or_one_competency_in_framework_order(
    place: Place, six: People
) -> None:
    tree = words(place)
    for wanted in (tree.competencies, tree.domains[1].competencies, tree.competencies[5:6]):
        held = a_draft(place, six, competencies=wanted[::-1])
        assert [item.competency_id for item in items_of(held)] == [each.id for each in wanted]
        delete_draft(place=place, round_id=held.id)


def test_24_competencies_take_about_40_minutes() -> None:
    assert minutes_for(24) == 40
    assert minutes_for(1) == 2
    assert minutes_for(3) == 5


def test_who_rates_what_is_said_beforehand(place: Place, six: People) -> None:
    tree = words(place)
    first, second = tree.domains[0], tree.domains[1]
    held = prepare_round(
        place=place,
        competencies=[each.id for each in tree.competencies],
        raters={six[0].id: [], six[1].id: [str(second.id)], six[2].id: [str(first.id)]},
    )
    open_round(place=place, round_id=held.id)
    assert my_part(held, six[1]).total == len(second.competencies)
    with pytest.raises(ValidationError, match="n’t been asked"):
        rate(by=seat_of(six[1]), round_id=held.id, competency_id=first.competencies[0].id, step=1)
    for each in second.competencies:
        rate(by=seat_of(six[1]), round_id=held.id, competency_id=each.id, step=1)
    assert finished(held, place) == (1, 3)


def test_nobody_is_asked_to_rate_nothing(place: Place, six: People) -> None:
    first, second = words(place).domains[:2]
    for domains in ([str(second.id)], ["no-such-domain"]):
        with pytest.raises(ValidationError, match="needs at least one competency"):
            prepare_round(
                place=place,
                competencies=[each.id for each in first.competencies],
                raters={six[0].id: [], six[1].id: domains},
            )
    assert not Round.objects.exists()


def test_what_cannot_be_prepared_is_said_field_by_field(place: Place, outsider: Membership) -> None:
    with pytest.raises(ValidationError) as met:
        prepare_round(place=place, competencies=[], raters=[], due_on=clock.today() - timedelta(days=1))
    assert set(met.value.message_dict) == {"competencies", "raters", "due_on"}
    with pytest.raises(ValidationError, match="team"):
        a_draft(place, [outsider])


def test_a_competency_set_aside_is_in_a_round_only_where_someone_names_it(place: Place, six: People) -> None:
    away = few(place)[0]
    set_aside(record=place.journey.record, competency_id=away.id, reason="Not ours.", by=six[0])
    assert [item.competency_id for item in items_of(a_draft(place, six, competencies=[away]))] == [away.id]


def test_only_those_who_run_a_journey_prepare_its_rounds(place: Place, six: People) -> None:
    theirs = place_of(seat_of(six[2]), place.journey)
    with pytest.raises(Refused):
        a_draft(theirs, six)
    held = a_draft(place, six)
    for verb in (open_round, delete_draft, open_spread):
        with pytest.raises(Refused):
            verb(place=theirs, round_id=held.id)


def test_only_one_round_goes_on_at_a_time(place: Place, six: People) -> None:
    held = a_round(place, six)
    with pytest.raises(ValidationError, match="still open"):
        a_draft(place, six)
    all_say(held, six, [1] * 6)
    held = open_spread(place=place, round_id=held.id)
    closed(place, held)
    assert a_draft(place, six).number == 2


@pytest.mark.django_db(transaction=True)
def test_two_people_preparing_a_round_at_once_prepare_one(place: Place, six: People) -> None:
    answers = at_once(*[lambda: a_draft(place, six)] * 4)
    assert Round.objects.count() == 1
    errors = [each for each in answers if isinstance(each, Exception)]
    assert [type(each) for each in errors] == [ValidationError] * 3


def test_a_mistaken_draft_is_deleted_and_an_open_round_is_not(place: Place, six: People) -> None:
    held = a_draft(place, six)
    delete_draft(place=place, round_id=held.id)
    assert not Round.objects.exists() and not Rater.objects.exists() and not RoundItem.objects.exists()
    held = a_round(place, six)
    with pytest.raises(ValidationError, match="moved on"):
        delete_draft(place=place, round_id=held.id)


def test_names_are_hidden_unless_the_team_said_otherwise_before(place: Place, six: People) -> None:
    held = a_round(place, six)
    assert held.names_shown is False
    all_say(held, six, [1] * 6)
    closed(place, open_spread(place=place, round_id=held.id))
    assert a_round(place, six, names_shown=True).names_shown is True


@pytest.mark.parametrize("people", [1, 2])
def test_teams_of_one_or_two_rate_openly(place: Place, six: People, people: int) -> None:
    assert a_round(place, six[:people]).names_shown is True


def test_a_draft_that_grows_to_three_hides_names_again(place: Place, six: People) -> None:
    held = a_draft(place, six[:2])
    add_rater(place=place, round_id=held.id, membership=six[2])
    assert open_round(place=place, round_id=held.id).names_shown is False


def test_whether_names_show_never_changes_after_opening(place: Place, six: People) -> None:
    held = a_round(place, six[:3])
    excuse_rater(place=place, round_id=held.id, membership=six[2])
    all_say(held, six[:2], [1, 2])
    assert open_spread(place=place, round_id=held.id).names_shown is False
    closed(place, held)
    held = a_round(place, six[:2])
    add_rater(place=place, round_id=held.id, membership=six[2])
    all_say(held, six[:3], [1, 2, 3])
    assert open_spread(place=place, round_id=held.id).names_shown is True


def test_without_stragglers_the_spread_needs_three_who_have_finished(place: Place, six: People) -> None:
    held = a_round(place, six)
    with pytest.raises(ValidationError, match="Nobody"):
        open_spread(place=place, round_id=held.id)
    for number, person in enumerate(six[:3], start=1):
        say(held, person, 2)
        assert finished(held, place) == (number, 6)
        if number < 3:
            with pytest.raises(ValidationError, match="three"):
                open_spread(place=place, round_id=held.id)
    assert open_spread(place=place, round_id=held.id).state == Round.State.AGREEING


def test_a_team_of_two_opens_when_both_have_finished(place: Place, six: People) -> None:
    held = a_round(place, six[:2])
    say(held, six[0], 2)
    with pytest.raises(ValidationError):
        open_spread(place=place, round_id=held.id)
    say(held, six[1], 2)
    open_spread(place=place, round_id=held.id)


def test_a_late_joiner_rates_until_the_spread_opens(place: Place, six: People) -> None:
    held = a_round(place, six[:3])
    all_say(held, six[:3], [2, 2, 2])
    add_rater(place=place, round_id=held.id, membership=six[3])
    assert finished(held, place) == (3, 4)
    say(held, six[3], 3)
    held = open_spread(place=place, round_id=held.id)
    with pytest.raises(ValidationError, match="moved on"):
        add_rater(place=place, round_id=held.id, membership=six[4])
    assert sum(rater.ratings.count() for rater in held.raters.all()) == 12


def test_nobody_waits_for_an_absentee_and_what_they_said_counts(place: Place, six: People) -> None:
    held = a_round(place, six[:5])
    all_say(held, six[:4], [2, 2, 2, 2])
    first = items_of(held)[0]
    rate(by=seat_of(six[4]), round_id=held.id, competency_id=first.competency_id, step=4)
    excuse_rater(place=place, round_id=held.id, membership=six[4])
    assert progress_of(held, words(place)).as_many_as_expected
    held = open_spread(place=place, round_id=held.id)
    assert seen(place, held)[0].counts == (0, 4, 0, 1)
    assert seen(place, held)[1].counts is None


def test_marking_people_as_away_does_not_tell_who_has_finished(place: Place, six: People) -> None:
    held = a_round(place, six)
    all_say(held, six[:3], [2, 2, 2])
    shown = set()
    for person in six:
        excuse_rater(place=place, round_id=held.id, membership=person)
        told = progress_of(held, words(place))
        shown.add((told, bool(spread_may_open(told))))
        add_rater(place=place, round_id=held.id, membership=person)
    assert len(shown) == 1


def test_who_has_finished_and_is_away_counts_for_opening(place: Place, six: People) -> None:
    held = a_round(place, six)
    all_say(held, six[:3], [2, 2, 2])
    for person in six[1:3]:
        excuse_rater(place=place, round_id=held.id, membership=person)
    assert open_spread(place=place, round_id=held.id).state == Round.State.AGREEING


def test_an_absentee_who_comes_back_is_awaited_again(place: Place, six: People) -> None:
    held = a_round(place, six[:4])
    excuse_rater(place=place, round_id=held.id, membership=six[3])
    say(held, six[3], 2)
    add_rater(place=place, round_id=held.id, membership=six[3])
    assert finished(held, place) == (1, 4)
    told = Event.objects.filter(verb__startswith="round.rater").values_list("verb", flat=True)
    assert sorted(told) == ["round.rater-added", "round.rater-excused"]


def test_nobody_waits_for_who_has_left_the_school_and_they_cannot_rate(place: Place, six: People) -> None:
    held = a_round(place, six[:4])
    all_say(held, six[:4], [2, 2, 2, 4])
    gone = six[3]
    gone.left_at = clock.now()
    gone.save()
    assert finished(held, place) == (3, 3)
    with pytest.raises(Refused):
        say(held, gone, 1)
    open_spread(place=place, round_id=held.id)
    assert sum(rater.ratings.count() for rater in held.raters.all()) == 12


def test_the_date_can_be_moved_but_not_into_the_past(place: Place, six: People) -> None:
    held = a_round(place, six)
    later = clock.today() + timedelta(days=9)
    assert change_due_date(place=place, round_id=held.id, due_on=later).due_on == later
    with pytest.raises(ValidationError):
        change_due_date(place=place, round_id=held.id, due_on=clock.today() - timedelta(days=1))
    with pytest.raises(ValidationError, match="Is the year right"):
        change_due_date(place=place, round_id=held.id, due_on=date(9999, 12, 31))


def test_everybody_sees_how_many_have_finished_and_nobody_who(place: Place, six: People) -> None:
    held = a_round(place, six)
    say(held, six[0], 2)
    told = repr(progress_of(held, words(place)))
    assert "finished=1" in told
    assert not any(person.name in told or str(person.id) in told for person in six)


def test_a_round_of_300_raters_is_counted_with_two_queries(place: Place, six: People) -> None:
    from django.test.utils import CaptureQueriesContext

    held, framework = a_round(place, six), words(place)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        progress_of(held, framework)
    assert len(asked) == 2


@pytest.mark.django_db(transaction=True)
def test_whoever_leaves_the_team_while_the_round_opens_is_not_awaited(place: Place, six: People) -> None:
    held = a_draft(place, six)
    stay = [Part(each) for each in six[:3]]
    answers = at_once(
        lambda: open_round(place=place, round_id=held.id), lambda: change_team(place=place, team=stay)
    )
    assert not [each for each in answers if isinstance(each, Exception)], answers
    awaited = Rater.objects.filter(round=held, absent_at=None).values_list("membership_id", flat=True)
    assert set(awaited) == {each.id for each in six[:3]}


@pytest.mark.django_db(transaction=True)
def test_of_two_people_changing_the_team_at_once_one_has_the_last_word(place: Place, six: People) -> None:
    teams = [six[:2], six[2:4], six[4:]]
    works = [
        lambda people=people: change_team(place=place, team=[Part(each) for each in people])
        for people in teams
    ]
    assert at_once(*works) == [None, None, None]
    now = {each.membership_id for each in team_of(place.journey)}
    assert now in [{each.id for each in people} for people in teams]
