"""What is shared, and the story so far, against PDF/UA-1; the checker and its controls stand in `test_pdfua.py`."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from itertools import pairwise

import page
import pypdf
import pytest
from django.utils import translation

from tests.interop.test_pdfua import structure
from throughline.journeys.models import Round, Snapshot
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of
from throughline.journeys.story.chapters import Links, story_of
from throughline.journeys.story.pdf import Story, story_pdf
from throughline.journeys.story.queries import facts_of
from throughline.journeys.tests.steps import a_place, an_open_spread, closed, earn, settle
from throughline.kit import clock
from throughline.network.actions import Offer, share_snapshot
from throughline.network.shared_pdf import shared_pdf
from throughline.network.shown import shown
from throughline.records.paper.compiling import Way
from throughline.schools.models import Membership
from throughline.testing import shipped_version

Make = Callable[[Place, str], bytes]
pytestmark = [pytest.mark.django_db, pytest.mark.one_engine("what Typst makes of the same words")]
OURS = "ارتياح #box[x] *no* \\ <tag> مدرسة Salma"


@pytest.fixture
def place(lead: Membership, team: Membership, educator: Membership) -> Place:
    """A journey with two closed rounds."""
    version = shipped_version()
    people = [lead, team, educator]
    made = a_place(lead, version, people)
    for number in (1, 2):
        held = an_open_spread(made, people, (2, 2, 3))
        first, second, _third = items_of(held)
        earn(made, first)
        settle(made, second, 1 + number, why_changed="evidence")
        closed(made, held)
    return made


def a_share(place: Place, language: str) -> bytes:
    first, second = Snapshot.objects.order_by("round__number")
    share_snapshot(place=place, snapshot=first, offer=Offer("staff"))
    offer = Offer("staff", with_reasons=True, note=OURS, ends_on=clock.today() + timedelta(days=3))
    share = share_snapshot(place=place, snapshot=second, offer=offer).share
    with translation.override(language):
        return shared_pdf(shown(share), way=Way.now("a4"))


def a_story(place: Place, language: str) -> bytes:
    links = Links("/j/", lambda on: f"/p/?on={on}", str, str, str, lambda key, number: f"/{key}#{number}")
    with translation.override(language):
        told = Story(
            organisation="Harbour Bridge",
            journey=place.journey.name,
            scope="The whole school",
            introduction=f"{OURS}\n\nA second paragraph.",
            chapters=story_of(facts_of(place.journey), links),
            site="http://127.0.0.1",
            on=clock.today(),
        )
        return story_pdf(
            told, way=Way.now("a4"), made_at=Round.objects.latest("closed_at").closed_at or clock.now()
        )


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize("made", [a_share, a_story])
def test_they_meet_every_rule_of_pdf_ua_that_a_machine_can_check(
    made: Make, language: str, place: Place
) -> None:
    document = made(place, language)
    found = page.validate_pdf_bytes(document, profile=page.ValidationProfile.PDF_UA_1)
    assert (found.is_compliant, found.failures) == (True, [])


@pytest.mark.parametrize("made", [a_share, a_story])
def test_headings_come_in_order(made: Make, place: Place) -> None:
    reader = pypdf.PdfReader(BytesIO(made(place, "en")))
    roles = [str(each["/S"]) for each in structure(reader.root_object["/StructTreeRoot"])]
    levels = [int(role[2]) for role in roles if role in ("/H1", "/H2", "/H3", "/H4", "/H5")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
