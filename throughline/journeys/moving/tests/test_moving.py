"""A journey moves on to a newer version: every page is right after it, and closed rounds keep their words."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from throughline.frameworks.drafting import editing
from throughline.frameworks.drafting.actions import change_draft, publish_draft, start_draft
from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.models import Journey, Round
from throughline.journeys.overview.queries import read_overview
from throughline.journeys.policy import Place
from throughline.journeys.priorities.actions import Choice, choose_priority
from throughline.journeys.queries import items_of, place_of, previous_step, previous_steps
from throughline.journeys.tests.steps import ALIKE, an_open_spread, closed, few, settle, words
from throughline.kit import clock
from throughline.records.actions import decide
from throughline.records.models import RecordMove
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def newer(version: FrameworkVersion, lead: Membership) -> FrameworkVersion:
    """The second domain's first competency split, its second reworded, its third dropped."""
    draft = start_draft(by=lead, base=version)

    def change(content: Any) -> None:
        one, two, three = content["domains"][1]["competencies"]
        editing.split(content, one["uid"], "The other part")
        two["name"] = "Said otherwise"
        editing.remove(content, three["uid"])

    change_draft(draft=draft, by=lead, seen_version=0, change=change)
    draft.refresh_from_db()
    return publish_draft(draft=draft, number="2", seen_version=draft.version, by=lead)


def settled(place: Place, held: Round, lead: Membership) -> None:
    """Two agreed, the first made a priority without a next step, and closed."""
    first, second, _third = items_of(held)
    settle(place, first, step=2)
    settle(place, second, step=3)
    choice = Choice(
        competency_id=first.competency_id,
        why_now="Now is the time.",
        step=3,
        by_when=clock.today() + timedelta(days=100),
        lead=lead,
    )
    choose_priority(place=place, round_id=held.id, choice=choice)
    closed(place, held)


def test_the_whole_way_in_the_browser(
    small: Place, three: list[Membership], lead: Membership, journey_version: FrameworkVersion
) -> None:
    held = an_open_spread(small, three, ALIKE[:3])
    old = few(small)
    version = newer(journey_version, lead)
    client = client_of(lead)
    home = f"/s/harbour-bridge/journeys/{small.journey.pk}/"
    move = f"{home}move/{version.pk}/"
    assert "There’s a newer version of this framework" in client.get(home).content.decode()
    assert "A round is under way." in client.get(move).content.decode()
    assert client.post(move, {"reason": "Better words."}).status_code == 422
    settled(small, held, lead)
    page = client.get(move).content.decode()
    assert "The other part" in page and f"From “{old[0].name}” (in progress)." in page
    assert "Said otherwise" in page and old[2].name in page and "No longer in this version" in page
    assert client.post(move, {"reason": " "}).status_code == 422
    assert client.post(move, {"reason": "Better words."})["Location"] == home
    assert RecordMove.objects.get().reason == "Better words."
    text = client.get(home).content.decode()
    assert "newer version of this framework" not in text
    assert "Our priority" in text and "it has no next step yet" in text, "the priority goes along"
    assert old[0].name in client.get("/").content.decode(), "and still waits for whoever leads it"
    record = small.journey.record_id
    for address in (
        f"/s/harbour-bridge/rounds/{held.pk}/",
        f"/s/harbour-bridge/rounds/{held.pk}/report/",
        f"/s/harbour-bridge/rounds/{held.pk}/priorities/",
        f"/s/harbour-bridge/rounds/{held.pk}/priorities/{old[0].id}/",
        f"/s/harbour-bridge/rounds/{held.pk}/spread/",
        f"/s/harbour-bridge/records/{record}/profile/?from=2020-01-01",
        f"/s/harbour-bridge/records/{record}/competencies/{old[0].id}/",
        f"/s/harbour-bridge/records/{record}/evidence/",
        "/s/harbour-bridge/journeys/",
        f"{home}scope/",
    ):
        assert client.get(address).status_code == 200, address
    shown = client.get(f"/s/harbour-bridge/rounds/{held.pk}/").content.decode()
    assert old[1].name in shown and "Said otherwise" not in shown, (
        "closed rounds keep the words that were rated"
    )
    now = Place(small.seat, Journey.objects.get(pk=small.journey.pk), small.member)
    part = next(each for each in words(now).competencies if each.name == "The other part")
    panel = client.get(f"/s/harbour-bridge/records/{record}/competencies/{part.id}/").content.decode()
    assert "The step agreed in each round" in panel


def test_the_next_round_knows_what_was_agreed_and_its_report_compares(
    small: Place, three: list[Membership], lead: Membership, journey_version: FrameworkVersion
) -> None:
    held = an_open_spread(small, three, ALIKE[:3])
    settled(small, held, lead)
    version = newer(journey_version, lead)
    client = client_of(lead)
    client.post(f"/s/harbour-bridge/journeys/{small.journey.pk}/move/{version.pk}/", {"reason": "Better."})
    place = place_of(small.seat, Journey.objects.select_related("record").get(pk=small.journey.pk))
    story = client.get(f"/s/harbour-bridge/journeys/{small.journey.pk}/story/").content.decode()
    assert f'{version.title}”:</a> <q dir="auto">Better.</q>' in story
    refused = client.post(f"/s/harbour-bridge/rounds/{held.pk}/reopen/", {"reason": "Once more."})
    assert refused.status_code == 422 and "has moved on to a newer version" in refused.content.decode()
    second = an_open_spread(place, three, ALIKE[:3])
    names = {each.id: each.name for each in words(place).competencies}
    before = {names[key]: step for key, step in previous_steps(second).items()}
    first = few(place)[0].name
    assert before == {first: 2, "The other part": 2, "Said otherwise": 3}
    again, *_rest = items_of(second)
    assert previous_step(second, again.competency_id) == 2
    settle(place, again, step=3, why_changed="practice")
    closed(place, second)
    report = client.get(f"/s/harbour-bridge/rounds/{second.pk}/report/").content.decode()
    assert "The agreed step was" in report
    assert client.get(f"/s/harbour-bridge/journeys/{place.journey.pk}/").status_code == 200
    assert client.get(f"/s/harbour-bridge/rounds/{held.pk}/report/").status_code == 200
    assert client.get(f"/s/harbour-bridge/rounds/{second.pk}/report.pdf").status_code == 200


def test_only_those_who_run_the_journey_move_it(
    small: Place,
    lead: Membership,
    educator: Membership,
    outsider: Membership,
    journey_version: FrameworkVersion,
) -> None:
    version = newer(journey_version, lead)
    home = f"/s/harbour-bridge/journeys/{small.journey.pk}/"
    told = client_of(educator).post(f"{home}move/{version.pk}/", {"reason": "Mine."})
    assert told.status_code == 403
    assert "newer version" not in client_of(educator).get(home).content.decode()
    assert client_of(outsider).post(f"{home}move/{version.pk}/", {"reason": "Mine."}).status_code == 404
    assert client_of(lead).get(f"{home}move/{journey_version.pk}/").status_code == 404, "it is there already"


def test_what_changed_since_the_last_round_is_told_across_the_move(
    small: Place, three: list[Membership], lead: Membership, journey_version: FrameworkVersion
) -> None:
    held = an_open_spread(small, three, ALIKE[:3])
    item = items_of(held)[0]
    settled(small, held, lead)
    decide(
        record=small.journey.record,
        competency_id=item.competency_id,
        after="not-started",
        reason="We stopped.",
        by=lead,
    )
    version = newer(journey_version, lead)
    client = client_of(lead)
    client.post(f"/s/harbour-bridge/journeys/{small.journey.pk}/move/{version.pk}/", {"reason": "Better."})
    journey = Journey.objects.select_related("record", "organisation").get(pk=small.journey.pk)
    place = place_of(small.seat, journey)
    seen = read_overview(place, words(place))
    assert {(each.item.competency.name, each.before, each.after, each.reason) for each in seen.changes} == {
        (few(place)[0].name, "in-progress", "not-started", "We stopped."),
        ("The other part", "in-progress", "not-started", "We stopped."),
    }


def test_moving_costs_the_same_however_much_was_decided(
    small: Place,
    lead: Membership,
    journey_version: FrameworkVersion,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    version = newer(journey_version, lead)
    client = client_of(lead)
    address = f"/s/harbour-bridge/journeys/{small.journey.pk}/move/{version.pk}/"
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)
