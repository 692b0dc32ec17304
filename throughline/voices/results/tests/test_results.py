"""What a listening came to, and who sees it when."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from throughline.frameworks.tree import tree
from throughline.journeys.models import Round
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.asking.actions import add_host
from throughline.voices.models import Listening

pytestmark = pytest.mark.django_db


def page(listening: Listening) -> str:
    return reverse("voices:results", args=[listening.organisation.slug, listening.pk])


def one(listening: Listening, code: str = "stakeholder-buy-in") -> str:
    by_code = {each.code: each for each in tree(listening.journey.record.version_id).competencies}
    return reverse("voices:result", args=[listening.organisation.slug, listening.pk, by_code[code].id])


def test_groups_stand_side_by_side_in_counts(closed_one: Listening, lead: Membership) -> None:
    shown = client_of(lead).get(one(closed_one)).content.decode()
    assert "11 of 30 said often or always." in shown
    assert "Of 14, nearly all said" in shown
    assert "seen differently" in shown
    assert "%" not in shown.partition("<main")[2].partition("</main>")[0]


def test_nothing_is_shown_before_it_is_closed(open_one: Listening, lead: Membership) -> None:
    browser = client_of(lead)
    assert "Results open when the listening is closed" in browser.get(page(open_one)).content.decode()
    assert browser.get(one(open_one)).status_code == 403


def test_results_wait_for_the_teams_own_spread(closed_one: Listening, lead: Membership) -> None:
    held = Round.objects.create(
        organisation=closed_one.organisation,
        journey=closed_one.journey,
        framework_version_id=closed_one.journey.record.version_id,
        number=9,
        state="rating",
        made_by=lead,
    )
    Listening.objects.update(round=held)
    browser = client_of(lead)
    told = browser.get(page(closed_one)).content.decode()
    assert "not before" in told
    assert "often or always" not in told
    assert browser.get(one(closed_one)).status_code == 403


def test_a_learner_who_hosts_it_sees_what_the_team_sees(
    closed_one: Listening, lead: Membership, learner: Membership, client: Client
) -> None:
    client.force_login(learner.person)
    assert client.get(page(closed_one)).status_code == 404
    add_host(listening=closed_one, member=learner, by=lead)
    assert "often or always" in client.get(page(closed_one)).content.decode()


def test_pages_ask_the_same_few_questions(
    closed_one: Listening, lead: Membership, django_assert_num_queries: Callable[..., Any]
) -> None:
    browser = client_of(lead)
    browser.get(page(closed_one))
    browser.get(one(closed_one))
    with django_assert_num_queries(6):
        browser.get(page(closed_one))
    with django_assert_num_queries(9):
        browser.get(one(closed_one))
