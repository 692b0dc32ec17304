"""What everyone may see of the throughline: what is adopted, in force and published, and only when a lead says so."""

import re

import pytest
from django.test import Client

from throughline.elements.adopting.actions import change_stage
from throughline.elements.adopting.tests.test_adopting import adopted, seen
from throughline.elements.line.actions import show_line
from throughline.elements.line.tests.test_page import drawn_up
from throughline.elements.models import Element, ElementKind, Item
from throughline.elements.publishing.actions import publish_element
from throughline.elements.structure.actions import add_item, change_item, remove_item
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member, ship_frameworks

pytestmark = pytest.mark.django_db
HERE = "/elements/harbour-bridge/throughline/"
ALL = (ElementKind.CALL_TO_ACTION, ElementKind.GRADUATE_PROFILE, ElementKind.BUILDING_BLOCKS)


def element(kind: ElementKind) -> Element:
    return Element.objects.get(kind=kind)


def published(lead: Membership, *kinds: ElementKind) -> None:
    for kind in kinds:
        adopted(element(kind), lead, in_force_on=clock.today())
        publish_element(element=element(kind), is_open=True, may_be_found=False, by=lead)


@pytest.fixture
def shown(lead: Membership) -> None:
    ship_frameworks()
    drawn_up(lead, 2, 3)
    published(lead, *ALL)
    show_line(is_open=True, may_be_found=False, by=lead)


def page(address: str = HERE) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_nothing_is_shown_until_a_lead_says_so(lead: Membership, school: Organisation) -> None:
    ship_frameworks()
    drawn_up(lead, 1, 1)
    published(lead, *ALL)
    assert Client().get(HERE).status_code == 404
    assert "throughline/" not in page("/elements/harbour-bridge/call-to-action/")
    team = make_member(school, "Tomas Lind", Role.TEAM)
    with pytest.raises(Refused):
        show_line(is_open=True, may_be_found=False, by=team)
    assert (
        client_of(team).post("/s/harbour-bridge/throughline/publish/", {"is_open": "on"}).status_code == 403
    )
    client_of(lead).post("/s/harbour-bridge/throughline/publish/", {"is_open": "on"})
    assert "Credit 0" in page()
    assert HERE in page("/elements/harbour-bridge/call-to-action/")
    show_line(is_open=False, may_be_found=True, by=lead)
    assert Client().get(HERE).status_code == 404


def test_it_shows_what_was_adopted_and_nothing_of_the_draft(lead: Membership, shown: None) -> None:
    credit = Item.objects.get(title="Credit 0")
    change_item(item=credit, words={"title": "A secret plan", "level": "advanced"}, seen=1, by=lead)
    words = {"title": "Another secret", "level": "advanced"}
    add_item(element=credit.element, kind="credit", words=words, parent=credit.parent, by=lead)
    remove_item(item=Item.objects.get(title="Attribute 1"), by=lead)
    found = page()
    picture, table = found.split('<svg class="throughline"')[1].split("</svg>")[0], found.split("<tbody>")[1]
    for name in ("One in four leaves early", "Every learner known", "Attribute 1", "Credit 0"):
        assert name in picture and name in table
    assert picture.count('class="thread ') == 1 + 2 + 3 + 3
    assert "secret" not in found


def test_it_shows_only_elements_that_are_in_force_and_published(lead: Membership, shown: None) -> None:
    publish_element(element=element(ElementKind.BUILDING_BLOCKS), is_open=False, may_be_found=False, by=lead)
    found = page()
    assert "Attribute 0" in found and "Credit 0" not in found
    profile = element(ElementKind.GRADUATE_PROFILE)
    change_stage(
        element=profile, to="superseded", on=clock.today(), seen=seen(profile), by=lead, reason="Merged."
    )
    assert "Attribute 0" not in page() and "Every learner known" in page()
    inside = client_of(lead).get("/s/harbour-bridge/throughline/publish/").content.decode()
    shows, leaves_out = inside.split("What the page leaves out")
    assert str(ElementKind.CALL_TO_ACTION.label) in shows
    assert str(ElementKind.BUILDING_BLOCKS.label) in leaves_out
    publish_element(element=element(ElementKind.CALL_TO_ACTION), is_open=False, may_be_found=False, by=lead)
    assert Client().get(HERE).status_code == 404


def test_it_tells_nothing_of_standings_and_nothing_of_frameworks_that_are_not_open(
    lead: Membership, shown: None
) -> None:
    from throughline.frameworks.models import Framework

    assert 'class="mark' not in page()
    assert "Stakeholder Buy-In" in page()
    Framework.objects.update(public_at=None)
    assert "Stakeholder Buy-In" not in page()


def test_a_point_shows_what_passes_through_it_and_leads_to_where_it_is_written(
    lead: Membership, shown: None
) -> None:
    one = Item.objects.get(title="Attribute 0")
    found = page(f"{HERE}?at={one.pk}")
    assert "Credit 0" in found and "Credit 1" not in found
    assert 'href="/elements/harbour-bridge/graduate-profile/"' in found
    for wrong in ("x", lead.pk):
        assert Client().get(f"{HERE}?at={wrong}").status_code == 404


def test_search_engines_keep_out_unless_they_may(lead: Membership, shown: None) -> None:
    answer = Client().get(HERE)
    assert answer["X-Robots-Tag"] == "noindex,nofollow" and b'name="robots"' in answer.content
    show_line(is_open=True, may_be_found=True, by=lead)
    assert "X-Robots-Tag" not in Client().get(HERE)


def test_at_its_stated_size_it_needs_no_script_little_to_load_and_few_questions(
    lead: Membership, django_assert_num_queries: object
) -> None:
    ship_frameworks()
    drawn_up(lead, 12, 80)
    for item in Item.objects.filter(kind__in=("attribute", "credit")):
        item.title = f"Reads the harbor and its weather: {item.title}"
        item.save()
    published(lead, *ALL)
    show_line(is_open=True, may_be_found=False, by=lead)
    Client().get(HERE)
    with django_assert_num_queries(4):  # type: ignore[operator]
        answer = Client().get(HERE)
    assert len(re.findall(rb'<a href="[^"]*" class="point', answer.content)) == 1 + 1 + 12 + 80 + 24
    assert b"<script" not in answer.content
    assert len(answer.content) < 100_000
