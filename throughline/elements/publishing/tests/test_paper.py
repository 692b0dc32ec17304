"""What was adopted can be printed: its text and its items, tagged, in every language that it is read in."""

from io import BytesIO

import pypdf
import pytest
from django.test import Client
from page import ValidationProfile, validate_pdf_bytes

from throughline.elements.adopting.tests.test_adopting import adopted
from throughline.elements.models import Element
from throughline.elements.publishing.actions import publish_element
from throughline.elements.publishing.tests.test_translating import say
from throughline.elements.structure.actions import add_item
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
HERE = "/elements/harbour-bridge/call-to-action/pdf/"
FACT = {
    "title": "One in four leaves",
    "text": "Twice.",
    "source": "A count at the gate",
    "link": "https://example.org/count",
    "date": "2025-03-01",
}


def read(content: bytes) -> tuple[str, pypdf.PdfReader]:
    reader = pypdf.PdfReader(BytesIO(content))
    return "\n".join(page.extract_text() for page in reader.pages), reader


@pytest.fixture
def public(lead: Membership, element: Element) -> Element:
    add_item(element=element, kind="fact", words=FACT, by=lead)
    edition = adopted(element, lead, in_force_on=clock.today())
    say(edition, lead, The="El mundo se mueve.")
    publish_element(element=element, is_open=True, may_be_found=False, by=lead)
    return element


def test_text_and_items_are_printed_and_tagged(lead: Membership, public: Element) -> None:
    inside = client_of(lead).get("/s/harbour-bridge/elements/call-to-action/editions/1/pdf/")
    words, reader = read(inside.content)
    for said in ("The world moves.", "One in four leaves", "Twice.", "adopted by The board"):
        assert said in words
    for said in ("Source: A count at the gate", "https://example.org/count", "March 1, 2025"):
        assert said in words
    assert str(reader.root_object["/Lang"]) == "en"
    assert validate_pdf_bytes(inside.content, profile=ValidationProfile.PDF_UA_1).is_compliant
    assert Client().get(HERE).content == inside.content


def test_everyone_gets_it_in_the_languages_of_the_page_on_both_papers(public: Element) -> None:
    answer = Client().get(f"{HERE}?in=es&paper=letter")
    words, reader = read(answer.content)
    assert "El mundo se mueve." in words and "The world moves." not in words
    assert str(reader.root_object["/Lang"]) == "es"
    assert reader.pages[0].mediabox.width == 612
    assert answer["X-Robots-Tag"] == "noindex,nofollow"
    for wrong in ("?in=fr", "?paper=a0"):
        assert Client().get(f"{HERE}{wrong}").status_code == 404


def test_what_is_not_published_is_not_printed_for_everyone(lead: Membership, public: Element) -> None:
    publish_element(element=public, is_open=False, may_be_found=False, by=lead)
    assert Client().get(HERE).status_code == 404
