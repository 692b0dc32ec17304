"""Questions from families wait for those who answer them, and a page that nobody has checked for long calls its keepers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.plans.families.actions.asking import answer_question, ask
from throughline.plans.families.actions.writing import begin_page, open_page, publish_page, write_section
from throughline.plans.models import FamilyQuestion, PageForFamilies
from throughline.schools.models import Membership, Organisation
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(lead: Membership, school: Organisation) -> PageForFamilies:
    """One that everyone reads."""
    held = begin_page(language="en", by=lead)
    write_section(page=held, section="why", told={"text": "Our students ask for more."}, by=lead)
    publish_page(page=held, by=lead)
    held = open_page(page=held, way="everyone", may_be_found=False, takes_questions=True, by=lead)
    held.organisation = school
    return held


def home(member: Membership) -> str:
    return client_of(member).get("/").content.decode()


def question(page: PageForFamilies, text: str) -> FamilyQuestion:
    return ask(page=page, text=text, language="en", key=opaque_id(), address="192.0.2.1")


def test_a_question_waits_for_those_who_answer(
    page: PageForFamilies, lead: Membership, team: Membership, educator: Membership
) -> None:
    asked = question(page, "Will there be <b>grades</b>?")
    for member in (lead, team):
        assert "A family asks: “<bdi>Will there be &lt;b&gt;grades" in home(member)
    assert "A family asks" not in home(educator)
    question(page, "And sports?")
    assert "2</bdi> questions from families wait" in home(lead)
    for each in FamilyQuestion.objects.all():
        answer_question(question=each, wording="", answer="Yes.", by=lead)
    assert "families wait" not in home(lead) and "A family asks" not in home(lead)
    assert asked.text not in home(lead)


def test_a_page_nobody_checked_for_long_calls_its_keepers_while_it_is_read(
    page: PageForFamilies, lead: Membership, educator: Membership
) -> None:
    assert "still right?" not in home(lead)
    PageForFamilies.objects.update(checked_on=clock.today() - timedelta(days=91))
    assert "still right?" in home(lead) and "still right?" not in home(educator)
    open_page(page=page, way="nobody", may_be_found=False, takes_questions=True, by=lead)
    assert "still right?" not in home(lead)


def test_it_costs_no_query_of_its_own(
    page: PageForFamilies,
    lead: Membership,
    django_assert_max_num_queries: Callable[..., Any],
    django_assert_num_queries: Callable[..., Any],
) -> None:
    client = client_of(lead)
    client.get("/")
    with django_assert_max_num_queries(12) as before:
        client.get("/")
    for number in range(5):
        question(page, f"Question {number}?")
    with django_assert_num_queries(len(before.captured_queries)):
        assert "5</bdi> questions from families" in client.get("/").content.decode()
