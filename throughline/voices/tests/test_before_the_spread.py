"""Voices open with the team's own spread, not before: no page, paper, file, panel or draft shows anything of them until then.

Everything is asked for twice. The second time, with the spread open, shows that there was something to hide.
"""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO

import pypdf
import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from openpyxl import load_workbook

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey, Round
from throughline.kit import clock
from throughline.records.panels import at_the_table
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of
from throughline.voices.figures.words import sentence
from throughline.voices.models import Listening
from throughline.voices.replying.actions import add_reply
from throughline.voices.results.queries import result_in
from throughline.voices.tests.closed import ABOUT

pytestmark = pytest.mark.django_db
COUNT = re.compile(r"\b\d+ of \d+ (?:said|invited)")


@pytest.fixture
def waiting(closed_one: Listening, journey: Journey, lead: Membership) -> Listening:
    """Closed and counted; the team of its round still rates."""
    closed_one.round = Round.objects.create(
        organisation=journey.organisation,
        journey=journey,
        framework_version_id=journey.record.version_id,
        number=1,
        state=Round.State.RATING,
        made_by=lead,
    )
    closed_one.save(update_fields=["round"])
    return closed_one


def opened(listening: Listening) -> Listening:
    Round.objects.update(spread_opened_at=clock.now(), state=Round.State.AGREEING)
    return Listening.objects.select_related("round").get(pk=listening.pk)


def competency(listening: Listening) -> str:
    framework = tree(listening.journey.record.version_id)
    return str(next(each.id for each in framework.competencies if each.code == ABOUT[0]))


def at(listening: Listening, name: str, **more: str) -> str:
    where = {"school": listening.organisation.slug, "listening_id": str(listening.pk), **more}
    return str(reverse(f"voices:{name}", kwargs=where))


def words_of(browser: Client, address: str) -> str:
    """All that an address says, whatever kind of file it is; nothing where it refuses."""
    answer = browser.get(address)
    if answer.status_code in (403, 404):
        return ""
    kind = answer.headers.get("Content-Type", "")
    if "spreadsheet" in kind:
        sheets = load_workbook(BytesIO(answer.content)).worksheets
        return " ".join(
            str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row
        )
    if "pdf" in kind:
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(answer.content)).pages)
    return unescape(answer.content.decode())


Address = Callable[[Listening], str]
PAGES: dict[str, Address] = {
    "results": lambda held: at(held, "results"),
    "one result": lambda held: at(held, "result", competency_id=competency(held)),
    "replies, with drafts": lambda held: at(held, "replies"),
    "a new line, with a draft": lambda held: f"{at(held, 'new-reply')}?competency={ABOUT[0]}",
    "citing": lambda held: at(held, "cite-result", competency=ABOUT[0]),
    "CSV": lambda held: at(held, "answers-csv"),
    "XLSX": lambda held: at(held, "answers-xlsx"),
}


def told(listening: Listening) -> set[str]:
    """Every sentence that a figure says, and every count of it."""
    result = result_in(listening)
    assert result is not None
    return {sentence(each) for each in result.figures if each.is_shown}


def gives_away(text: str, listening: Listening) -> bool:
    """Whether any figure stands in a text, as a sentence or (in files) as a row of counts."""
    return bool(COUNT.search(text)) or any(each in text for each in told(listening))


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_shown_before_the_spread_and_all_of_it_after(
    name: str, waiting: Listening, lead: Membership
) -> None:
    browser, address = client_of(lead), PAGES[name](waiting)
    before = words_of(browser, address)
    assert not gives_away(before, waiting)
    after = words_of(browser, PAGES[name](opened(waiting)))
    assert gives_away(after, waiting), after[:2000]


def test_no_panel_of_the_journey_or_the_record_shows_it_before(
    waiting: Listening, lead: Membership, educator: Membership
) -> None:
    """The panel beside a competency, asked for by everybody who rates."""
    framework = tree(waiting.journey.record.version_id)
    about = next(each for each in framework.competencies if each.code == ABOUT[0])

    def panels(member: Membership) -> str:
        request = RequestFactory().get("/")
        request.seat = seat_of(member)  # type: ignore[attr-defined]
        record = waiting.journey.record
        found = [panel(request, record, about) for panel in at_the_table]  # type: ignore[arg-type]
        return " ".join(unescape(str(each.content)) for each in found if each)

    assert not any(gives_away(panels(each), waiting) for each in (lead, educator))
    opened(waiting)
    assert gives_away(panels(lead), waiting)


def test_nothing_is_written_published_or_printed_of_it_before(waiting: Listening, lead: Membership) -> None:
    browser = client_of(lead)
    for name in ("new-reply", "publish-replies"):
        answer = browser.post(at(waiting, name), {"kind": "will", "heard-en": "31 of 48 said often."})
        assert answer.status_code in (302, 403)
    assert not waiting.replies.exists() and not waiting.reply_editions.exists()
    assert browser.get(at(waiting, "replies-paper")).status_code == 404
    add_reply(
        listening=opened(waiting), kind="will", words={"en": {"heard": "31 of 48 said often."}}, by=lead
    )
    assert "31 of 48 said often." in words_of(browser, at(waiting, "replies-paper"))


def test_words_in_peoples_own_words_wait_as_well(waiting: Listening, lead: Membership) -> None:
    """Also from those who take names and harm out: they may be among those who rate."""
    browser = client_of(lead)
    for name in ("words", "moderate"):
        assert browser.get(at(waiting, name)).status_code == 403
    opened(waiting)
    for name in ("words", "moderate"):
        assert browser.get(at(waiting, name)).status_code == 200
