"""What groups said stands beside what the team says, and points out where they contradict it."""

import pytest
from django.test import RequestFactory

from throughline.frameworks.tree import tree
from throughline.journeys.models import Round
from throughline.records import panels
from throughline.records.actions import decide
from throughline.records.models import Standing, StandingValue
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.voices.models import Listening
from throughline.voices.panels.sources import what_groups_said

pytestmark = pytest.mark.django_db
CODE = "stakeholder-buy-in"


def panel(listening: Listening, by: Membership) -> str:
    request = RequestFactory().get("/")
    request.seat = seat_of(by)  # type: ignore[attr-defined]
    record = listening.journey.record
    competency = next(each for each in tree(record.version_id).competencies if each.code == CODE)
    found = what_groups_said(request, record, competency)  # type: ignore[arg-type]
    return str(found.content) if found else ""


def test_it_says_where_groups_differ(closed_one: Listening, lead: Membership) -> None:
    assert "see this differently" in panel(closed_one, lead)
    assert "calls this earned" not in panel(closed_one, lead)


def test_what_a_group_says_against_earned_is_pointed_out(closed_one: Listening, lead: Membership) -> None:
    record = closed_one.journey.record
    competency = next(each for each in tree(record.version_id).competencies if each.code == CODE)
    decide(record=record, competency_id=competency.id, after="in-progress", reason="We began.", by=lead)
    Standing.objects.filter(competency_id=competency.id).update(value=StandingValue.EARNED)
    assert "calls this earned" in panel(closed_one, lead)


def test_it_stands_where_the_team_agrees_and_costs_the_competencys_own_page_nothing() -> None:
    assert what_groups_said in panels.at_the_table
    assert what_groups_said not in panels.sources


def test_nothing_stands_there_before_results_open(
    open_one: Listening, lead: Membership, family: Membership
) -> None:
    assert panel(open_one, lead) == ""


def test_it_waits_for_the_spread_and_is_not_for_everybody(
    closed_one: Listening, lead: Membership, family: Membership
) -> None:
    assert panel(closed_one, family) == ""
    held = Round.objects.create(
        organisation=closed_one.organisation,
        journey=closed_one.journey,
        framework_version_id=closed_one.journey.record.version_id,
        number=9,
        state="rating",
        made_by=lead,
    )
    Listening.objects.update(round=held)
    assert panel(closed_one, lead) == ""
