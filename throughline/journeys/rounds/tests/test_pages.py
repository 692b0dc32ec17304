"""The pages of a round from draft to frozen snapshot: who may do what, what is said, what is kept."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from throughline.activity.models import OutgoingMail
from throughline.journeys.models import Priority, Rater, Round, Snapshot
from throughline.journeys.queries import items_of
from throughline.journeys.tests import running
from throughline.journeys.tests.running import Ground
from throughline.journeys.tests.steps import page
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
ONCE = "6d9cf3b7-9d5b-4a0f-8a53-7d6f0a3a1c55"


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (response.status_code, response.content.decode()[:300])
    return response.content.decode()


def choices(ground: Ground, **more: object) -> dict[str, object]:
    return {
        "what": "all",
        "raters": [str(each.id) for each in ground.people],
        "due_on": (clock.today() + timedelta(days=14)).isoformat(),
        "names": "hidden",
        **more,
    }


def test_the_first_round_is_the_pre_assessment_and_everything_is_proposed(
    ground: Ground, lead: Membership
) -> None:
    shown = words(client_of(lead), page("prepare", journey_id=ground.journey.id))
    assert "The pre-assessment" in shown and "24 competencies, about 40 minutes" in shown


def test_a_draft_asks_nobody_and_is_made_once(ground: Ground, lead: Membership) -> None:
    client = client_of(lead)
    for _each in range(2):
        answer = client.post(page("prepare", journey_id=ground.journey.id), choices(ground, _once=ONCE))
    held = Round.objects.get()
    assert answer["Location"] == page("round", round_id=held.id)
    assert held.state == "draft" and items_of(held).count() == 24
    assert not OutgoingMail.objects.exists()
    assert "Opening the round emails 3 people" in words(client, page("round", round_id=held.id))


def test_a_round_looks_at_a_domain_and_single_competencies_and_asks_some_less(
    ground: Ground, lead: Membership, team: Membership
) -> None:
    first, second = ground.framework.domains[:2]
    said = choices(
        ground,
        what="some",
        domains=[str(second.id)],
        competencies=[str(first.competencies[0].id)],
        **{f"only-{team.id}": [str(second.id)]},
    )
    assert client_of(lead).post(page("prepare", journey_id=ground.journey.id), said).status_code == 302
    held = Round.objects.get()
    assert {item.competency_id for item in items_of(held)} == {
        first.competencies[0].id,
        *(each.id for each in second.competencies),
    }
    assert Rater.objects.get(membership=team).domains == [str(second.id)]


def test_what_was_chosen_stays_when_the_round_cannot_be_prepared(ground: Ground, lead: Membership) -> None:
    domain = str(ground.framework.domains[2].id)
    said = choices(ground, what="some", domains=[domain], raters=[], due_on="2020-01-01", names="shown")
    response = client_of(lead).post(page("prepare", journey_id=ground.journey.id), said)
    shown = response.content.decode()
    assert response.status_code == 422
    assert "Choose at least one person who rates." in shown
    assert f'name="domains" value="{domain}" checked' in shown and "2020-01-01" in shown
    assert not Round.objects.exists()


def test_choosing_only_some_and_then_none_is_said_at_that_place(ground: Ground, lead: Membership) -> None:
    response = client_of(lead).post(
        page("prepare", journey_id=ground.journey.id), choices(ground, what="some")
    )
    assert response.status_code == 422
    assert "Check at least one domain or competency." in response.content.decode()


def test_only_those_who_run_the_journey_prepare_and_open(
    ground: Ground, team: Membership, educator: Membership, outsider: Membership
) -> None:
    held = running.draft(ground)
    for person in (team, educator):
        assert client_of(person).get(page("prepare", journey_id=ground.journey.id)).status_code == 403
        assert client_of(person).post(page("open-round", round_id=held.id)).status_code == 403
        assert "is being prepared" in words(client_of(person), page("round", round_id=held.id))
    assert client_of(outsider).get(page("round", round_id=held.id)).status_code == 404


def test_opening_asks_everyone_once(ground: Ground, lead: Membership) -> None:
    held = running.draft(ground)
    client = client_of(lead)
    for _each in range(2):
        client.post(page("open-round", round_id=held.id), {"_once": ONCE})
    held.refresh_from_db()
    assert held.state == "rating" and OutgoingMail.objects.count() == 3


def test_a_draft_can_be_thrown_away(ground: Ground, lead: Membership) -> None:
    held = running.draft(ground)
    assert client_of(lead).post(page("delete-draft", round_id=held.id)).status_code == 302
    assert not Round.objects.exists()


def test_everyone_sees_how_many_have_finished_and_nobody_who(
    ground: Ground, lead: Membership, team: Membership, learner: Membership, educator: Membership
) -> None:
    held = running.rated(ground, finished=2)
    for person in (lead, team, learner, educator):
        shown = words(client_of(person), page("round", round_id=held.id))
        assert "2 of 3 people have finished rating." in shown
        names = {each.name for each in (lead, team, learner)} - {person.name}
        assert not any(name in shown for name in names)


def test_the_button_to_open_the_spread_and_the_verb_follow_one_rule(ground: Ground, lead: Membership) -> None:
    held = running.rated(ground, finished=2)
    shown = words(client_of(lead), page("round", round_id=held.id))
    assert "disabled" in shown and "Otherwise it would be clear who said what" in shown
    client_of(lead).post(page("open-spread", round_id=held.id))
    held.refresh_from_db()
    assert held.state == "rating"


def test_late_joiners_absentees_and_dates(
    ground: Ground, lead: Membership, team: Membership, educator: Membership
) -> None:
    held = running.opened(ground)
    client = client_of(lead)
    client.post(
        page("team", journey_id=ground.journey.id),
        {
            "raters": [str(each.id) for each in (*ground.people, educator)],
            "deciders": [str(lead.id)],
        },
    )
    assert "Ask Mei Tanaka to rate" in words(client, page("raters", round_id=held.id))
    client.post(page("add-rater", round_id=held.id), {"member": str(educator.id)})
    client.post(page("excuse-rater", round_id=held.id), {"member": str(team.id)})
    assert Rater.objects.filter(round=held, membership=educator).exists()
    assert Rater.objects.get(round=held, membership=team).absent_at is not None
    wrong = client.post(page("due-date", round_id=held.id), {"due_on": "2020-01-01"})
    assert wrong.status_code == 422 and "2020-01-01" in wrong.content.decode()
    assert client_of(team).get(page("raters", round_id=held.id)).status_code == 403


def test_the_agreeing_page_says_what_is_settled_and_what_closing_needs(
    ground: Ground, lead: Membership, educator: Membership
) -> None:
    held = running.spread(ground)
    assert "You still have 3 competencies to talk about." in words(
        client_of(lead), page("round", round_id=held.id)
    )
    assert client_of(lead).post(page("close", round_id=held.id)).status_code == 422
    running.settle(ground, held)
    shown = words(client_of(educator), page("round", round_id=held.id))
    assert "agreed: Trying" in shown and "left open" in shown and "We try it in two rooms." in shown


def test_proposals_come_with_their_next_step_and_nothing_is_chosen(ground: Ground, lead: Membership) -> None:
    held = running.spread(ground)
    running.settle(ground, held)
    shown = words(client_of(lead), page("priorities", round_id=held.id))
    first = ground.framework.domains[1].competencies[0]
    assert first.steps[2] in shown
    assert "Ask people who see it differently for one example each." in shown
    assert f"Add evidence for: {first.indicators[0].text}" in shown
    assert "None yet." in shown and not Priority.objects.exists()


def test_a_priority_is_chosen_changed_and_dropped(ground: Ground, lead: Membership, team: Membership) -> None:
    held = running.spread(ground)
    running.settle(ground, held)
    one = items_of(held)[0].competency_id
    where = {"round_id": held.id, "competency_id": one}
    said = {
        "why_now": "Learners named it first.",
        "step": "3",
        "by_when": (clock.today() + timedelta(days=100)).isoformat(),
        "lead": str(team.id),
        "next_step": "Two rooms try it.",
        "next_step_on": "",
    }
    client = client_of(team)
    wrong = client.post(page("priority", **where), said)
    assert wrong.status_code == 422
    assert "Give the next step a date." in wrong.content.decode()
    assert (
        "Learners named it first." in wrong.content.decode() and "Two rooms try it." in wrong.content.decode()
    )
    said["next_step_on"] = (clock.today() + timedelta(days=9)).isoformat()
    for _each in range(2):
        assert client.post(page("priority", **where), {**said, "_once": ONCE}).status_code == 302
    assert Priority.objects.get().lead == team
    assert "Learners named it first." in words(client, page("priority", **where))
    assert client.post(page("drop-priority", **where)).status_code == 302
    assert Priority.objects.get().dropped_at is not None


def test_those_who_neither_decide_nor_run_choose_no_priorities(ground: Ground, educator: Membership) -> None:
    held = running.spread(ground)
    where = {"round_id": held.id, "competency_id": items_of(held)[0].competency_id}
    assert client_of(educator).get(page("priority", **where)).status_code == 403
    assert "Only deciders" in words(client_of(educator), page("priorities", round_id=held.id))


def test_closing_freezes_once_and_the_page_shows_what_was_frozen(
    ground: Ground, lead: Membership, learner: Membership, educator: Membership, outsider: Membership
) -> None:
    held = running.spread(ground)
    running.settle(ground, held)
    running.choose(ground, held, next_step="Ask two families.")
    client = client_of(lead)
    assert "Two or three priorities are what make a round worth" in words(
        client, page("close", round_id=held.id)
    )
    for _each in range(2):
        assert client.post(page("close", round_id=held.id), {"_once": ONCE}).status_code == 302
    assert Snapshot.objects.count() == 1
    assert "you worked it out together" in words(client, page("round", round_id=held.id))
    for person in (lead, learner, educator):
        shown = words(client_of(person), page("round", round_id=held.id))
        assert "Where we stood on" in shown and "Ask two families." in shown
        assert "We try it in two rooms." in shown and "Mine." not in shown
    assert client_of(outsider).get(page("round", round_id=held.id)).status_code == 404


def test_reopening_is_visible_and_editions_stay_readable(
    ground: Ground, lead: Membership, team: Membership
) -> None:
    held = running.closed(ground)
    assert client_of(team).get(page("reopen", round_id=held.id)).status_code == 403
    empty = client_of(lead).post(page("reopen", round_id=held.id), {"reason": " "})
    assert empty.status_code == 422
    client_of(lead).post(page("reopen", round_id=held.id), {"reason": "A family was not heard."})
    shown = words(client_of(team), page("round", round_id=held.id))
    assert "A family was not heard." in shown and "by Amara Okafor" in shown
    client_of(lead).post(page("close", round_id=held.id))
    address = page("round", round_id=held.id)
    assert "edition 2" in words(client_of(team), address)
    assert "This is an earlier edition." in words(client_of(team), f"{address}?edition=1")
    assert client_of(team).get(f"{address}?edition=9").status_code == 404


def test_the_page_of_a_competency_shows_the_step_agreed_in_each_round(
    ground: Ground, team: Membership
) -> None:
    held = running.closed(ground)
    address = reverse(
        "records:competency",
        kwargs={
            "school": "harbour-bridge",
            "record_id": ground.journey.record_id,
            "competency_id": items_of(held)[0].competency_id,
        },
    )
    assert "The step agreed in each round" in words(client_of(team), address)
    profile = reverse(
        "records:profile", kwargs={"school": "harbour-bridge", "record_id": ground.journey.record_id}
    )
    assert "Pre-assessment closed" in words(client_of(team), profile)


def test_the_log_tells_of_rounds_and_never_of_ratings(ground: Ground, lead: Membership) -> None:
    from throughline.schools.log import describe
    from throughline.schools.queries import events_of

    running.closed(ground)
    told = [describe(event) for event in events_of(ground.journey.organisation)]
    assert any(sentence.startswith("opened the spread of “⁨Pre-assessment⁩” of") for sentence in told)
    assert not any("no words for" in sentence for sentence in told)
    assert not any("rating" in event.verb for event in events_of(ground.journey.organisation))
