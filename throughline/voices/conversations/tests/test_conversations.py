"""Conversations: written down without names, read once results are open, on the journey too."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of
from throughline.voices.asking.actions import add_host
from throughline.voices.closing.actions import close_listening
from throughline.voices.conversations.actions import add_conversation, change_conversation
from throughline.voices.conversations.queries import conversations_of, too_small_in
from throughline.voices.models import Conversation, Listening
from throughline.voices.spool.tests.steps import answered, opened

pytestmark = pytest.mark.django_db


def said(journey: Journey, **more: Any) -> dict[str, Any]:
    """What a note says."""
    return {
        "group": "board",
        "held_on": clock.today(),
        "how_many": "up-to-5",
        "competencies": [tree(journey.record.version_id).competencies[0].code],
        "heard": "They would like to see learners present.",
        "differs": "",
        **more,
    }


def at(name: str, journey: Journey, **more: object) -> str:
    return reverse(f"voices:{name}", kwargs={"school": journey.organisation.slug, **more})


def shown(response: Any) -> str:
    return str(response.content.decode())


def test_staff_write_one_down_on_a_page_and_find_it_on_the_journey(
    journey: Journey, educator: Membership, django_assert_max_num_queries: Any
) -> None:
    client = client_of(educator)
    page = shown(client.post(at("new-conversation", journey), said(journey), follow=True))
    assert "It is written down" in page and "learners present" in page
    held = Conversation.objects.get()
    there = at("conversation", journey, conversation_id=held.pk)
    overview = reverse("journeys:overview", args=[journey.organisation.slug, journey.pk])
    assert at("conversations", journey) in shown(client.get(overview))
    assert there in shown(client.get(at("conversations", journey)))
    for address in (at("conversations", journey), there, at("conversation-kit", journey)):
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_lists_ask_the_same_however_many_there_are(
    journey: Journey, lead: Membership, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client = client_of(lead)
    for _each in range(12):
        add_conversation(journey=journey, by=lead, **said(journey))
    with django_assert_max_num_queries(8):
        assert shown(client.get(at("conversations", journey))).count("record-block") == 12


def test_a_members_name_is_noticed_until_somebody_says_that_it_is_none(
    journey: Journey, lead: Membership, educator: Membership
) -> None:
    client = client_of(lead)
    first = educator.name.split()[0]
    note = said(journey, heard=f"{first} never listens.")
    response = client.post(at("new-conversation", journey), note)
    assert response.status_code == 422 and educator.name in shown(response)
    assert not Conversation.objects.exists()
    client.post(at("new-conversation", journey), {**note, "names_are_meant": "on"})
    assert Conversation.objects.get().heard == f"{first} never listens."


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"group": "aliens"}, "group"),
        ({"how_many": "7"}, "how_many"),
        ({"heard": " "}, "heard"),
        ({"competencies": ["nothing-of-it"]}, "competencies"),
        ({"differs": "x" * 8_001}, "differs"),
    ],
)
def test_what_does_not_fit_is_refused(
    journey: Journey, lead: Membership, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as why:
        add_conversation(journey=journey, by=lead, **said(journey, **wrong))
    assert field in why.value.message_dict


def test_who_wrote_it_and_leads_change_it_and_two_do_not_overwrite_each_other(
    journey: Journey, lead: Membership, educator: Membership, team: Membership
) -> None:
    held = add_conversation(journey=journey, by=lead, **said(journey))
    with pytest.raises(Refused):
        change_conversation(conversation=held, by=educator, **said(journey, heard="Mine"))
    changed = change_conversation(
        conversation=held, by=team, seen_version=1, **said(journey, heard="Better said")
    )
    assert (changed.version, changed.heard) == (2, "Better said")
    with pytest.raises(ValidationError, match="meanwhile"):
        change_conversation(conversation=held, by=lead, seen_version=1, **said(journey))
    address = at("change-conversation", journey, conversation_id=held.pk)
    page = client_of(lead).get(address)
    seen = page.context["form"]["as_seen"].value()
    change_conversation(conversation=held, by=team, **said(journey, heard="Meanwhile"))
    mine = {**said(journey, heard="Typed"), "as_seen": seen}
    response = client_of(lead).post(address, mine)
    assert response.status_code == 422 and "Meanwhile" in shown(response) and "Typed" in shown(response)


def test_beside_a_listening_it_is_read_by_others_once_results_are_open(
    listening: Listening, lead: Membership, educator: Membership, learner: Membership, family: Membership
) -> None:
    add_host(listening=listening, member=learner, by=lead)
    journey = listening.journey
    mine = {"journey": journey, "listening": listening, **said(journey, group="board")}
    held = add_conversation(by=learner, **mine)
    with pytest.raises(Refused):
        add_conversation(by=family, **mine)
    groups = opened(listening)
    there = at("conversation", journey, conversation_id=held.pk)
    assert client_of(learner).get(there).status_code == 200
    assert client_of(educator).get(there).status_code == 404
    assert there in shown(client_of(learner).get(at("conversations", journey)))
    assert there not in shown(client_of(educator).get(at("conversations", journey)))
    answered(groups["learner"], 11)
    answered(groups["family"], 2)
    close_listening(listening=listening, by=lead)
    assert client_of(educator).get(there).status_code == 200
    assert list(conversations_of(seat_of(educator))) == [held]
    assert list(conversations_of(seat_of(family))) == []


def test_groups_that_are_too_small_are_to_be_heard_in_a_conversation(
    listening: Listening, lead: Membership
) -> None:
    groups = opened(listening)
    type(groups["family"]).objects.filter(pk=groups["family"].pk).update(invited=5)
    assert [group.code for group in too_small_in(listening)] == ["family"]
    page = shown(
        client_of(lead).get(at("listening-conversations", listening.journey, listening_id=listening.pk))
    )
    assert "Hear these groups in a conversation" in page and "group=family" in page
    answered(groups["learner"], 11)
    answered(groups["family"], 2)
    close_listening(listening=listening, by=lead)
    assert [group.code for group in too_small_in(listening)] == ["family"]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_guide_is_a_pdf_with_the_questions_of_the_listening(
    open_one: Listening, lead: Membership, paper: str
) -> None:
    about = {"listening": str(open_one.pk), "group": "learner", "paper": paper}
    response = client_of(lead).get(at("conversation-guide", open_one.journey), about)
    assert response.status_code == 200 and response.content.startswith(b"%PDF")
    assert b"StructTreeRoot" in response.content


def test_the_guide_asks_what_the_group_is_asked_and_without_a_listening_what_comes_along(
    open_one: Listening,
) -> None:
    from throughline.voices.conversations.guide import MOST, questions_for

    asked = questions_for(open_one, "family", open_one.competencies)
    assert 2 <= len(asked) <= MOST and len(set(asked)) == len(asked)
    alone = questions_for(None, "educator", ["learning-is-constant-time-is-variable"])
    assert len(alone) >= 3 and not set(alone) & set(asked)


def test_who_may_not_write_gets_no_kit(journey: Journey, learner: Membership, lead: Membership) -> None:
    assert client_of(learner).get(at("conversation-kit", journey)).status_code == 403
    assert client_of(learner).get(at("new-conversation", journey)).status_code == 403
    strange = {"group": "aliens"}
    assert client_of(lead).get(at("conversation-guide", journey), strange).status_code == 404
