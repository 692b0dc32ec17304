"""What is in force can be read by everyone, if a lead says so: without a script, and in several languages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from throughline.elements.adopting.actions import change_stage
from throughline.elements.adopting.tests.test_adopting import adopted, seen, write
from throughline.elements.models import Element
from throughline.elements.publishing.actions import publish_element
from throughline.elements.publishing.tests.test_translating import say
from throughline.elements.structure.actions import add_item
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member

pytestmark = pytest.mark.django_db
HERE = "/elements/harbour-bridge/call-to-action/"


@pytest.fixture
def public(lead: Membership, element: Element) -> Element:
    adopted(element, lead, in_force_on=clock.today())
    publish_element(element=element, is_open=True, may_be_found=False, by=lead)
    return element


def test_nothing_is_shown_until_a_lead_says_so(
    lead: Membership, school: Organisation, element: Element
) -> None:
    adopted(element, lead, in_force_on=clock.today())
    assert Client().get(HERE).status_code == 404
    team = make_member(school, "Tomas Lind", Role.TEAM)
    with pytest.raises(Refused):
        publish_element(element=element, is_open=True, may_be_found=False, by=team)
    client_of(lead).post(f"/s/{school.slug}/elements/call-to-action/publish/", {"is_open": "on"})
    assert "The world moves." in Client().get(HERE).content.decode()
    publish_element(element=element, is_open=False, may_be_found=True, by=lead)
    assert Client().get(HERE).status_code == 404


def test_what_is_being_drafted_stays_inside(lead: Membership, public: Element) -> None:
    write(public, lead, "A secret thought.")
    assert "A secret thought." not in Client().get(HERE).content.decode()
    change_stage(
        element=public, to="superseded", on=clock.today(), seen=seen(public), by=lead, reason="We merged."
    )
    assert Client().get(HERE).status_code == 404


def test_it_needs_no_script_and_little_to_load(lead: Membership, public: Element) -> None:
    answer = Client().get(HERE)
    assert b"<script" not in answer.content and len(answer.content) < 20_000
    assert answer["X-Robots-Tag"] == "noindex,nofollow" and b'name="robots"' in answer.content
    publish_element(element=public, is_open=True, may_be_found=True, by=lead)
    found = Client().get(HERE)
    assert "X-Robots-Tag" not in found and b'name="robots"' not in found.content


def test_a_language_shows_what_is_translated_and_marks_the_rest(lead: Membership, public: Element) -> None:
    edition = public.editions.get()
    say(edition, lead, The="El mundo se mueve.", Why="Por qué cambiamos")
    answer = Client().get(f"{HERE}?in=es")
    page = answer.content.decode()
    assert "Por qué cambiamos" in page and "El mundo se mueve." in page and "Our learners wait." in page
    assert answer["Content-Language"] == "es"
    assert "2 paragraphs have no translation" in page
    beside = Client().get(f"{HERE}?in=es&beside=1").content.decode()
    assert "The world moves." in beside and "El mundo se mueve." in beside and "Not translated yet" in beside
    assert "El mundo" not in Client().get(HERE).content.decode()


def test_the_fields_of_items_are_shown_and_translated_too(lead: Membership, element: Element) -> None:
    words = {"title": "One in four leaves", "source": "A count", "link": "https://example.org/count"}
    add_item(element=element, kind="fact", words=words, by=lead)
    edition = adopted(element, lead, in_force_on=clock.today())
    publish_element(element=element, is_open=True, may_be_found=False, by=lead)
    page = Client().get(HERE).content.decode()
    assert "A count" in page and 'href="https://example.org/count"' in page
    say(
        edition, lead, The="El mundo.", Our="Esperan.", We="Ya.", One="Uno de cada cuatro se va", Why="Porque"
    )
    assert "1 paragraph has no translation" in Client().get(f"{HERE}?in=es").content.decode()
    say(edition, lead, A="Un recuento")
    spanish = Client().get(f"{HERE}?in=es").content.decode()
    assert "Un recuento" in spanish and "A count" not in spanish and "no translation" not in spanish


def test_a_page_costs_few_questions(
    lead: Membership, public: Element, django_assert_num_queries: Callable[..., Any]
) -> None:
    say(public.editions.get(), lead, The="El mundo se mueve.")
    Client().get(HERE)
    with django_assert_num_queries(5):
        Client().get(f"{HERE}?in=es")
