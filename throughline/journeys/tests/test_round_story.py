"""One round from start to snapshot, through the verbs."""

import pytest

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import tree
from throughline.journeys.agreeing.actions import Agreement, Meanwhile, agree, leave_open
from throughline.journeys.closing.actions import close_round
from throughline.journeys.models import RoundItem
from throughline.journeys.queries import place_of, progress_of
from throughline.journeys.rating.actions import rate
from throughline.journeys.rounds.actions import open_round, open_spread, prepare_round
from throughline.journeys.setup.actions import Part, start_journey
from throughline.journeys.spread.queries import spreads_of
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of

pytestmark = pytest.mark.django_db


def test_a_round_from_start_to_snapshot(
    journey_version: FrameworkVersion, lead: Membership, team: Membership, educator: Membership
) -> None:
    people = [lead, team, educator]
    journey = start_journey(
        name="Our school", version=journey_version, team=[Part(each) for each in people], by=seat_of(lead)
    )
    place = place_of(seat_of(lead), journey)
    framework = tree(journey_version.id)
    held = prepare_round(
        place=place, competencies=[each.id for each in framework.domains[1].competencies], raters=people
    )
    open_round(place=place, round_id=held.id)
    for person, step in zip(people, (2, 2, 4), strict=True):
        for each in framework.domains[1].competencies:
            rate(
                by=seat_of(person), round_id=held.id, competency_id=each.id, step=step, comment="So I see it."
            )
    held.refresh_from_db()
    assert progress_of(held, framework).all_finished
    held = open_spread(place=place, round_id=held.id)
    first, second, third = spreads_of(held, framework, None)
    assert (first.word, first.counts, first.remarks) == ("split", None, ())
    item = agree(
        place=place,
        item_id=first.item.id,
        agreement=Agreement(step=2, standing="in-progress", reason="We try it."),
        seen_version=0,
    )
    with pytest.raises(Meanwhile) as met:
        leave_open(place=place, item_id=first.item.id, reason="No.", seen_version=0)
    assert met.value.item.step == item.step == 2
    for spread in (second, third):
        leave_open(place=place, item_id=spread.item.id, reason="We do not know yet.", seen_version=0)
    snapshot = close_round(place=place, round_id=held.id)
    states = [entry.get("state") for entry in snapshot.content["items"] if entry["in_round"]]
    assert states == [RoundItem.State.AGREED, RoundItem.State.LEFT_OPEN, RoundItem.State.LEFT_OPEN]
