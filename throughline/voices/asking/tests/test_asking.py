"""Beginning a listening and choosing who is asked."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from throughline.journeys.models import Journey
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.voices.asking.actions import ask_group, begin_listening
from throughline.voices.models import Asked, Host, Listening

pytestmark = pytest.mark.django_db


def test_each_group_gets_an_address_that_can_be_typed(listening: Listening) -> None:
    places = list(Asked.objects.values_list("place", flat=True))
    assert len(set(places)) == 2
    assert all(len(place) == 6 and not set(place) & set("ilo01") for place in places)


def test_a_group_is_asked_once(listening: Listening, lead: Membership) -> None:
    with pytest.raises(ValidationError):
        ask_group(listening=listening, group="family", by=lead)


def test_only_the_leadership_begins_one(journey: Journey, educator: Membership) -> None:
    with pytest.raises(Refused):
        begin_listening(journey=journey, title="Mine", by=educator)


def test_a_learner_who_hosts_it_sees_and_composes_it(
    listening: Listening, learner: Membership, client: Client
) -> None:
    page = reverse("voices:listening", args=[listening.organisation.slug, listening.pk])
    client.force_login(learner.person)
    assert client.get(page).status_code == 404
    Host.objects.create(organisation=listening.organisation, listening=listening, membership=learner)
    assert client.get(page).status_code == 200
    assert ask_group(listening=listening, group="board", by=learner).group == "board"


def test_nobody_composes_what_is_open(listening: Listening, lead: Membership) -> None:
    Listening.objects.update(state="open")
    with pytest.raises(Refused):
        ask_group(listening=listening, group="board", by=lead)
