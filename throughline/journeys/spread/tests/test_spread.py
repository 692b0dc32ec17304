"""The spread: what the team sees of its ratings, in which order, and what it never sees."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.models import Rater, Rating, Round
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of, progress_of, rater_of
from throughline.journeys.rating.actions import rate, release_comment
from throughline.journeys.rounds.actions import open_spread
from throughline.journeys.spread.consensus import assess
from throughline.journeys.spread.queries import Shown, most_disputed_first, shown_for, spreads_of, words_of
from throughline.journeys.tests.steps import (
    a_place,
    a_round,
    all_say,
    an_open_spread,
    few,
    say,
    seen,
    words,
)
from throughline.kit import clock
from throughline.people.models import Person
from throughline.schools.models import Group, Membership
from throughline.schools.tenant import seat_of

pytestmark = pytest.mark.django_db
People = list[Membership]


def test_five_raters_see_counts_words_and_remarks(place: Place, six: People) -> None:
    held = an_open_spread(place, six, [1, 2, 2, 2, 3, None])
    first = seen(place, held)[0]
    assert (first.shown, first.counts, first.cannot_say) == (Shown.DOTS, (1, 3, 1, 0), 1)
    assert first.reading == assess([1, 3, 1, 0])
    assert first.names == ()


@pytest.mark.parametrize(
    ("raters", "shown"), [(3, Shown.WORD), (4, Shown.WORD), (5, Shown.DOTS), (6, Shown.DOTS)]
)
def test_below_five_raters_only_the_word_appears(
    place: Place, six: People, raters: int, shown: Shown
) -> None:
    assert shown_for(False, raters) is shown
    assert shown_for(True, raters) is Shown.NAMES
    held = an_open_spread(place, six[:raters], [2, 2, 3, 3, 2, 2][:raters])
    assert {each.shown for each in seen(place, held)} == {shown}


def test_with_fewer_than_five_ratings_nothing_but_the_word_leaves_the_room(
    small: Place, three: People
) -> None:
    held = an_open_spread(small, three, [1, 4, 4])
    for viewer in (None, *(rater_of(seat_of(each), held) for each in three)):
        for spread in spreads_of(held, words(small), viewer):
            assert (spread.counts, spread.cannot_say, spread.remarks, spread.names) == (None, None, (), ())
            told = spread.reading
            assert (told.median, told.n, told.a, told.far, told.variance) == (None, 0, None, 0, 0.0)
            assert spread.rare is False


def test_a_competency_that_fewer_than_five_rated_shows_only_its_word_in_a_larger_round(
    place: Place, six: People
) -> None:
    held = a_round(place, six)
    first, second, third = few(place)
    for person in six:
        rate(by=seat_of(person), round_id=held.id, competency_id=first.id, step=2)
    for person in six[:3]:
        for each in (second, third):
            rate(by=seat_of(person), round_id=held.id, competency_id=each.id, step=4, comment="Few of us.")
    held = open_spread(place=place, round_id=held.id)
    assert [each.shown for each in seen(place, held)] == [Shown.DOTS, Shown.WORD, Shown.WORD]
    assert seen(place, held)[1].remarks == ()


def test_in_a_small_team_a_comment_appears_only_when_its_author_releases_it(
    small: Place, three: People
) -> None:
    held = a_round(small, three)
    for person in three:
        say(held, person, 2, f"{person.name} says so.")
    open_spread(place=small, round_id=held.id)
    held.refresh_from_db()
    first = few(small)[0].id
    release_comment(by=seat_of(three[1]), round_id=held.id, competency_id=first, released=True)
    spreads = seen(small, held)
    assert [remark.text for remark in spreads[0].remarks] == [f"{three[1].name} says so."]
    assert spreads[1].remarks == ()
    release_comment(by=seat_of(three[1]), round_id=held.id, competency_id=first, released=False)
    assert seen(small, held)[0].remarks == ()


def test_names_show_only_where_the_team_fixed_it_so_beforehand(place: Place, six: People) -> None:
    held = an_open_spread(place, six, [1, 1, 2, 3, 4, None], names_shown=True)
    first = seen(place, held)[0]
    by_step = tuple(
        tuple(sorted(each.name for each in group)) for group in (six[:2], six[2:3], six[3:4], six[4:5])
    )
    assert first.names == by_step


def test_cannot_say_is_shown_and_not_counted(place: Place, six: People) -> None:
    held = an_open_spread(place, six, [3, 3, 3, None, None, None])
    first = seen(place, held)[0]
    assert (first.counts, first.cannot_say, first.reading.n, first.word) == ((0, 0, 3, 0), 3, 3, "agree")
    assert words_of(held)[first.item.id] == "agree"


def test_only_the_holder_of_a_rare_view_is_told(place: Place, six: People) -> None:
    held = an_open_spread(place, six, [2, 2, 2, 2, 3, 4])
    told = {
        person.name: spreads_of(held, words(place), rater_of(seat_of(person), held))[0].rare for person in six
    }
    assert [name for name, rare in told.items() if rare] == [six[5].name]
    assert not any(each.rare for each in seen(place, held))


def test_the_most_disputed_comes_first_or_the_order_of_the_framework(place: Place, six: People) -> None:
    held = a_round(place, six)
    first, second, third = few(place)
    for person, (one, two, three_) in zip(
        six, [(2, 1, 2), (2, 1, 3), (2, 4, 2), (2, 4, 3), (2, 1, 2), (2, 4, 3)], strict=True
    ):
        for competency, step in ((first, one), (second, two), (third, three_)):
            rate(by=seat_of(person), round_id=held.id, competency_id=competency.id, step=step)
    spreads = seen(place, open_spread(place=place, round_id=held.id))
    assert [each.competency for each in spreads] == [first, second, third]
    assert [each.competency for each in most_disputed_first(spreads)] == [second, third, first]


def test_where_only_words_show_the_order_tells_no_more_than_the_words(small: Place, three: People) -> None:
    held = a_round(small, three)
    first, second, third = few(small)
    for person, (one, two, three_) in zip(three, [(1, 1, 2), (3, 4, 2), (3, 4, 2)], strict=True):
        for competency, step in ((first, one), (second, two), (third, three_)):
            rate(by=seat_of(person), round_id=held.id, competency_id=competency.id, step=step)
    spreads = seen(small, open_spread(place=small, round_id=held.id))
    assert [each.word for each in spreads] == ["split", "split", "agree"]
    assert [each.competency for each in most_disputed_first(spreads)] == [first, second, third]


def test_the_order_of_remarks_has_nothing_to_do_with_the_order_of_rating(place: Place, six: People) -> None:
    held = a_round(place, six)
    competencies = words(place).domains[1].competencies
    for person in six:
        for each in competencies:
            rate(by=seat_of(person), round_id=held.id, competency_id=each.id, step=2, comment=person.name)
    orders = set()
    in_order = [person.name for person in six]
    held = open_spread(place=place, round_id=held.id)
    for spread in seen(place, held):
        texts = [remark.text for remark in spread.remarks]
        assert sorted(texts) == sorted(in_order)
        assert all(remark.name == "" for remark in spread.remarks)
        ids = Rating.objects.filter(item=spread.item).order_by("id").values_list("comment", flat=True)
        assert texts == list(ids)
        orders.add(tuple(texts))
    assert len(orders) == 3


def test_rating_again_does_not_move_a_remark(place: Place, six: People) -> None:
    held = a_round(place, six)
    for person in six:
        say(held, person, 2, person.name)
    before = list(Rating.objects.order_by("id").values_list("id", "comment"))
    say(held, six[0], 3, six[0].name)
    assert list(Rating.objects.order_by("id").values_list("id", "comment")) == before


def crowd(place: Place, held: Round, size: int) -> None:
    """So many raters, written straight into the tables: three hundred letters are not what is tested here."""
    home = place.journey.organisation
    people = Person.objects.bulk_create(
        Person(email=f"p{number}@example.org", name=f"Person {number}") for number in range(size)
    )
    members = Membership.objects.bulk_create(
        Membership(organisation=home, person=person, name=person.name, joined_at=clock.now())
        for person in people
    )
    Rater.objects.filter(round=held).delete()
    Rater.objects.bulk_create(Rater(organisation=home, round=held, membership=member) for member in members)


@pytest.mark.parametrize("size", [10, 300])
def test_spread_and_progress_cost_the_same_queries_for_10_and_for_300_raters(
    place: Place, six: People, size: int
) -> None:
    held = a_round(place, six, competencies=words(place).competencies)
    crowd(place, held, size)
    items = list(items_of(held))
    Rating.objects.bulk_create(
        Rating(organisation_id=held.organisation_id, rater=rater, item=item, step=1 + number % 4)
        for number, rater in enumerate(Rater.objects.filter(round=held))
        for item in items
    )
    with CaptureQueriesContext(connection) as counting:
        progress = progress_of(held, words(place))
    assert (len(counting), progress.finished) == (2, size)
    held = open_spread(place=place, round_id=held.id)
    viewer = Rater.objects.filter(round=held).first()
    with CaptureQueriesContext(connection) as counting:
        spreads = spreads_of(held, words(place), viewer)
    assert len(counting) <= 5
    assert all(sum(each.counts or ()) == size for each in spreads)


def test_all_say_the_same_in_a_team_of_one(place: Place, six: People, lead: Membership) -> None:
    held = a_round(place, [lead])
    all_say(held, [lead], [3])
    held = open_spread(place=place, round_id=held.id)
    first = seen(place, held)[0]
    assert (first.shown, first.word, first.names) == (Shown.NAMES, "agree", ((), (), (lead.name,), ()))


def test_the_team_of_another_journey_has_its_own_spread(
    place: Place, six: People, journey_version: FrameworkVersion
) -> None:
    group = Group.objects.create(organisation=six[0].organisation, kind="subject", name="Music")
    other = a_place(six[0], journey_version, six, group=group)
    mine, theirs = an_open_spread(place, six, [1] * 6), an_open_spread(other, six, [4] * 6)
    assert seen(place, mine)[0].counts == (6, 0, 0, 0)
    assert seen(other, theirs)[0].counts == (0, 0, 0, 6)
