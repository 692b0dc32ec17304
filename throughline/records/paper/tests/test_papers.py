"""Papers of a framework: who may print which, in which files, and where their codes lead."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from throughline.frameworks.blueprint import default_steps
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.tests.plans import PLAN
from throughline.frameworks.tree import tree
from throughline.records.paper.cards import code_of
from throughline.records.paper.catalog import KINDS, leads_to
from throughline.records.paper.parts import part_named, parts_of
from throughline.records.paper.words import paragraphs
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(lead: Membership) -> FrameworkVersion:
    """A framework that only this school sees."""
    assert default_steps()
    made = publish(PLAN, owner=lead.organisation, by=lead).version
    return FrameworkVersion.objects.select_related("framework").get(pk=made.pk)


def test_members_print_their_own_framework_and_nobody_else_does(
    own: FrameworkVersion, lead: Membership, outsider: Membership
) -> None:
    inside = f"/s/{lead.organisation.slug}/frameworks/{own.pk}/papers/"
    page = client_of(lead).get(inside)
    assert page.status_code == 200
    for kind in KINDS:
        assert f"{inside}{kind.key}.pdf?paper=letter" in page.content.decode()
        answer = client_of(lead).get(f"{inside}{kind.key}.pdf", {"paper": "letter"})
        assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-1.7")
    there = f"/s/{outsider.organisation.slug}/frameworks/{own.pk}/papers/"
    for address in (there, f"{there}cards.pdf"):
        assert client_of(outsider).get(address).status_code == 404
    for address in (f"/papers/{own.pk}/", f"/papers/{own.pk}/workbook.pdf"):
        assert Client().get(address).status_code == 404


def test_anyone_prints_an_open_framework(journey_version: FrameworkVersion) -> None:
    assert (
        f"/papers/{journey_version.pk}/"
        in Client().get("/frameworks/journeys-to-mastery-learning/").content.decode()
    )
    page = Client().get(f"/papers/{journey_version.pk}/")
    assert page.status_code == 200 and "Workbook" in page.content.decode()
    assert Client().get(f"/papers/{journey_version.pk}/profile.pdf").status_code == 200


@pytest.mark.parametrize("wrong", ["paper=a3", "part=9", "part=x", "paper="])
def test_what_does_not_exist_is_not_found(journey_version: FrameworkVersion, wrong: str) -> None:
    assert Client().get(f"/papers/{journey_version.pk}/cards.pdf?{wrong}").status_code == 404


def test_the_page_inside_a_school_leads_to_the_papers(
    journey_version: FrameworkVersion, lead: Membership
) -> None:
    page = client_of(lead).get(f"/s/{lead.organisation.slug}/frameworks/{journey_version.pk}/")
    assert f"/frameworks/{journey_version.pk}/papers/" in page.content.decode()


def test_codes_lead_to_the_public_page_or_into_the_school(
    journey_version: FrameworkVersion, own: FrameworkVersion, lead: Membership
) -> None:
    slug = lead.organisation.slug
    first = tree(journey_version.pk).competencies[0]
    assert leads_to(journey_version, tree(journey_version.pk), slug)(first).endswith(f"/1/{first.code}/")
    private = leads_to(own, tree(own.pk), slug)(tree(own.pk).competencies[0])
    assert private.startswith("http") and private.endswith(f"/s/{slug}/frameworks/{own.pk}/#domain-1")
    assert code_of(private).startswith("<svg") and code_of(private) != code_of(private + "x")


def test_a_small_framework_is_one_file(journey_version: FrameworkVersion) -> None:
    framework = tree(journey_version.pk)
    assert [part.key for part in parts_of(framework)] == [""]
    assert part_named(framework, "1") is None


def test_statements_become_paragraphs_without_markup() -> None:
    told = paragraphs("# One *two*\n\n- three\n- <b>four</b>\n\n \n\nسلام")
    assert [each["direction"] for each in told] == ["ltr", "ltr", "rtl"]
    assert "*" not in told[0]["text"] and "<" not in told[1]["text"]
    assert len(paragraphs("word " * 9000, 100)[0]["text"]) <= 100


def test_the_page_asks_a_fixed_number_of_questions(
    journey_version: FrameworkVersion, lead: Membership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, address = client_of(lead), f"/s/{lead.organisation.slug}/frameworks/{journey_version.pk}/papers/"
    client.get(address)
    with django_assert_num_queries(5):
        client.get(address)


def test_papers_come_in_every_language_of_the_framework_whatever_the_reader_s_own(
    journey_version: FrameworkVersion,
) -> None:
    page = Client().get(f"/papers/{journey_version.pk}/", {"language": "es"}).content.decode()
    assert "workbook.pdf?paper=a4&amp;language=es" in page and "español" in page
    told = PdfReader(
        BytesIO(Client().get(f"/papers/{journey_version.pk}/workbook.pdf", {"language": "es"}).content)
    )
    root: Any = told.trailer["/Root"]
    assert root["/Lang"] == "es"
    said = "".join(each.extract_text() for each in told.pages[:6])
    assert tree(journey_version.pk, "es").competencies[0].name in said.replace("\n", " ")
    assert Client().get(f"/papers/{journey_version.pk}/workbook.pdf", {"language": "fr"}).status_code == 404
    assert Client().get(f"/papers/{journey_version.pk}/", {"language": "<b>"}).status_code == 200
