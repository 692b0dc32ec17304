"""What a team of three or four meets: open names proposed beforehand, something to talk about where they stay hidden."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.closing.actions import reopen_round
from throughline.journeys.meeting.actions import lead_talk
from throughline.journeys.models import Rating, Round
from throughline.journeys.policy import Place
from throughline.journeys.queries import place_of
from throughline.journeys.rounds.actions import choose_names, open_round, open_spread
from throughline.journeys.setup.actions import Part, change_team
from throughline.journeys.spread.queries import names_are_proposed
from throughline.journeys.tests import running
from throughline.journeys.tests.steps import (
    a_draft,
    a_round,
    all_say,
    an_open_spread,
    closed,
    few,
    page,
    practice,
    words,
)
from throughline.kit.verdict import Refused
from throughline.records.evidence.actions import bring_evidence
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
People = list[Membership]
FEW = "Fewer than five raters: show names?"


@pytest.mark.parametrize(("raters", "proposed"), [(2, False), (3, True), (4, True), (5, False)])
def test_preparing_a_round_for_a_few_says_so_and_proposes_open_names(
    journey_version: FrameworkVersion, six: People, raters: int, proposed: bool
) -> None:
    ground = running.begin(journey_version, six[:raters])
    shown = client_of(six[0]).get(page("prepare", journey_id=ground.journey.id)).content.decode()
    said = shown.split('data-few="raters"')[1].split(">")[0]
    assert FEW in shown and ("hidden" not in said) is proposed
    checked = shown.split('name="names"')
    assert ("checked" in checked[1].split(">")[0]) is not proposed
    assert ("checked" in checked[2].split(">")[0]) is proposed


def test_the_proposal_is_never_forced_and_the_draft_says_it_again(small: Place, three: People) -> None:
    client = client_of(three[0])
    data = {"what": "all", "raters": [str(each.id) for each in three], "names": "hidden"}
    answer = client.post(page("prepare", journey_id=small.journey.id), data)
    held = Round.objects.get()
    assert held.names_shown is False
    shown = client.get(answer.url).content.decode()  # type: ignore[attr-defined]
    assert FEW in shown and "one word" in shown
    client.post(page("choose-names", round_id=held.id), {"names": "shown"})
    shown = client.get(page("round", round_id=held.id)).content.decode()
    assert Round.objects.get().names_shown and FEW not in shown and "Hide names instead" in shown


def test_who_only_rates_is_told_and_not_asked(small: Place, three: People) -> None:
    held = a_draft(small, three)
    shown = client_of(three[2]).get(page("round", round_id=held.id)).content.decode()
    assert FEW not in shown and "one word for each competency" in shown
    assert client_of(three[2]).post(page("choose-names", round_id=held.id), {}).status_code == 403


@pytest.mark.parametrize(
    ("raters", "proposed"), [(0, False), (1, False), (2, False), (3, True), (4, True), (5, False)]
)
def test_names_are_proposed_where_hiding_them_would_leave_a_word(raters: int, proposed: bool) -> None:
    assert names_are_proposed(raters) is proposed


def test_whether_names_show_is_chosen_while_it_is_a_draft(
    place: Place, six: People, learner: Membership
) -> None:
    held = a_draft(place, six[:3])
    for shown in (True, False, True):
        assert choose_names(place=place, round_id=held.id, shown=shown).names_shown is shown
    with pytest.raises(Refused):
        choose_names(place=place_of(seat_of(learner), place.journey), round_id=held.id, shown=False)
    assert open_round(place=place, round_id=held.id).names_shown is True
    with pytest.raises(ValidationError, match="moved on"):
        choose_names(place=place, round_id=held.id, shown=False)


KEYS = re.compile(r'name="(?:csrfmiddlewaretoken|_once)" value="[^"]*"|nonce="[^"]*"')


@pytest.mark.parametrize(
    "said", [[(1, 1, 1), (4, 4, 4)], [(1, 1, 2), (4, 3, 4), (2, 3, 2)], [(1, 2, 3), (4, 2, 1), (1, 1, 4)]]
)
def test_with_hidden_names_no_page_of_the_meeting_changes_with_what_was_rated(
    small: Place, three: People, make_one: Callable[..., Membership], said: list[tuple[int, int, int]]
) -> None:
    """Whoever decides and has not rated learns the word, and nothing more, from any page."""
    decider = make_one("Nora Fisch", "educator")
    change_team(place=small, team=[*(Part(each) for each in three), Part(decider, is_rater=False)])
    held = an_open_spread(small, three, said[0])
    lead_talk(place=small, round_id=held.id, competency_id=few(small)[1].id)
    client, seen = client_of(decider), []
    where = [page(name, round_id=held.id) for name in ("spread", "agree-together", "meeting", "follow")]
    where += [page("agree", round_id=held.id, competency_id=each.id) for each in few(small)]
    for steps in said:
        for person, step in zip(three, steps, strict=True):
            Rating.objects.filter(rater__membership=person).update(step=step)
        pages = [client.get(each) for each in where]
        assert {each.status_code for each in pages} == {200}
        seen.append([KEYS.sub("", each.content.decode()) for each in pages])
    assert all(each == seen[0] for each in seen)


def test_with_hidden_names_the_agree_page_leads_with_what_there_is_to_talk_about(
    small: Place, three: People
) -> None:
    held = an_open_spread(small, three, [1, 2, 3])
    competency = few(small)[0]
    target = page("agree", round_id=held.id, competency_id=competency.id)
    before_the_form = unescape(client_of(three[0]).get(target).content.decode()).split('id="agreement"')[0]
    told = [*competency.steps, *(each.text for each in competency.indicators)]
    told += [text for _mark, text in competency.evidence_examples]
    places = [before_the_form.index(f">{each}<") for each in told]
    assert len(told) > 8 and places == sorted(places)
    assert all("<details" not in before_the_form[:place].split("<main")[1] for place in places)
    bring_evidence(
        record=small.journey.record, piece=practice(competency, title="Seen on Tuesday"), by=three[0]
    )
    assert "Seen on Tuesday" in client_of(three[1]).get(target).content.decode().split('id="agreement"')[0]


def test_with_hidden_names_the_spread_is_a_list_with_the_steps_and_no_empty_cards(
    small: Place, three: People
) -> None:
    held = an_open_spread(small, three, [1, 2, 3])
    shown = unescape(client_of(three[0]).get(page("spread", round_id=held.id)).content.decode())
    assert "spread-cards" not in shown and "You see these in different ways" in shown
    for competency in few(small):
        assert competency.lede in shown and all(step in shown for step in competency.steps)


@pytest.mark.parametrize("order", ["", "?order=framework"])
def test_the_list_costs_the_same_however_many_competencies(
    small: Place, three: People, django_assert_num_queries: DjangoAssertNumQueries, order: str
) -> None:
    held = a_round(small, three, competencies=words(small).competencies)
    all_say(held, three, [1, 2, 3])
    open_spread(place=small, round_id=held.id)
    client = client_of(three[0])
    client.get(page("spread", round_id=held.id))
    with django_assert_num_queries(10):
        client.get(page("spread", round_id=held.id) + order)


def test_a_round_opened_again_tells_no_more_than_before(small: Place, three: People) -> None:
    held = an_open_spread(small, three, [3, 3, 3])
    closed(small, held)
    reopen_round(place=small, round_id=held.id, reason="We forgot one.")
    client = client_of(three[0])
    for name in ("spread", "agree-together", "meeting", "round"):
        answer = client.get(page(name, round_id=held.id))
        assert answer.status_code == 200 and "of us" not in answer.content.decode(), name
    shown = client.get(page("agree", round_id=held.id, competency_id=few(small)[0].id)).content.decode()
    assert "Which of these do you see here?" in shown and 'class="chosen"' not in shown
