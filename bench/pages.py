"""The pages that are measured, by the state in which a round must be for them."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from bench.building import School
from bench.cost import Cost, measure
from throughline.journeys.models import Rating
from throughline.testing import client_of

TRIVIAL = "trivial page"


@dataclass(frozen=True, slots=True)
class Page:
    """An address of a school's round and what it must answer."""

    name: str
    address: str
    data: dict[str, str] | None = None
    status: int = 200
    undo: Callable[[], object] = lambda: None


def while_rating(school: School) -> Iterator[Page]:
    """Pages while everyone rates alone."""
    one = rate_one(school, school.items()[-1].competency_id)
    yield Page("my home", "/")
    yield Page("journeys", school.address("journeys/"))
    yield Page("round, rating", round_(school))
    yield Page("rate: the list", round_(school, "rate/"))
    yield Page("rate: one competency", one)
    said = {"step": "3", "confidence": "very", "comment": "I saw it in two classes."}
    mine = Rating.objects.filter(rater__membership=school.reader, item=school.items()[-1])
    yield Page("rate: save one", one, said, 302, mine.delete)


def while_agreeing(school: School) -> Iterator[Page]:
    """Pages of the meeting; half of the competencies are settled."""
    held = school.held
    item = next(each for each in school.items() if each.state == "open")
    held.talking_about = item.competency_id
    held.save(update_fields=["talking_about"])
    yield Page("round, agreeing", round_(school))
    yield Page("spread", round_(school, "spread/"))
    yield Page("agree", round_(school, f"agree/{item.competency_id}/"))
    yield Page("agree together", round_(school, "agree-together/"))
    yield Page("follow: poll, changed", round_(school, "follow/state/?seen=0"))
    yield Page("follow: poll, nothing new", round_(school, f"follow/state/?seen={held.version}"), status=204)


def when_closed(school: School) -> Iterator[Page]:
    """Pages of a journey whose rounds are all closed: the first page has most to show then."""
    record = school.address(f"records/{school.place.journey.record_id}/")
    yield Page("overview", school.address(f"journeys/{school.place.journey.id}/"))
    yield Page("story", school.address(f"journeys/{school.place.journey.id}/story/"))
    yield Page("round, closed", round_(school))
    for name, words in (("report", "report"), ("report-pdf", "report as PDF")):
        with suppress(NoReverseMatch):
            yield Page(
                words,
                reverse(
                    f"journeys:{name}",
                    kwargs={"school": school.seat.organisation.slug, "round_id": school.held.id},
                ),
            )
    yield Page("profile", f"{record}profile/")
    yield Page("competency", f"{record}competencies/{school.words.competencies[0].id}/")
    yield Page("evidence", f"{record}evidence/")


def round_(school: School, rest: str = "") -> str:
    """An address of the round that is going on."""
    return school.address(f"rounds/{school.held.id}/{rest}")


def rate_one(school: School, competency_id: object) -> str:
    """Where one competency is rated."""
    return round_(school, f"rate/{competency_id}/")


def measure_pages(school: School, pages: Iterator[Page], seconds: float) -> dict[str, Cost]:
    """Each page as the reader asks for it."""
    client = client_of(school.reader)
    return {
        page.name: measure(lambda page=page: _ask(client, page), undo=page.undo, seconds=seconds)  # type: ignore[misc]
        for page in pages
    }


def measure_trivial(school: School, seconds: float) -> Cost:
    """The page that everything is compared with."""
    client = client_of(school.reader)
    return measure(lambda: _ask(client, Page(TRIVIAL, "/bench/trivial/")), most=200, seconds=seconds)


def _ask(client: Client, page: Page) -> None:
    response = client.get(page.address) if page.data is None else client.post(page.address, page.data)
    assert isinstance(response, HttpResponse) or response.streaming
    assert response.status_code == page.status, f"{page.name}: {response.status_code}"
