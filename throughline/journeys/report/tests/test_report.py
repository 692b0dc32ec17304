"""What a school takes away from a closed round, and what never leaves it."""

import json
from collections.abc import Callable
from io import BytesIO

import pypdf
import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from throughline.journeys.agreeing.actions import decide_between_rounds
from throughline.journeys.closing.actions import reopen_round
from throughline.journeys.models import Round, RoundItem
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of
from throughline.journeys.rounds.actions import open_spread
from throughline.journeys.tests.steps import (
    a_round,
    an_open_spread,
    closed,
    earn,
    few,
    practice,
    say,
    settle,
)
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
People = list[Membership]
PAGES = ("report", "report-pdf", "snapshot-data")
NASTY = '#panic("no") *bold* $x$ @label <tag> \\ // https://x.example `raw` "quoted"\n= Not a heading'


def address(name: str, held: Round, **query: str) -> str:
    path = reverse(f"journeys:{name}", kwargs={"school": "harbour-bridge", "round_id": held.id})
    return path + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def page_of(member: Membership, held: Round, **query: str) -> str:
    answer = client_of(member).get(address("report", held, **query))
    assert answer.status_code == 200
    return answer.content.decode()


def pdf_of(member: Membership, held: Round, **query: str) -> pypdf.PdfReader:
    answer = client_of(member).get(address("report-pdf", held, **query))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return pypdf.PdfReader(BytesIO(answer.content))


def words_of(reader: pypdf.PdfReader) -> str:
    """The text of a PDF without its line breaks."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture
def told(place: Place, held: Round) -> Round:
    """A closed round: one competency earned, one agreed with a dissent, one left open."""
    first, second, _third = items_of(held)
    earn(place, first)
    settle(place, second, 2, dissent="Mei sees it otherwise.")
    closed(place, held)
    held.refresh_from_db()
    return held


def test_the_report_tells_what_was_agreed_why_and_on_which_evidence(told: Round, lead: Membership) -> None:
    for text in (page_of(lead, told), words_of(pdf_of(lead, told))):
        for expected in (
            "Our journey",
            "Harbour Bridge",
            "6 people rated on their own",
            "2 competencies were agreed",
            "One was left open",
            "We looked.",
            "Mei sees it otherwise.",
            "Seen in class",
            "We do not know.",
            "How to read this report",
            "n’t a score",
        ):
            assert expected in text


def test_the_report_says_what_changed_since_the_round_before_and_why(
    place: Place, told: Round, six: People, lead: Membership
) -> None:
    again = items_of(an_open_spread(place, six, [2] * 6))[1]
    settle(place, again, 3, "in-progress", why_changed="evidence")
    closed(place, again.round)
    for text in (page_of(lead, again.round), words_of(pdf_of(lead, again.round))):
        assert "What changed since" in text
        assert "The evidence is out of date." in text
        assert "The agreed step was" in text
    assert "What changed since" not in page_of(lead, told)


def test_the_report_stays_as_of_its_date(place: Place, told: Round, lead: Membership) -> None:
    before = page_of(lead, told)
    decide_between_rounds(
        place=place,
        competency_id=few(place)[1].id,
        standing="earned",
        reason="Later news.",
        brought=practice(few(place)[1], title="A later piece"),
        sure=True,  # the step agreed is a low one, and the team keeps both
    )
    after = page_of(lead, told)
    assert "Later news." not in after and "A later piece" not in after
    assert after.count("Seen in class") == before.count("Seen in class")


def test_no_rating_comment_or_rater_is_in_anything_one_takes_away(
    place: Place, six: People, lead: Membership
) -> None:
    held = a_round(place, six)
    for number, person in enumerate(six):
        say(held, person, 1 + number % 4, "Only I would say zebra.", confidence="very")
    held = open_spread(place=place, round_id=held.id)
    item = items_of(held)[0]
    settle(place, item, 2)
    closed(place, held)
    data = client_of(lead).get(address("snapshot-data", held)).content.decode()
    for text in (page_of(lead, held).split("<article")[1], words_of(pdf_of(lead, held)), data):
        assert "zebra" not in text
        assert not any(person.name in text for person in six)


def test_only_those_who_see_the_journey_see_its_report(
    told: Round, make_one: Callable[..., Membership], outsider: Membership
) -> None:
    strangers = [make_one(f"A {role}", role) for role in ("learner", "family", "board")]
    for name in PAGES:
        for person in (*strangers, outsider):
            assert client_of(person).get(address(name, told)).status_code == 404
        assert client_of(make_one(f"Educator {name}", "educator")).get(address(name, told)).status_code == 200


def test_a_round_that_was_never_closed_has_no_report(held: Round, lead: Membership) -> None:
    for name in PAGES:
        assert client_of(lead).get(address(name, held)).status_code == 404


def test_a_reopened_round_keeps_its_report_and_says_so(
    place: Place, told: Round, item: RoundItem, lead: Membership
) -> None:
    reopen_round(place=place, round_id=told.id, reason="We misread a step.")
    assert "has been reopened" in page_of(lead, told)
    closed(place, told)
    latest = page_of(lead, told)
    assert "Edition 2" in latest and "We misread a step." in latest
    first = page_of(lead, told, edition="1")
    assert "This is an earlier edition" in first and "We misread a step." not in first
    assert client_of(lead).get(address("report", told, edition="7")).status_code == 404


def test_the_pdf_comes_on_both_papers_and_on_no_other(told: Round, lead: Membership) -> None:
    for paper, size in (("a4", (595, 842)), ("letter", (612, 792))):
        box = pdf_of(lead, told, paper=paper).pages[0].mediabox
        assert (round(box.width), round(box.height)) == size
    assert client_of(lead).get(address("report-pdf", told, paper="a3")).status_code == 404


def test_the_same_report_gives_the_same_bytes(told: Round, lead: Membership) -> None:
    client = client_of(lead)
    first, second = (client.get(address("report-pdf", told)).content for _twice in range(2))
    assert first == second


def test_what_people_write_never_becomes_layout(place: Place, held: Round, lead: Membership) -> None:
    item = items_of(held)[0]
    settle(place, item, 2, dissent=NASTY)
    closed(place, held)
    reader = pdf_of(lead, held)
    assert '#panic("no") *bold* $x$ @label <tag> \\ //' in words_of(reader)
    assert "Not a heading" not in [each.title for each in reader.outline if not isinstance(each, list)]
    assert "&lt;tag&gt;" in page_of(lead, held)


@pytest.mark.parametrize(
    "text",
    ["山田さん 한국어", "سلام עולם", "e\u0301 \u200b\u200f\ufeff\x07 \ue000 🎓", "नमस्ते ไทย", "\u0041" * 3000],
)
def test_no_script_keeps_a_report_from_being_made(
    place: Place, held: Round, lead: Membership, text: str
) -> None:
    settle(place, items_of(held)[0], 2, dissent=f"Before {text} after")
    closed(place, held)
    assert "Before" in words_of(pdf_of(lead, held))


def test_the_report_speaks_the_language_of_its_reader(told: Round, team: Membership) -> None:
    team.person.language = "es"
    team.person.save()
    assert str(pdf_of(team, told).root_object["/Lang"]) == "es"


def test_the_data_is_the_frozen_content(told: Round, lead: Membership) -> None:
    answer = client_of(lead).get(address("snapshot-data", told))
    data = json.loads(answer.content)
    content = told.snapshots.get().content
    assert {key: data[key] for key in content} == content
    assert (data["round"], data["edition"], data["organisation"]) == (1, 1, "Harbour Bridge")
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("rounds", [1, 3])
def test_a_report_costs_at_most_twelve_queries(
    place: Place,
    told: Round,
    six: People,
    lead: Membership,
    rounds: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    held = told
    for _more in range(rounds - 1):
        held = items_of(an_open_spread(place, six, [2] * 6))[0].round
        earn(place, items_of(held)[2])
        closed(place, held)
    client = client_of(lead)
    for name in PAGES:
        client.get(address(name, held))
        with django_assert_max_num_queries(12):
            client.get(address(name, held))


def test_the_promise_is_there_for_everyone_of_the_school_in_plain_words(
    school: object, make_one: Callable[..., Membership], outsider: Membership
) -> None:
    path = reverse("journeys:promise", kwargs={"school": "harbour-bridge"})
    for role in ("lead", "educator", "learner", "family", "board"):
        answer = client_of(make_one(f"Some {role}", role)).get(path)
        assert answer.status_code == 200
        assert "never used to evaluate" in answer.content.decode()
    assert client_of(outsider).get(path).status_code == 404


def test_a_second_round_is_called_by_its_number(
    place: Place, told: Round, six: People, lead: Membership
) -> None:
    del told
    second = a_round(place, six)
    for person in six:
        say(second, person, 2)
    open_spread(place=place, round_id=second.id)
    closed(place, second)
    assert "Second round" in page_of(lead, second)
