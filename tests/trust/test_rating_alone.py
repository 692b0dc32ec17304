"""While people rate alone, nothing anywhere says who has finished, or that and when somebody rated."""

import hashlib
from collections.abc import Mapping

import pytest
from django.apps import apps
from django.urls import reverse

from tests.trust.world import Realm, build_realm
from throughline.frameworks.tree import tree
from throughline.home.desk import Desk
from throughline.home.waiting_rounds import steps_of_rounds
from throughline.journeys.actions.rating import rate
from throughline.journeys.actions.rounds import add_rater, excuse_rater
from throughline.journeys.models import Rater, Rating, Round
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of, place_of, progress_of
from throughline.schools.models import Membership, Role
from throughline.schools.tenant import seat_of
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def realm() -> Realm:
    """Harbour Bridge, with a round in which nobody has rated yet."""
    return build_realm("Harbour Bridge")


@pytest.fixture
def held(realm: Realm) -> Round:
    """That round: five people rate, names are hidden."""
    found = Round.objects.select_related("journey__record", "journey__organisation").get(
        organisation=realm.organisation, state=Round.State.RATING
    )
    assert not found.names_shown
    return found


def everything_said(place: Place, held: Round) -> tuple[object, ...]:
    """What those who run the journey are told: numbers, their home, and the pages of the journey and the round."""
    member = place.seat.membership
    known = {"school": place.seat.organisation.slug}
    client = client_of(member)
    pages = [
        client.get(reverse("journeys:overview", kwargs={**known, "journey_id": held.journey_id})),
        client.get(reverse("journeys:round", kwargs={**known, "round_id": held.id})),
    ]
    contexts = [
        (page.context.get("waiting"), page.context.get("progress"), str(page.context.get("spread")))
        for page in pages
    ]
    told = progress_of(held, tree(held.journey.record.version_id))
    return told, repr(steps_of_rounds(Desk(member.person, [place.seat]))), repr(contexts)


@pytest.mark.parametrize("finished", range(1, 5))
def test_marking_all_but_one_as_away_does_not_tell_whether_that_one_has_finished(
    realm: Realm, held: Round, finished: int
) -> None:
    people = realm.raters()
    lead = people[0]
    place = place_of(seat_of(lead), held.journey)
    for person in people[1 : finished + 1]:
        for item in items_of(held):
            rate(by=seat_of(person), round_id=held.id, competency_id=item.competency_id, step=2)
    said = set()
    for left in people[1:]:
        for person in people:
            change = add_rater if person == left else excuse_rater
            change(place=place, round_id=held.id, membership=person)
        said.add(everything_said(place, held))
    assert len(said) == 1


def tables() -> Mapping[str, str]:
    """What every table holds, as a fingerprint."""
    return {
        model._meta.label: hashlib.sha256(
            repr(list(model._base_manager.order_by("pk").values_list())).encode()
        ).hexdigest()
        for model in apps.get_models()
    }


def test_a_rating_saved_by_its_page_changes_the_table_of_ratings_and_nothing_else(
    realm: Realm, held: Round
) -> None:
    someone: Membership = realm.members[Role.LEARNER]
    client = client_of(someone)
    item = items_of(held)[0]
    known = {"school": realm.organisation.slug, "round_id": held.id}
    page = reverse("journeys:rate-one", kwargs={**known, "competency_id": item.competency_id})
    client.get(page)
    before = tables()
    for background, step in ((False, "3"), (True, "2"), (False, "cannot-say")):
        headers = {"HX-Request": "true", "HX-Trigger": "rating"} if background else {}
        answer = client.post(page, {"step": step, "comment": "As I see it."}, headers=headers)
        assert answer.status_code == (200 if background else 302)
    client.post(reverse("journeys:release", kwargs={**known, "competency_id": item.competency_id}), {})
    after = tables()
    assert Rating.objects.filter(rater__membership=someone, item=item).count() == 1
    assert {label for label in after if after[label] != before[label]} == {Rating._meta.label}
    assert Rater.objects.filter(round=held).count() == 5
