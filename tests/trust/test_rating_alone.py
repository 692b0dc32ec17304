"""While people rate alone, nothing anywhere says who has finished, or that and when somebody rated."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.template.loader import get_template
from django.urls import reverse

from tests.trust.world import Realm, build_realm
from throughline.activity.models import Event
from throughline.frameworks.tree import tree
from throughline.home.desk import Desk
from throughline.home.waiting_rounds import steps_of_rounds
from throughline.journeys.models import Rater, Rating, Round, Sheet
from throughline.journeys.paper.actions import choose_paper, name_typist
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of, place_of, progress_of
from throughline.journeys.rating.actions import rate
from throughline.journeys.rounds.actions import add_rater, excuse_rater
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


def test_keying_in_a_sheet_leaves_no_trace_of_what_stood_on_it_or_of_whose_it_was(
    realm: Realm, held: Round
) -> None:
    lead = realm.members[Role.LEAD]
    place = place_of(seat_of(lead), held.journey)
    choose_paper(place=place, round_id=held.id, members=[each.id for each in realm.raters()[1:]])
    name_typist(place=place, round_id=held.id, membership=lead)
    sheet = Sheet.objects.filter(round=held).order_by("code")[0]
    known = {"school": realm.organisation.slug, "round_id": held.id}
    page = reverse("journeys:key-in-sheet", kwargs={**known, "sheet_id": sheet.id})
    client = client_of(lead)
    client.get(page)
    before = tables()
    typed = {"step-1": "3", "comment-1": "Only on paper.", "step-2": "0"}
    kept = client.post(page, typed, headers={"HX-Request": "true", "HX-Trigger": "sheet-kept"})
    assert kept.status_code == 200 and "Only on paper." not in kept.content.decode()
    assert client.post(page, typed).status_code == 302
    after = tables()
    changed = {label for label in after if after[label] != before[label]}
    assert {"journeys.Sheet", "journeys.Rater", "journeys.Rating", "activity.Event"} <= changed
    assert changed <= {
        "journeys.Sheet", "journeys.Rater", "journeys.Rating", "activity.Event", "activity.Receipt", "sessions.Session",
    }  # fmt: skip
    for address in (page, reverse("journeys:key-in", kwargs=known)):
        assert "Only on paper." not in client.get(address).content.decode()
    again = client.post(
        page, {**typed, "step-1": "1", "_once": str(uuid4())}
    )  # no key takes the line out of the log
    assert again.status_code == 422
    text = again.content.decode()
    assert "against the paper again: 1." in text and 'value="3"' not in text
    sheet.refresh_from_db()
    assert (sheet.typing, sheet.typing_by_id) == ({}, None)
    assert sheet.rater is not None and sheet.rater.membership_id is None
    log = [each.detail for each in Event.objects.filter(verb__startswith="round.sheet-")]
    assert len(log) == 2 and sheet.code not in repr(log) and "paper." not in repr(log)


@pytest.mark.parametrize("name", ["again_one", "look_back", "rate_domain", "rate_one"])
def test_no_page_on_which_somebody_rates_asks_for_a_receipt_which_would_say_when(name: str) -> None:
    source = Path(get_template(f"journeys/{name}.html").origin.name).read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert "csrf_token" in source and "once_key" not in source
