"""The pages on which people rate, look at the spread, and agree."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.agreeing.actions import Agreement, agree, leave_open
from throughline.journeys.models import Rating, Round, RoundItem
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of, place_of
from throughline.journeys.rounds.actions import open_spread
from throughline.journeys.setup.actions import Part, change_team
from throughline.journeys.tests.steps import a_round, all_say, an_open_spread, few, say
from throughline.records.models import Decision, Evidence
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def address(name: str, held: Round, competency_id: UUID | None = None) -> str:
    """A page of a round."""
    given = {"school": "harbour-bridge", "round_id": held.id}
    return reverse(
        f"journeys:{name}", kwargs=given | ({"competency_id": competency_id} if competency_id else {})
    )


@pytest.fixture
def rating(place: Place, six: list[Membership]) -> Round:
    """A round of three competencies in which six rate."""
    return a_round(place, six)


@pytest.fixture
def spread(place: Place, six: list[Membership]) -> Round:
    """The same round with its spread open: two camps."""
    return an_open_spread(place, six, [1, 1, 2, 4, 4, None])


def test_a_rating_is_saved_and_leads_to_the_next_one(rating: Round, place: Place, team: Membership) -> None:
    first, second, _third = few(place)
    data = {"step": "3", "confidence": "very", "comment": "  Seen it.  "}
    answer = client_of(team).post(address("rate-one", rating, first.id), data)
    assert answer.url == address("rate-one", rating, second.id)  # type: ignore[attr-defined]
    kept = Rating.objects.get(rater__membership=team)
    assert (kept.step, kept.confidence, kept.comment) == (3, "very", "Seen it.")


def test_saving_in_the_background_answers_only_a_word(rating: Round, place: Place, team: Membership) -> None:
    target = address("rate-one", rating, few(place)[0].id)
    client = client_of(team)
    assert client.post(target, {"step": "2"}, headers={"hx-trigger": "rating"}).content == b"saved"
    unsaid = client.post(target, {"comment": "Only words"}, headers={"hx-trigger": "rating"})
    assert unsaid.content == b"not saved yet: choose a step"
    assert Rating.objects.get(rater__membership=team).comment == ""


def test_cannot_say_is_an_answer(rating: Round, place: Place, team: Membership) -> None:
    client_of(team).post(
        address("rate-one", rating, few(place)[0].id), {"step": "cannot-say", "confidence": "very"}
    )
    kept = Rating.objects.get(rater__membership=team)
    assert (kept.step, kept.confidence) == (None, "")


@pytest.mark.parametrize("data", [{}, {"step": "5"}, {"step": "1", "comment": "x" * 2001}])
def test_a_rating_that_cannot_be_keeps_what_was_typed(
    rating: Round, place: Place, team: Membership, data: dict[str, str]
) -> None:
    answer = client_of(team).post(address("rate-one", rating, few(place)[0].id), {"comment": "Mine", **data})
    assert (answer.status_code, Rating.objects.count()) == (422, 0)
    assert data.get("comment", "Mine") in answer.content.decode()


def test_what_i_rated_is_there_when_i_come_back(rating: Round, place: Place, team: Membership) -> None:
    say(rating, team, 2, "My own words")
    page = client_of(team).get(address("rate-one", rating, few(place)[1].id)).content.decode()
    assert "My own words" in page
    assert 'value="2" required id="id_step_1" checked' in page or "checked" in page


def test_nobody_sees_the_words_of_another_while_rating(
    rating: Round, place: Place, lead: Membership, team: Membership
) -> None:
    say(rating, team, 4, "A secret remark")
    client = client_of(lead)
    for page in ("rate", "spread", "follow", "follow-state", "agree-together"):
        assert "A secret remark" not in client.get(address(page, rating)).content.decode()
    for each in few(place):
        assert "A secret remark" not in client.get(address("rate-one", rating, each.id)).content.decode()
        assert client.get(address("agree", rating, each.id)).status_code == 404


def test_someone_who_does_not_rate_has_no_rating_page(
    rating: Round, place: Place, outsider: Membership, make_one: Callable[..., Membership]
) -> None:
    colleague = make_one("Nora Fisch", "educator")
    for person in (colleague, outsider):
        assert client_of(person).get(address("rate", rating)).status_code == 404
        assert client_of(person).get(address("rate-one", rating, few(place)[0].id)).status_code == 404


def test_rating_after_the_spread_opened_is_told_so(spread: Round, place: Place, team: Membership) -> None:
    answer = client_of(team).post(address("rate-one", spread, few(place)[0].id), {"step": "3"})
    assert answer.status_code == 422
    assert Rating.objects.filter(rater__membership=team, step=3).count() == 0
    said = answer.content.decode()
    assert address("spread", spread) in said and ">saved</span>" not in said


def test_the_meeting_page_shows_nobodys_own_dot(spread: Round, place: Place, team: Membership) -> None:
    client = client_of(team)
    agree_page = client.get(address("agree", spread, few(place)[0].id)).content.decode()
    assert "Your own rating" not in agree_page
    spread_page = client.get(address("spread", spread)).content.decode()
    assert spread_page.count("Your own rating (only you see this)") == 3
    assert 'class="mine' not in agree_page + spread_page


def test_only_the_holder_is_told_of_a_rare_view(place: Place, six: list[Membership]) -> None:
    held = an_open_spread(place, six, [1, 1, 1, 1, 1, 4])
    told = [
        "Few people see it the way you do" in client_of(each).get(address("spread", held)).content.decode()
        for each in six
    ]
    assert told == [False, False, False, False, False, True]


def test_agreeing_keeps_the_step_and_makes_the_decision(
    spread: Round, place: Place, team: Membership
) -> None:
    first = few(place)[0]
    data = {"step": "2", "standing": "in-progress", "reason": "Grade 9 has it.", "seen_version": "0"}
    answer = client_of(team).post(address("agree", spread, first.id), data)
    item = RoundItem.objects.get(round=spread, competency=first.id)
    assert answer.status_code == 302
    assert (item.step, item.state, item.decision.after) == (2, "agreed", "in-progress")  # type: ignore[union-attr]


def test_evidence_typed_in_the_meeting_is_brought_with_the_agreement(
    spread: Round, place: Place, team: Membership
) -> None:
    first = few(place)[0]
    data = {
        "step": "4",
        "standing": "earned",
        "reason": "We saw it.",
        "seen_version": "0",
        "new_title": "Visit in May",
        "new_mark": "practice",
        "new_text": "All four classes.",
        "new_answers": [str(each.id) for each in first.indicators],
    }
    assert client_of(team).post(address("agree", spread, first.id), data).status_code == 302
    brought = Evidence.objects.get()
    assert brought.citations.count() == len(first.indicators)


def test_earned_without_evidence_is_refused_and_nothing_is_lost(
    spread: Round, place: Place, team: Membership
) -> None:
    data = {
        "step": "4",
        "standing": "earned",
        "reason": "Surely we do.",
        "seen_version": "0",
        "new_title": "A plan",
        "new_mark": "document",
        "new_text": "x",
    }
    answer = client_of(team).post(address("agree", spread, few(place)[0].id), data)
    page = answer.content.decode()
    assert (answer.status_code, Decision.objects.count(), Evidence.objects.count()) == (422, 0, 0)
    assert "Surely we do." in page and "A plan" in page
    assert "Documents alone don’t show a practice" in page


def test_two_people_agreeing_different_things_see_both(
    spread: Round, place: Place, lead: Membership, team: Membership
) -> None:
    item = items_of(spread)[0]
    agree(
        place=place_of(seat_of(lead), place.journey),
        item_id=item.id,
        agreement=Agreement(step=3, standing="in-progress", reason="Theirs, first."),
        seen_version=0,
    )
    data = {"step": "1", "standing": "not-started", "reason": "Mine, second.", "seen_version": "0"}
    target = address("agree", spread, item.competency_id)
    client = client_of(team)
    answer = client.post(target, data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs, first." in page and "Mine, second." in page
    assert RoundItem.objects.get(pk=item.pk).step == 3
    assert client.post(target, data | {"seen_version": "1"}).status_code == 302
    assert RoundItem.objects.get(pk=item.pk).reason == "Mine, second."


def test_leaving_open_and_putting_off_need_a_reason(spread: Round, place: Place, team: Membership) -> None:
    first, second, _third = few(place)
    client = client_of(team)
    refused = client.post(
        address("leave-open", spread, first.id), {"reason": " ", "seen_version": "0", "dissent": "Kept words"}
    )
    assert refused.status_code == 422 and "Kept words" in refused.content.decode()
    client.post(address("leave-open", spread, first.id), {"reason": "No facts yet.", "seen_version": "0"})
    client.post(address("defer", spread, second.id), {"reason": "After the visit.", "seen_version": "0"})
    states = list(items_of(spread).values_list("state", "reason"))
    assert states == [("left-open", "No facts yet."), ("deferred", "After the visit."), ("open", "")]
    for odd in ("", "zero", "9" * 5000):
        answer = client.post(address("defer", spread, second.id), {"reason": "Again.", "seen_version": odd})
        assert answer.status_code == 409


def test_the_spread_leads_to_what_is_still_to_talk_about(
    spread: Round, place: Place, team: Membership
) -> None:
    client, items = client_of(team), list(items_of(spread))
    page = client.get(address("spread", spread)).content.decode()
    assert "Discuss the first one" in page
    for count, item in enumerate(items, start=1):
        leave_open(place=place, item_id=item.id, reason="We do not know.", seen_version=0)
        page = client.get(address("spread", spread)).content.decode().split('<ul class="spread-cards"')[0]
        assert ("Discuss the next one" in page) is (count < len(items))
        assert address("agree", spread, item.competency_id) not in page
    assert "You’ve been through every competency." in page


def test_who_does_not_decide_reads_but_has_no_form(
    spread: Round, place: Place, six: list[Membership]
) -> None:
    change_team(place=place, team=[Part(each, is_decider=each != six[1]) for each in six])
    colleague = client_of(six[1])
    target = address("agree", spread, few(place)[0].id)
    assert 'id="agreement"' not in colleague.get(target).content.decode()
    data = {"step": "2", "standing": "in-progress", "reason": "I say so.", "seen_version": "0"}
    answer = colleague.post(target, data)
    assert answer.status_code == 403 and "Only deciders" in answer.content.decode()


def test_how_the_team_rated_is_seen_by_the_team_alone(
    place: Place, six: list[Membership], make_one: Callable[..., Membership]
) -> None:
    held = a_round(place, six)
    for person in six:
        say(held, person, 2, "A word among us")
    open_spread(place=place, round_id=held.id)
    colleague = client_of(make_one("Nora Fisch", "educator"))
    pages = [address(name, held) for name in ("spread", "follow", "follow-state", "agree-together")]
    for page in [*pages, address("agree", held, few(place)[0].id)]:
        answer = colleague.get(page)
        assert answer.status_code == 403 and "Only the team sees how it rated" in answer.content.decode()
        assert "A word among us" in client_of(six[1]).get(pages[0]).content.decode()
    assert "/spread/" not in colleague.get(address("round", held)).content.decode()


def test_those_who_follow_see_what_is_being_written(
    spread: Round, place: Place, lead: Membership, team: Membership
) -> None:
    first = few(place)[0]
    phone = client_of(team)
    before = Round.objects.get(pk=spread.pk).version
    state = address("follow-state", spread)
    assert phone.get(state, {"seen": before}).status_code == 204
    typed = {"_once": str(uuid4()), "step": "2", "reason": "Half a sentence"}
    client_of(lead).post(address("draft", spread, first.id), typed)
    followed = phone.get(state, {"seen": before})
    assert followed.status_code == 200 and "Half a sentence" in followed.content.decode()
    back = client_of(lead).get(address("agree", spread, first.id)).content.decode()
    assert "Half a sentence" in back


def test_following_can_be_paused(spread: Round, team: Membership) -> None:
    client = client_of(team)
    assert "hx-trigger" in client.get(address("follow", spread)).content.decode().split("<main")[1]
    paused = client.get(address("follow", spread), {"paused": "1"}).content.decode().split("<main")[1]
    assert "hx-trigger" not in paused and "Resume following" in paused


def test_a_small_team_reads_only_words_and_released_comments(
    small: Place, three: list[Membership], team: Membership
) -> None:
    held = a_round(small, three)
    for person, words in zip(three, ("Released words", "Kept words", "Kept too"), strict=True):
        say(held, person, 2, words, release_comment=words == "Released words")
    open_spread(place=small, round_id=held.id)
    page = client_of(three[0]).get(address("spread", held)).content.decode()
    assert "Released words" in page and "Kept words" not in page and "Kept too" not in page
    assert '<svg class="spread"' not in page and "each dot is a person" not in page
    client_of(team).post(address("release", held, few(small)[0].id), {"release": "1"})
    assert "Kept words" in client_of(three[0]).get(address("spread", held)).content.decode()


def test_a_decision_between_rounds_needs_a_decider(
    place: Place, team: Membership, make_one: Callable[..., Membership]
) -> None:
    kwargs = {"school": "harbour-bridge", "journey_id": place.journey.id, "competency_id": few(place)[0].id}
    target = reverse("journeys:decide", kwargs=kwargs)
    data = {"standing": "in-progress", "reason": "It began in spring."}
    assert client_of(make_one("Nora Fisch", "educator")).post(target, data).status_code == 403
    assert client_of(team).post(target, data).status_code == 302
    assert Decision.objects.get().reason == "It began in spring."
    kwargs["competency_id"] = uuid4()
    assert client_of(team).get(reverse("journeys:decide", kwargs=kwargs)).status_code == 404


@pytest.mark.parametrize(
    ("page", "queries"),
    [("rate", 8), ("spread", 10), ("follow", 9), ("agree-together", 8), ("rate-one", 6), ("agree", 12)],
)
@pytest.mark.parametrize("raters", [5, 20])
def test_pages_of_a_round_cost_the_same_however_many_rate(
    page: str,
    queries: int,
    raters: int,
    small: Place,
    lead: Membership,
    make_one: Callable[..., Membership],
    journey_version: FrameworkVersion,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    people = [make_one(f"Rater {number}", "educator") for number in range(raters)]
    change_team(place=small, team=[Part(each) for each in people])
    held = a_round(small, people)
    all_say(held, people, [1 + number % 4 for number in range(raters)])
    if not page.startswith("rate"):
        open_spread(place=small, round_id=held.id)
    target = address(page, held, few(small)[0].id if page in ("rate-one", "agree") else None)
    client = client_of(people[1])
    client.get(target)
    with django_assert_num_queries(queries):
        client.get(target)


@pytest.mark.parametrize("raters", [5, 20])
def test_saving_costs_the_same_however_many_rate(
    raters: int,
    small: Place,
    make_one: Callable[..., Membership],
    journey_version: FrameworkVersion,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    people = [make_one(f"Rater {number}", "educator") for number in range(raters)]
    change_team(place=small, team=[Part(each) for each in people])
    held = a_round(small, people)
    all_say(held, people, [1 + number % 4 for number in range(raters)])
    client, target = client_of(people[1]), address("rate-one", held, few(small)[0].id)
    client.get(target)
    with django_assert_num_queries(11):  # two of them begin and end its transaction
        assert client.post(target, {"step": "2"}).status_code == 302


def test_where_people_differ_is_no_proposal_for_those_who_may_not_see_the_spread(
    spread: Round, team: Membership, make_one: Callable[..., Membership]
) -> None:
    differ = "You see these differently"
    assert differ in client_of(team).get(address("priorities", spread)).content.decode()
    stranger = client_of(make_one("Rosa Register", "registrar")).get(address("priorities", spread))
    assert stranger.status_code == 200 and differ not in stranger.content.decode()
