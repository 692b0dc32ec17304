"""A whole domain on one page: several ratings in one press, and nothing lost when one of them is wrong."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from throughline.frameworks.tree import CompetencyItem, Tree, tree
from throughline.journeys.models import Rating, Round
from throughline.journeys.policy import Place
from throughline.journeys.rating.actions import Answer, rate, rate_several
from throughline.journeys.tests.steps import a_round, few
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(place: Place, six: list[Membership]) -> Round:
    """A round about three competencies of one domain, while everyone rates."""
    return a_round(place, six)


@pytest.fixture
def page(place: Place, held: Round) -> str:
    domain = next(each for each in framework_of(held).domains if few(place)[0] in each.competencies)
    return f"/s/harbour-bridge/rounds/{held.id}/rate/domain/{domain.id}/"


def framework_of(held: Round) -> Tree:
    return tree(held.framework_version_id)


def name_of(item: CompetencyItem, field: str) -> str:
    return f"c{item.number}-{field}"


def steps() -> list[int | None]:
    return list(Rating.objects.order_by("item__position", "id").values_list("step", flat=True))


def test_one_press_saves_what_was_said_and_leaves_the_rest(
    place: Place, held: Round, six: list[Membership], page: str
) -> None:
    first, second, third = few(place)
    client = client_of(six[1])
    shown = client.get(page).content.decode()
    assert all(each.name in shown for each in (first, second, third))
    assert " required" not in shown.split('class="rate-domain"')[1]
    answer = client.post(
        page,
        {
            name_of(first, "step"): "3",
            name_of(first, "comment"): "Seen in two classes.",
            name_of(third, "step"): "cannot-say",
        },
    )
    assert answer.status_code == 302
    said = {each.item.competency_id: each for each in Rating.objects.select_related("item")}
    assert {key: each.step for key, each in said.items()} == {first.id: 3, third.id: None}
    assert said[first.id].comment == "Seen in two classes."


def test_a_comment_without_a_step_keeps_everything_typed_and_saves_nothing(
    place: Place, six: list[Membership], page: str
) -> None:
    first, second, _third = few(place)
    typed = {name_of(first, "step"): "2", name_of(second, "comment"): "Not sure where to put this."}
    answer = client_of(six[1]).post(page, typed)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Not sure where to put this." in shown
    assert "Choose one of the steps, or that you cannot say." in shown
    assert Rating.objects.count() == 0


def test_what_was_rated_in_another_tab_meanwhile_is_shown_beside_what_is_sent(
    place: Place, held: Round, six: list[Membership], page: str
) -> None:
    first, second, _third = few(place)
    client = client_of(six[1])
    form = client.get(page).context["rows"][0].form
    rate(by=seat_of(six[1]), round_id=held.id, competency_id=first.id, step=4)
    sent = {
        name_of(first, "step"): "1",
        name_of(first, "as_seen"): form.mark(),
        name_of(second, "step"): "2",
    }
    answer = client.post(page, sent)
    assert answer.status_code == 422
    assert "How we work" in answer.content.decode().split("Saved now")[1]
    assert steps() == [4]
    again = {**sent, name_of(first, "as_seen"): answer.context["rows"][0].form["as_seen"].value()}
    assert client.post(page, again).status_code == 302
    assert sorted(each or 0 for each in steps()) == [1, 2]


def test_several_are_saved_together_or_not_at_all(place: Place, held: Round, six: list[Membership]) -> None:
    first, second, _third = few(place)
    answers = [Answer(competency_id=first.id, step=2), Answer(competency_id=second.id, step=9)]
    with pytest.raises(ValidationError):
        rate_several(by=seat_of(six[1]), round_id=held.id, answers=answers)
    assert Rating.objects.count() == 0


def test_only_a_rater_sees_it_and_only_domains_that_are_asked(
    held: Round, outsider: Membership, family: Membership, six: list[Membership], page: str
) -> None:
    assert client_of(outsider).get(page).status_code == 404
    assert client_of(family).get(page).status_code == 404
    elsewhere = page.replace(page.split("/")[-2], str(framework_of(held).domains[-1].id))
    assert client_of(six[1]).get(elsewhere).status_code == 404


def test_saving_many_asks_no_more_than_saving_one(
    place: Place, six: list[Membership], page: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(six[1])
    one = {name_of(few(place)[0], "step"): "2"}
    client.post(page, one)
    with CaptureQueriesContext(connection) as single:
        client.post(page, {name_of(few(place)[0], "step"): "3"})
    with django_assert_num_queries(len(single)):
        client.post(page, {name_of(each, "step"): "1" for each in few(place)})
