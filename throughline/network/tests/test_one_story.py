"""Pages agree with each other: the same thing has one name, and what one page shows no other denies."""

import pytest

from throughline.journeys.models import Round, Snapshot
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of
from throughline.journeys.tests.steps import a_round
from throughline.network.tests.neighbours import make_district, neighbour
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def rating(place: Place, team_of_three: list[Membership]) -> Round:
    """Three people rate; names are hidden."""
    return a_round(place, team_of_three)


def test_the_first_round_has_one_name(rating: Round, lead: Membership) -> None:
    shown = client_of(lead).get(f"/s/harbour-bridge/rounds/{rating.id}/rate/").content.decode()
    assert "Pre-assessment" in shown
    assert "round 1" not in shown.lower()


def test_the_comment_box_says_what_the_box_below_it_says(rating: Round, lead: Membership) -> None:
    item = items_of(rating)[0]
    shown = (
        client_of(lead)
        .get(f"/s/harbour-bridge/rounds/{rating.id}/rate/{item.competency_id}/")
        .content.decode()
    )
    assert "Share this comment with the team when the spread opens." in shown
    assert "Only you can read this, unless you share it below." in shown
    assert "once the spread opens" not in shown


def test_a_report_names_the_school_it_is_about(snapshot: Snapshot, lead: Membership) -> None:
    shown = client_of(lead).get(f"/s/harbour-bridge/rounds/{snapshot.round_id}/report/").content.decode()
    school = lead.organisation.name
    assert school in shown[: shown.index("</title>")]
    assert school in shown[shown.index("<h1") - 400 : shown.index("<h1")]


def test_a_districts_front_page_says_which_schools_share() -> None:
    district, district_lead = make_district()
    neighbour("Quay", district, {"timely-support": "earned"})
    shown = client_of(district_lead).get(f"/s/{district.slug}/").content.decode()
    assert "shares a round with you" in shown
    assert f"/s/{district.slug}/schools/" in shown.split("shares a round with you")[1]
