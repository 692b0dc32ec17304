"""What was adopted stands in the record of the journey: as evidence, on the competency's page and where a team agrees."""

from typing import Any, cast

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.urls import reverse

from throughline.elements.adopting.actions import show_edition
from throughline.elements.adopting.evidence import adopted_here
from throughline.elements.adopting.tests.test_adopting import adopted, write
from throughline.elements.models import Edition, EditionShown, Element, ElementKind, StageChange
from throughline.elements.setup.actions import begin_element
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import DomainItem, tree
from throughline.journeys.policy import Place
from throughline.journeys.queries import place_of
from throughline.journeys.rating.actions import rate
from throughline.journeys.rounds.actions import open_round, open_spread, prepare_round
from throughline.journeys.setup.actions import Part, start_journey
from throughline.records.actions import Cite, decide
from throughline.records.models import Claim, Decision, Evidence
from throughline.schools.models import Membership, Organisation, Role
from throughline.schools.tenant import MemberRequest, seat_of
from throughline.testing import client_of, make_member, ship_frameworks

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(lead: Membership) -> Edition:
    element = begin_element(
        kind=ElementKind.LEARNING_FRAMEWORK, title="How we learn", language="en", outline=[], by=lead
    )
    write(element, lead, "Everybody learns.")
    return adopted(element, lead)


@pytest.fixture
def place(lead: Membership, school: Organisation) -> Place:
    ship_frameworks()
    version = FrameworkVersion.objects.get(
        framework__owner=None, framework__code="journeys-to-mastery-learning"
    )
    people = [lead, *(make_member(school, f"Person {n}", Role.TEAM) for n in range(4))]
    journey = start_journey(
        name="Our journey", version=version, team=[Part(each) for each in people], by=seat_of(lead)
    )
    return place_of(seat_of(lead), journey)


def domain(place: Place, element: str) -> DomainItem:
    return next(
        each for each in tree(place.journey.record.version_id).domains if each.design_element == element
    )


def test_one_click_brings_it_with_the_competencies_of_its_domain_ticked(
    lead: Membership, school: Organisation, place: Place, edition: Edition
) -> None:
    browser = client_of(lead)
    address = f"/s/{school.slug}/elements/learning-framework/editions/1/evidence/"
    form = browser.get(address).context["form"]
    about = domain(place, "framework-for-mastery-learning")
    ticked = form["shows"].value()
    assert ticked == [str(each.id) for each in about.competencies]
    answer = browser.post(address, {"shows": ticked, "mark": "document", "why": "It says so."})
    made = Evidence.objects.get()
    there = reverse("records:evidence", args=[school.slug, made.pk])
    assert answer["Location"] == there
    assert (made.kind, made.happened_on) == ("adopted", edition.adopted_on)
    assert EditionShown.objects.get().edition == edition
    assert Claim.objects.count() == len(ticked)
    assert "How we learn" in browser.get(there).content.decode()
    competency = about.competencies[0].id
    decide(
        record=place.journey.record,
        competency_id=competency,
        after="in-progress",
        reason="Adopted.",
        by=lead,
        cites=[Cite(made.pk)],
    )
    assert Decision.objects.get().citations.get().evidence == made


def test_nothing_ticked_is_told(
    lead: Membership, school: Organisation, place: Place, edition: Edition
) -> None:
    answer = client_of(lead).post(
        f"/s/{school.slug}/elements/learning-framework/editions/1/evidence/", {"mark": "document"}
    )
    assert answer.status_code == 422
    assert "Choose what this evidence shows." in answer.content.decode()
    with pytest.raises(ValidationError):
        show_edition(edition=edition, record=place.journey.record, competencies=[], mark="", why="", by=lead)


def test_the_competency_says_what_was_adopted_and_others_do_not(
    lead: Membership, school: Organisation, place: Place, edition: Edition
) -> None:
    browser = client_of(lead)

    def page(element: str) -> Any:
        competency = domain(place, element).competencies[0].id
        there = reverse("records:competency", args=[school.slug, place.journey.record_id, competency])
        return browser.get(there).content.decode()

    assert "Edition 1 was adopted by The board" in page("framework-for-mastery-learning")
    assert "How we learn" not in page("graduate-profile")


def test_a_team_that_agrees_sees_it(
    lead: Membership, school: Organisation, place: Place, edition: Edition
) -> None:
    competency = domain(place, "framework-for-mastery-learning").competencies[0]
    people = [each.membership for each in place.journey.team.all()]
    held = prepare_round(place=place, competencies=[competency.id], raters=people)
    open_round(place=place, round_id=held.pk)
    for person in people:
        rate(by=seat_of(person), round_id=held.pk, competency_id=competency.id, step=2)
    open_spread(place=place, round_id=held.pk)
    page = client_of(lead).get(reverse("journeys:agree", args=[school.slug, held.pk, competency.id]))
    assert "Edition 1 was adopted by The board" in page.content.decode()


def test_what_it_says_is_read_in_one_query_however_often_it_changed(
    lead: Membership, place: Place, edition: Edition, django_assert_num_queries: Any
) -> None:
    request = cast("MemberRequest", RequestFactory().get("/"))
    request.seat = seat_of(lead)
    competency = domain(place, "framework-for-mastery-learning").competencies[0]
    for _each in range(2):
        assert StageChange.objects.count() > 1
        with django_assert_num_queries(1):
            panel = adopted_here(request, place.journey.record, competency)
        assert panel is not None and "Edition" in panel.content
        adopted(edition.element, lead)


def test_without_an_element_nothing_is_said(lead: Membership, school: Organisation, place: Place) -> None:
    assert not Element.objects.exists()
    competency = domain(place, "graduate-profile").competencies[0].id
    there = reverse("records:competency", args=[school.slug, place.journey.record_id, competency])
    assert "What the school has adopted" not in client_of(lead).get(there).content.decode()
