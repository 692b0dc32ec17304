"""The page of the throughline: whole at its stated size, in few questions, and hidden from those who see no draft."""

import re

import pytest
from django.test import Client

from throughline.elements.line.graph import Column
from throughline.elements.line.queries import throughline_of
from throughline.elements.models import ElementKind, Item
from throughline.elements.setup.actions import begin_element
from throughline.elements.structure.actions import add_item, tie
from throughline.elements.structure.queries import journey_tree
from throughline.frameworks.tree import CompetencyItem
from throughline.schools.models import Membership, Organisation, Role
from throughline.schools.tenant import seat_of
from throughline.testing import client_of, make_member, ship_frameworks

pytestmark = pytest.mark.django_db
LINE = "/s/harbour-bridge/throughline/"


def drawn_up(lead: Membership, attributes: int, credits: int) -> list[Item]:
    """Three elements with a whole line in them: each credit serves one attribute and one competency."""
    made = {
        kind: begin_element(kind=kind, title=str(kind.label), language="en", outline=[], by=lead)
        for kind in (ElementKind.CALL_TO_ACTION, ElementKind.GRADUATE_PROFILE, ElementKind.BUILDING_BLOCKS)
    }

    def add(element: ElementKind, kind: str, title: str, parent: Item | None = None, **words: str) -> Item:
        told = {"title": title, **words}
        return add_item(element=made[element], kind=kind, words=told, parent=parent, by=lead)

    fact = add(ElementKind.CALL_TO_ACTION, "fact", "One in four leaves early")
    vision = add(ElementKind.CALL_TO_ACTION, "vision", "Every learner known")
    tie(item=vision, to=fact, by=lead)
    served = [add(ElementKind.GRADUATE_PROFILE, "attribute", f"Attribute {n}") for n in range(attributes)]
    for each in served:
        tie(item=each, to=vision, by=lead)
    area = add(ElementKind.BUILDING_BLOCKS, "area", "Inquiry")
    known: tuple[CompetencyItem, ...] = journey_tree(lead.organisation).competencies  # type: ignore[union-attr]
    for n in range(credits):
        credit = add(ElementKind.BUILDING_BLOCKS, "credit", f"Credit {n}", area, level="foundational")
        tie(item=credit, to=served[n % attributes], by=lead)
        tie(item=credit, competency=known[n % len(known)].id, by=lead)
    return served


def test_the_whole_line_is_in_the_picture_and_in_the_table(lead: Membership) -> None:
    ship_frameworks()
    drawn_up(lead, 2, 3)
    page = client_of(lead).get(LINE).content.decode()
    picture, table = page.split('<svg class="throughline"')[1].split("</svg>")[0], page.split("<tbody>")[1]
    for name in (
        "One in four leaves early",
        "Every learner known",
        "Attribute 1",
        "Credit 2",
        "Stakeholder Buy-In",
    ):
        assert name in picture
        assert name in table
    assert picture.count('class="thread ') == 1 + 2 + 3 + 3
    assert "has no source" in page


def test_what_passes_through_one_point_is_shown_alone(lead: Membership) -> None:
    ship_frameworks()
    first, second = drawn_up(lead, 2, 2)
    page = client_of(lead).get(f"{LINE}?at={first.pk}").content.decode()
    assert "Credit 0" in page
    assert "Credit 1" not in page
    assert client_of(lead).get(f"{LINE}?at={second.organisation_id}").status_code == 404
    assert client_of(lead).get(f"{LINE}?at=x").status_code == 404


def test_eighty_credits_twelve_attributes_and_all_competencies_cost_no_more_questions(
    lead: Membership, django_assert_max_num_queries: object
) -> None:
    ship_frameworks()
    drawn_up(lead, 12, 80)
    client = client_of(lead)
    client.get(LINE)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = client.get(LINE).content.decode()
    assert len(re.findall(r'<a href="[^"]*" class="point', page)) == 1 + 1 + 12 + 80 + 24


def test_a_name_with_markup_stays_words(lead: Membership) -> None:
    ship_frameworks()
    [attribute] = drawn_up(lead, 1, 1)
    Item.objects.filter(pk=attribute.pk).update(title='<b onclick="x">"Bold" & حر</b>')
    page = client_of(lead).get(LINE).content.decode()
    assert "<b onclick" not in page
    assert "&lt;b onclick" in page


def test_those_who_see_no_drafts_do_not_find_it(school: Organisation, lead: Membership) -> None:
    ship_frameworks()
    drawn_up(lead, 1, 1)
    learner = make_member(school, "Noor Haddad", Role.LEARNER)
    assert client_of(learner).get(LINE).status_code == 404
    assert Client().get(LINE).status_code == 302


def test_a_school_that_has_written_nothing_is_told_where_to_begin(lead: Membership) -> None:
    page = client_of(lead).get(LINE).content.decode()
    assert "The line begins with what you write" in page
    assert not throughline_of(seat_of(lead)).line.column(Column.CREDIT)
