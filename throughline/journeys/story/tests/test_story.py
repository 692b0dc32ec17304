"""The story so far: what happened, in order, each sentence leading to its source; nothing invented, nothing hidden told."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from throughline.journeys.agreeing.actions import decide_between_rounds
from throughline.journeys.closing.actions import reopen_round
from throughline.journeys.models import Introduction, Priority, Round
from throughline.journeys.policy import Place
from throughline.journeys.priorities.actions import Choice, choose_priority, drop_priority
from throughline.journeys.queries import items_of
from throughline.journeys.rounds.actions import open_spread
from throughline.journeys.story.actions import WrittenMeanwhile, write_introduction
from throughline.journeys.story.chapters import story_of
from throughline.journeys.story.queries import LATEST, facts_of
from throughline.journeys.story.views import _links
from throughline.journeys.story.words import DATED, IN_ROUND
from throughline.journeys.tests.steps import a_round, closed, earn, few, practice, say, settle
from throughline.kit import clock
from throughline.records.actions import set_aside, take_up
from throughline.records.models import StandingValue
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
People = list[Membership]


def at(place: Place, name: str = "story") -> str:
    return reverse(
        f"journeys:{name}", kwargs={"school": place.seat.organisation.slug, "journey_id": place.journey.pk}
    )


def page_of(member: Membership, place: Place) -> str:
    answer = client_of(member).get(at(place))
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text[text.index("<article") : text.index("</article>")]


def pdf_of(member: Membership, place: Place) -> pypdf.PdfReader:
    answer = client_of(member).get(at(place, "story-pdf"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return pypdf.PdfReader(BytesIO(answer.content))


def plain(text: str) -> str:
    return " ".join(text.replace("\u2068", "").replace("\u2069", "").split())


@pytest.fixture
def told(place: Place, six: People, lead: Membership) -> Place:
    """A journey with everything that a story can tell."""
    held = a_round(place, six)
    for number, person in enumerate(six):
        say(held, person, 1 + number % 4, "Only I would say zebra.")
    open_spread(place=place, round_id=held.id)
    first, second, third = items_of(held)
    earn(place, first)
    settle(place, second, 2)
    for item, why in ((second, "Learners ask for it."), (third, "We cannot do everything.")):
        choice = Choice(
            competency_id=item.competency_id,
            why_now=why,
            step=3,
            by_when=clock.today().replace(year=clock.today().year + 1),
            lead=six[1],
        )
        choose_priority(place=place, round_id=held.id, choice=choice)
    closed(place, held)
    reopen_round(place=place, round_id=held.id, reason="We misread <one> step.")
    closed(place, Round.objects.get(pk=held.pk))
    drop_priority(place=place, priority=Priority.objects.get(competency=third.competency_id))
    record, other = place.journey.record, few(place)[2].id
    set_aside(record=record, competency_id=other, reason="Not for a school of our size.", by=lead)
    take_up(record=record, competency_id=other, by=lead)
    decide_between_rounds(
        place=place,
        competency_id=few(place)[1].id,
        standing="earned",
        reason="It works in every class.",
        brought=practice(few(place)[1]),
        sure=True,
    )
    return place


def test_it_tells_what_happened_with_the_words_of_those_who_decided(told: Place, lead: Membership) -> None:
    names = [each.name for each in few(told)]
    expected = (
        "The story so far",
        "The journey began on",
        "Pre-assessment",
        "6 people took part before the team talked.",
        "We agreed on 2 competencies.",
        "One was left open or left for later, with a reason.",
        f"{names[0]} is earned:",
        f"{names[1]} is in progress:",
        "We looked.",
        f"We made {names[1]} a priority:",
        "Learners ask for it.",
        "Jonas Lind leads it",
        "we reopened this round:",
        f"we took {names[2]} off our priorities.",
        f"we left {names[2]} out, so it isn’t counted:",
        "Not for a school of our size.",
        f"we included {names[2]} again.",
        "went from in progress to earned:",
        "It works in every class.",
    )
    page = plain(page_of(lead, told))
    paper = plain(" ".join(each.extract_text() for each in pdf_of(lead, told).pages))
    for sentence in expected:
        assert sentence in page, sentence
        assert sentence in paper, sentence
    assert "We misread &lt;one&gt; step." in page and "We misread <one> step." in paper


def test_chapters_come_in_the_order_of_time(told: Place) -> None:
    chapters = story_of(facts_of(told.journey), _links(told))
    assert [each.title for each in chapters] == ["The beginning", "Pre-assessment", "Since then"]
    assert [each.quote for each in chapters[2].passages if each.quote] == [
        "Not for a school of our size.",
        "It works in every class.",
    ]


def test_every_sentence_leads_to_a_page_that_says_it(told: Place, lead: Membership) -> None:
    client = client_of(lead)
    for chapter in story_of(facts_of(told.journey), _links(told)):
        for each in (*chapter.lines, *chapter.passages):
            path, _hash, mark = each.href.partition("#")
            source = client.get(path)
            assert source.status_code == 200, each
            if mark:
                assert f'id="{mark}"' in source.content.decode(), each
            if (
                each.quote and "priorities" not in path and "?on=" not in path
            ):  # taken up again on the same day
                assert each.quote.split("<")[0] in source.content.decode(), each


def test_nothing_that_is_hidden_elsewhere_is_told(told: Place, lead: Membership, six: People) -> None:
    page = plain(page_of(lead, told))
    paper = plain(" ".join(each.extract_text() for each in pdf_of(lead, told).pages))
    for text in (page, paper):
        assert "zebra" not in text
        assert not any(person.name in text for person in six if person != six[1])


def test_only_those_who_see_the_journey_read_its_story(
    told: Place, make_one: Callable[..., Membership], outsider: Membership
) -> None:
    for name in ("story", "story-pdf", "introduction"):
        for person in (
            make_one(f"A learner {name}", "learner"),
            make_one(f"A board {name}", "board"),
            outsider,
        ):
            assert client_of(person).get(at(told, name)).status_code == 404
    educator = make_one("Another Educator", "educator")
    assert client_of(educator).get(at(told)).status_code == 200
    assert client_of(educator).get(at(told, "introduction")).status_code == 403


def test_a_journey_without_rounds_has_a_short_story(place: Place, lead: Membership) -> None:
    page = page_of(lead, place)
    assert "The journey began on" in page and page.count("<h2") == 1


def test_a_round_under_way_is_told_without_what_it_will_come_to(
    place: Place, six: People, lead: Membership
) -> None:
    a_round(place, six)
    page = page_of(lead, place)
    assert "Everyone is still rating on their own." in page and "took part" not in page


def test_the_latest_rounds_are_told_and_the_earlier_ones_to_whoever_asks(
    told: Place, lead: Membership, six: People
) -> None:
    for _each in range(LATEST):
        held = a_round(told, six)
        for person in six:
            say(held, person, 2)
        open_spread(place=told, round_id=held.id)
        closed(told, held)
    page = page_of(lead, told)
    assert "The journey began on" in page and 'href="?rounds=all#chapter-2">Show all 4 rounds' in page
    assert "Pre-assessment" not in page and "we reopened this round" not in page
    assert "Not for a school of our size." not in page and "Second round" in page
    everything = client_of(lead).get(f"{at(told)}?rounds=all").content.decode()
    assert "Show all 4 rounds" not in everything
    paper = plain(" ".join(each.extract_text() for each in pdf_of(lead, told).pages))
    for text in ("Pre-assessment", "we reopened this round", "Not for a school of our size.", "Fourth round"):
        assert text in everything and text in paper, text


def test_every_step_between_standings_has_a_sentence() -> None:
    values = StandingValue.values
    steps = {(before, after) for before in values for after in values if before != after}
    assert set(IN_ROUND) == set(DATED) == steps


def test_questions_do_not_grow_with_the_journey(
    told: Place, lead: Membership, six: People, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(lead)
    client.get(at(told))
    with django_assert_num_queries(12):  # eleven where no round was opened again
        client.get(at(told))
    held = a_round(told, six)
    for person in six:
        say(held, person, 2)
    open_spread(place=told, round_id=held.id)
    closed(told, held)
    with django_assert_num_queries(12):  # eleven where no round was opened again
        client.get(at(told))


def test_the_introduction_is_kept_with_its_editions(place: Place, lead: Membership) -> None:
    client = client_of(lead)
    for number, text in enumerate(("We set out in a hard year.\n\nIt got better.", "A shorter one <b>.")):
        answer = client.post(at(place, "introduction"), {"text": text, "seen": number}, follow=True)
        assert answer.status_code == 200
    page = page_of(lead, place)
    assert "A shorter one &lt;b&gt;." in page and "hard year" not in page
    assert "hard year" in client.get(at(place, "introduction")).content.decode()
    assert list(Introduction.objects.values_list("number", flat=True).order_by("number")) == [1, 2]
    assert write_introduction(place=place, text="A shorter one <b>.", seen=1) is None


def test_two_who_write_at_once_both_keep_their_words(place: Place, lead: Membership) -> None:
    write_introduction(place=place, text="Theirs.", seen=0)
    with pytest.raises(WrittenMeanwhile):
        write_introduction(place=place, text="Mine.", seen=0)
    client = client_of(lead)
    answer: Any = client.post(at(place, "introduction"), {"text": "Mine & more.", "seen": 0})
    text = answer.content.decode()
    assert answer.status_code == 422 and "Theirs." in text and "Mine &amp; more." in text
    seen = re.search(r'name="seen" value="(\d+)"', text)
    assert seen
    client.post(at(place, "introduction"), {"text": "Mine & more.", "seen": seen[1]})
    assert "Mine &amp; more." in page_of(lead, place)


def test_only_those_who_run_the_journey_write_it(place: Place, team: Membership) -> None:
    theirs = Place(
        place.seat.__class__(team, place.seat.organisation, frozenset({"team"})), place.journey, None
    )
    with pytest.raises(PermissionDenied):
        write_introduction(place=theirs, text="No.", seen=0)
