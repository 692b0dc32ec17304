"""The facilitator's page, who is followed, and sealed notes."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from pytest_django.fixtures import DjangoAssertNumQueries

from throughline.activity.models import OutgoingMail
from throughline.journeys.meeting.actions import Meanwhiles, lead_talk, noted, plan_meeting, take_notes
from throughline.journeys.meeting.agenda import PRIORITIES, TOGETHER, Line
from throughline.journeys.models import MeetingPlan, Round, RoundItem, SealedNote
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of, place_of
from throughline.journeys.rounds.actions import delete_draft, open_round
from throughline.journeys.sealed_notes.actions import delete_note, seal_note
from throughline.journeys.sealed_notes.queries import notes_of
from throughline.journeys.setup.actions import Part, change_team
from throughline.journeys.tests.steps import (
    a_draft,
    address,
    an_open_spread,
    closed,
    few,
    settle,
)
from throughline.kit.keeping import open_up
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
People = list[Membership]


def sent(held: Round, **more: object) -> dict[str, object]:
    """What the page of a fresh agenda sends."""
    keys = [*(str(item.id) for item in items_of(held)), PRIORITIES]
    data: dict[str, object] = {"length": "60", "seen_version": "0", "line": keys, "do": "save"}
    return data | {f"minutes-{key}": "15" for key in keys} | more


def test_the_agenda_is_proposed_from_the_spread(place: Place, split: Round, team: Membership) -> None:
    settle(place, items_of(split)[0])
    page = client_of(team).get(address("meeting", split)).content.decode()
    names = [each.name for each in few(place)]
    assert names[0] not in page.split("<main")[1].replace("Talk about", "")
    assert names[1] in page and names[2] in page and "90 minutes total" in page
    assert "1 competency is already done" in page


def test_an_agenda_is_saved_with_minutes_and_order(split: Round, team: Membership) -> None:
    client, first = client_of(team), str(items_of(split)[0].id)
    assert client.post(address("meeting", split), sent(split, **{f"minutes-{first}": "5"})).status_code == 302
    plan = MeetingPlan.objects.get()
    assert (plan.length, plan.lines[0]) == (60, {"key": first, "minutes": 5})
    assert "10 minutes are unassigned" in client.get(address("meeting", split)).content.decode()
    client.post(address("meeting", split), sent(split, do=f"later:{first}", seen_version="1"))
    assert MeetingPlan.objects.get().lines[1]["key"] == first
    client.post(address("meeting", split), sent(split, do="share", seen_version="2"))
    assert sum(line["minutes"] for line in MeetingPlan.objects.get().lines) == 60


@pytest.mark.parametrize(
    "wrong", [{"length": "0"}, {"length": "x"}, {"minutes-priorities": "-3"}, {"minutes-priorities": "9" * 4}]
)
def test_a_wrong_agenda_is_refused_and_nothing_typed_is_lost(
    split: Round, team: Membership, wrong: dict[str, str]
) -> None:
    first = items_of(split)[0].id
    answer = client_of(team).post(
        address("meeting", split), sent(split, **wrong, **{f"note-{first}": "Kept"})
    )
    assert answer.status_code == 422 and "Kept" in answer.content.decode()
    assert not MeetingPlan.objects.exists()


def test_two_who_plan_at_once_are_told(split: Round, team: Membership, lead: Membership) -> None:
    assert client_of(lead).post(address("meeting", split), sent(split)).status_code == 302
    answer = client_of(team).post(address("meeting", split), sent(split, length="90"))
    page = answer.content.decode()
    assert (
        answer.status_code == 409
        and "Someone else changed the agenda" in page
        and 'name="seen_version" value="1"' in page
    )
    again = client_of(team).post(address("meeting", split), sent(split, length="90", seen_version="1"))
    assert again.status_code == 302 and MeetingPlan.objects.get().length == 90


def test_a_line_that_is_no_competency_of_the_round_is_left_out(split: Round, team: Membership) -> None:
    data = sent(split, line=[str(uuid4()), "nonsense", PRIORITIES])
    assert client_of(team).post(address("meeting", split), data).status_code == 302
    keys = [line["key"] for line in MeetingPlan.objects.get().lines]
    assert keys == [*(str(item.id) for item in items_of(split)), PRIORITIES]


def test_a_note_is_the_beginning_of_the_reason(split: Round, team: Membership) -> None:
    first, client = items_of(split)[0], client_of(team)
    client.post(address("meeting", split), sent(split, **{f"note-{first.id}": "Two rooms do it."}))
    page = client.get(address("agree", split, competency_id=first.competency_id)).content.decode()
    assert "Two rooms do it." in page


def test_two_who_note_on_the_same_see_both(place: Place, split: Round, team: Membership) -> None:
    item = items_of(split)[0]
    take_notes(place=place, round_id=split.id, notes={item.id: "Theirs."}, seen={})
    with pytest.raises(Meanwhiles) as met:
        take_notes(place=place, round_id=split.id, notes={item.id: "Mine."}, seen={item.id: ""})
    assert met.value.theirs == {item.id: "Theirs."}
    data = sent(split, **{f"note-{item.id}": "Mine.", f"seen-{item.id}": ""})
    answer = client_of(team).post(address("meeting", split), data)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Mine." in page and "Theirs." in page
    assert noted(RoundItem.objects.get(pk=item.pk)) == "Theirs."
    data |= {f"note-{item.id}": "Theirs. Mine.", f"seen-{item.id}": "Theirs.", "seen_version": "1"}
    assert client_of(team).post(address("meeting", split), data).status_code == 302
    assert noted(RoundItem.objects.get(pk=item.pk)) == "Theirs. Mine."


def test_a_note_left_as_it_was_never_takes_back_what_another_wrote(place: Place, split: Round) -> None:
    item = items_of(split)[0]
    take_notes(place=place, round_id=split.id, notes={item.id: "Theirs."}, seen={})
    take_notes(place=place, round_id=split.id, notes={item.id: ""}, seen={item.id: ""})
    assert noted(RoundItem.objects.get(pk=item.pk)) == "Theirs."


def test_what_people_agree_on_is_talked_about_when_somebody_asks(
    place: Place, held: Round, team: Membership
) -> None:
    first = str(items_of(held)[0].id)
    data = {
        "length": "60",
        "seen_version": "0",
        "line": [TOGETHER, PRIORITIES],
        f"minutes-{TOGETHER}": "40",
        "minutes-priorities": "20",
        "do": f"apart:{first}",
    }
    client = client_of(team)
    client.post(address("meeting", held), data)
    assert [line["key"] for line in MeetingPlan.objects.get().lines] == [TOGETHER, first, PRIORITIES]
    page = client.get(address("agree-together", held)).content.decode()
    assert f'name="step-{first}" value="later" checked' in page and page.count('value="2" checked') == 2
    assert "Agree on 2 that you see alike" in client.get(address("spread", held)).content.decode()


def test_who_neither_decides_nor_runs_reads_the_agenda(place: Place, split: Round, six: People) -> None:
    change_team(place=place, team=[Part(each, is_decider=each != six[3]) for each in six])
    client = client_of(six[3])
    page = client.get(address("meeting", split)).content.decode().split("<main")[1]
    assert "<form" not in page and few(place)[0].name in page
    assert client.post(address("meeting", split), sent(split)).status_code == 403


def test_the_agenda_is_there_while_the_team_agrees(place: Place, split: Round, team: Membership) -> None:
    closed(place, split)
    assert client_of(team).get(address("meeting", split)).status_code == 404


@pytest.mark.parametrize("raters", [6, 3])
def test_the_agenda_costs_the_same_however_many_rate(
    place: Place,
    six: People,
    raters: int,
    team: Membership,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    held = an_open_spread(place, six[:raters], [1, 4, 4, 1, 4, 1][:raters])
    client = client_of(team)
    client.get(address("meeting", held))
    with django_assert_num_queries(10):
        client.get(address("meeting", held))


def test_opening_a_competency_moves_nobody(place: Place, split: Round, team: Membership) -> None:
    first, second, _third = few(place)
    client = client_of(team)
    page = client.get(address("agree", split, competency_id=first.id)).content.decode()
    assert 'hx-trigger="change' in page and 'hx-trigger="load' not in page
    assert Round.objects.get(pk=split.pk).talking_about is None
    lead_talk(place=place, round_id=split.id, competency_id=second.id)
    client.post(address("draft", split, competency_id=first.id), {"reason": "I write here"})
    assert Round.objects.get(pk=split.pk).talking_about == second.id
    assert items_of(split)[0].draft["reason"] == "I write here"


def test_whoever_leads_moves_those_who_follow_by_opening(
    place: Place, split: Round, team: Membership
) -> None:
    first, second, _third = few(place)
    client = client_of(team)
    client.post(address("lead-talk", split), {"competency": str(first.id)})
    page = client.get(address("agree", split, competency_id=second.id)).content.decode()
    assert 'hx-trigger="load, change' in page
    client.post(address("draft", split, competency_id=second.id), {"reason": ""})
    held = Round.objects.get(pk=split.pk)
    assert (held.talking_about, held.led_by_id) == (second.id, team.id)
    client.post(address("lead-talk", split), {"competency": str(second.id), "stop": "1"})
    assert Round.objects.get(pk=split.pk).led_by_id is None
    assert client.post(address("lead-talk", split), {"competency": "x"}).status_code == 404
    assert client.post(address("lead-talk", split), {"competency": str(uuid4())}).status_code == 302


def test_only_deciders_and_runners_plan_note_and_lead(
    place: Place, split: Round, learner: Membership
) -> None:
    theirs = place_of(seat_of(learner), place.journey)
    item = items_of(split)[0]
    for verb in (
        lambda: plan_meeting(
            place=theirs, round_id=split.id, length=60, lines=[Line(PRIORITIES, 60)], seen_version=0
        ),
        lambda: take_notes(place=theirs, round_id=split.id, notes={item.id: "x"}, seen={}),
        lambda: lead_talk(place=theirs, round_id=split.id, competency_id=item.competency_id),
    ):
        with pytest.raises(Refused, match="can lead the discussion"):
            verb()


def of(place: Place, person: Membership) -> Place:
    return place_of(seat_of(person), place.journey)


def test_a_sealed_note_is_read_by_nobody_before_the_next_round_opens(
    place: Place, held: Round, six: People, team: Membership
) -> None:
    seal_note(place=of(place, six[3]), round_id=held.id, text="To me: zebra.")
    seal_note(place=of(place, six[4]), round_id=held.id, text="To all: heron.", to_team=True)
    closed(place, held)
    draft = a_draft(place, six)
    for person in (*six, team):
        page = client_of(person).get(address("notes", held)).content.decode()
        assert "zebra" not in page and "heron" not in page
    assert notes_of(of(place, six[3]), held).left
    open_round(place=place, round_id=draft.id)
    assert "zebra" in client_of(six[3]).get(address("notes", held)).content.decode()
    for person in six:
        page = client_of(person).get(address("notes", held)).content.decode()
        assert "heron" in page and ("zebra" in page) is (person == six[3])
    letters = OutgoingMail.objects.filter(key__startswith="note-opened:")
    assert sorted(letters.values_list("to", flat=True)) == sorted(
        each.person.email for each in (six[3], six[4])
    )
    assert not any("zebra" in each.body for each in letters)


def test_a_note_to_the_team_is_read_by_the_team_and_not_by_a_lead_who_is_not_on_it(
    place: Place, held: Round, six: People, make_one: Callable[..., Membership]
) -> None:
    seal_note(place=of(place, six[4]), round_id=held.id, text="To all: heron.", to_team=True)
    closed(place, held)
    open_round(place=place, round_id=a_draft(place, six).id)
    other = make_one("Lena Lead", "lead")
    page = client_of(other).get(address("notes", held))
    assert page.status_code == 200 and "heron" not in page.content.decode()
    assert "heron" in client_of(six[3]).get(address("notes", held)).content.decode()


def test_a_note_can_be_replaced_unread_until_the_next_round_is_prepared(
    place: Place, held: Round, six: People
) -> None:
    mine, client = of(place, six[3]), client_of(six[3])
    assert client.post(address("notes", held), {"text": "First", "whom": "myself"}).status_code == 302
    page = client.get(address("notes", held)).content.decode()
    assert "First" not in page and "sealed" in page
    client.post(address("notes", held), {"text": "Second", "whom": "team"})
    note = SealedNote.objects.get()
    assert open_up(note.sealed, whose=note.whose) == "Second" and note.to_team
    refused = client.post(address("notes", held), {"text": " ", "whom": "team"})
    assert refused.status_code == 422
    closed(place, held)
    draft = a_draft(place, six)
    with pytest.raises(ValidationError, match="being prepared"):
        seal_note(place=mine, round_id=held.id, text="Third")
    delete_draft(place=place, round_id=draft.id)
    seal_note(place=mine, round_id=held.id, text="Third")


def test_its_author_can_take_a_note_away_always(place: Place, held: Round, six: People) -> None:
    seal_note(place=of(place, six[3]), round_id=held.id, text="Mine.")
    with pytest.raises(ValidationError, match="n’t left a note"):
        delete_note(place=of(place, six[4]), round_id=held.id)
    assert client_of(six[3]).post(address("delete-note", held)).status_code == 302
    assert not SealedNote.objects.exists()


def test_only_the_team_leaves_notes(place: Place, held: Round, learner: Membership) -> None:
    with pytest.raises(Refused, match="this journey’s team"):
        seal_note(place=of(place, learner), round_id=held.id, text="Mine.")
    with pytest.raises(ValidationError, match="longer"):
        seal_note(place=place, round_id=held.id, text="x" * 4001)
