"""Starting a journey: one page, two minutes, nothing lost."""

import pytest
from django.test import Client

from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.models import Journey
from throughline.journeys.tests.steps import page
from throughline.schools.actions.groups import create_group
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_starting_makes_one_journey_even_when_posted_twice(
    journey_version: FrameworkVersion, lead: Membership, team: Membership
) -> None:
    said = {
        "whose": "whole",
        "version": str(journey_version.id),
        "raters": [str(lead.id), str(team.id)],
        "deciders": [str(lead.id)],
        "name": "",
        "_once": "6d9cf3b7-9d5b-4a0f-8a53-7d6f0a3a1c55",
    }
    client = client_of(lead)
    answers = [client.post(page("start"), said) for _each in range(2)]
    journey = Journey.objects.get()
    assert {answer["Location"] for answer in answers} == {page("prepare", journey_id=journey.id)}
    assert journey.name == "Journey of Harbour Bridge"
    assert {(each.membership.name, each.is_decider) for each in journey.team.all()} == {
        ("Amara Okafor", True),
        ("Jonas Lind", False),
    }


def test_a_journey_starts_for_a_class_that_was_not_listed(
    journey_version: FrameworkVersion, lead: Membership
) -> None:
    said = {
        "whose": "new",
        "kind": "classroom",
        "group_name": "7B Science",
        "version": str(journey_version.id),
        "raters": [str(lead.id)],
        "deciders": [str(lead.id)],
        "name": "",
    }
    assert client_of(lead).post(page("start"), said).status_code == 302
    journey = Journey.objects.get()
    assert journey.record.group is not None and journey.record.group.name == "7B Science"
    assert journey.name == "Journey of 7B Science"


def test_what_was_typed_stays_when_something_is_missing(
    journey_version: FrameworkVersion, lead: Membership, team: Membership
) -> None:
    said = {
        "whose": "new",
        "kind": "subject",
        "group_name": "",
        "version": str(journey_version.id),
        "raters": [str(team.id)],
        "name": "Science in grade 7",
    }
    response = client_of(lead).post(page("start"), said)
    shown = response.content.decode()
    assert response.status_code == 422
    assert "Science in grade 7" in shown and "Give the new group a name." in shown
    assert f'name="raters" value="{team.id}" checked' in shown
    assert f'name="raters" value="{lead.id}" checked' not in shown
    assert not Journey.objects.exists()


def test_a_team_without_a_decider_is_refused_at_the_team(
    journey_version: FrameworkVersion, lead: Membership
) -> None:
    said = {"whose": "whole", "version": str(journey_version.id), "raters": [str(lead.id)], "name": "Ours"}
    response = client_of(lead).post(page("start"), said)
    assert response.status_code == 422
    assert "A team needs at least one person who decides." in response.content.decode()


def test_everyone_of_a_role_is_ticked_at_once_and_nothing_is_lost(
    journey_version: FrameworkVersion, lead: Membership, team: Membership, educator: Membership
) -> None:
    said = {"whose": "whole", "name": "Half typed", "raters": [str(lead.id)], "tick": "educator"}
    response = client_of(lead).post(page("start"), said)
    shown = response.content.decode()
    assert response.status_code == 200 and "Half typed" in shown
    assert f'name="deciders" value="{educator.id}" checked' in shown
    assert f'name="raters" value="{lead.id}" checked' in shown
    assert f'name="raters" value="{team.id}" checked' not in shown


def test_an_educator_starts_for_a_group_only_and_a_learner_not_at_all(
    journey_version: FrameworkVersion, lead: Membership, educator: Membership, learner: Membership
) -> None:
    group = create_group(by=lead, kind="classroom", name="7B")
    shown = words(client_of(educator), page("start"))
    assert "The whole school" not in shown and "7B" in shown
    said = {
        "whose": str(group.id),
        "version": str(journey_version.id),
        "raters": [str(educator.id)],
        "deciders": [str(educator.id)],
        "name": "",
    }
    assert client_of(educator).post(page("start"), {**said, "whose": "whole"}).status_code == 422
    assert client_of(educator).post(page("start"), said).status_code == 302
    assert client_of(learner).get(page("start")).status_code == 403


def test_invited_people_can_be_on_the_team_before_they_join(
    journey_version: FrameworkVersion, lead: Membership, team: Membership
) -> None:
    team.joined_at = None
    team.save()
    assert "invited" in words(client_of(lead), page("start"))


def test_someone_elsewhere_cannot_be_put_on_the_team(
    journey_version: FrameworkVersion, lead: Membership, outsider: Membership
) -> None:
    said = {
        "whose": "whole",
        "version": str(journey_version.id),
        "raters": [str(lead.id), str(outsider.id)],
        "deciders": [str(lead.id)],
        "name": "",
    }
    assert client_of(lead).post(page("start"), said).status_code == 422
