"""Guessing before anybody knows: one's own, and nobody else's."""

from html import unescape
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey, Round, RoundItem
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.models import Guess, Listening, Question
from throughline.voices.results.actions import guess
from throughline.voices.tests.closed import ABOUT

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(closed_one: Listening, journey: Journey, lead: Membership) -> Listening:
    """Closed, with a round in which the team still rates."""
    held = Round.objects.create(
        organisation=journey.organisation,
        journey=journey,
        framework_version_id=journey.record.version_id,
        number=1,
        state=Round.State.RATING,
        made_by=lead,
    )
    closed_one.round = held
    closed_one.save(update_fields=["round"])
    return closed_one


def open_spread(listening: Listening) -> Listening:
    Round.objects.update(spread_opened_at=clock.now(), state=Round.State.AGREEING)
    return Listening.objects.select_related("round").get(pk=listening.pk)


def seen(client: Client, name: str, listening: Listening, **more: object) -> str:
    where = {"school": listening.organisation.slug, "listening_id": listening.pk, **more}
    answer = client.get(reverse(f"voices:{name}", kwargs=where))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def competency_of(listening: Listening) -> UUID:
    framework = tree(listening.journey.record.version_id)
    return next(each.id for each in framework.competencies if each.code == ABOUT[1])


def questions(listening: Listening) -> list[Question]:
    rows = Question.objects.filter(asked__listening=listening, asked__group="learner", kind="steps")
    return list(rows.filter(competency=ABOUT[1]).order_by("position"))


def test_a_guess_stands_beside_the_answers_for_who_guessed_and_nobody_else(
    waiting: Listening, lead: Membership, educator: Membership, family: Membership
) -> None:
    codes = [each.code for each in questions(waiting)]
    assert guess(listening=waiting, steps=dict.fromkeys(codes, 3), by=educator) == len(codes)
    assert guess(listening=waiting, steps={codes[0]: 4, codes[1]: None}, by=educator) == len(codes) - 1
    with pytest.raises(Refused):
        guess(listening=waiting, steps={codes[0]: 4}, by=family)
    opened = open_spread(waiting)
    with pytest.raises(Refused):
        guess(listening=opened, steps={codes[0]: 4}, by=educator)
    said = "Your own guess, which only you see: most would say “Always”."
    about = competency_of(waiting)
    assert said in seen(client_of(educator), "result", waiting, competency_id=about)
    assert "Your own guess" not in seen(client_of(lead), "result", waiting, competency_id=about)


def test_the_form_keeps_what_was_chosen(waiting: Listening, educator: Membership, family: Membership) -> None:
    client, question = client_of(educator), questions(waiting)[0]
    assert question.words["en"]["text"] in seen(client, "guess", waiting)
    where = {"school": waiting.organisation.slug, "listening_id": waiting.pk}
    address = reverse("voices:guess", kwargs=where)
    assert client.post(address, {f"q.{question.code}": "2"}).status_code == 302
    assert list(Guess.objects.values_list("membership", "step")) == [(educator.pk, 2)]
    assert client.post(address, {f"q.{question.code}": "7"}).status_code == 422
    assert Guess.objects.get().step == 2
    assert "Change my guess" in seen(client, "results", waiting)
    assert client_of(family).get(address).status_code == 404
    open_spread(waiting)
    assert client.post(address, {f"q.{question.code}": "3"}).status_code == 302
    assert Guess.objects.get().step == 2, "too late"


def test_how_the_team_rated_stays_with_the_team(
    waiting: Listening, lead: Membership, team: Membership, make_one: object
) -> None:
    assert callable(make_one)
    outside = make_one("Ora Neal", "educator")
    held = Round.objects.get()
    about = competency_of(waiting)
    item = RoundItem.objects.create(
        organisation=held.organisation, round=held, competency_id=about, position=1, version=0
    )
    open_spread(waiting)
    assert "What the team said" in seen(client_of(lead), "result", waiting, competency_id=about)
    assert "What the team said" not in seen(client_of(outside), "result", waiting, competency_id=about)
    RoundItem.objects.filter(pk=item.pk).update(step=3, state=RoundItem.State.AGREED)
    assert 'class="spread"' not in seen(client_of(outside), "result", waiting, competency_id=about)
    assert "It agreed on" in seen(client_of(outside), "result", waiting, competency_id=about)


def test_whoever_left_sees_nothing(closed_one: Listening, educator: Membership) -> None:
    client = client_of(educator)
    where = {"school": closed_one.organisation.slug, "listening_id": closed_one.pk}
    address = reverse("voices:results", kwargs=where)
    assert client.get(address).status_code == 200
    educator.left_at = clock.now()
    educator.save()
    assert client.get(address).status_code in (302, 403, 404)
