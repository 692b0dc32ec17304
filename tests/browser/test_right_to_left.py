"""Key pages with everything the other way round, as for a reader of Arabic: nothing breaks, nothing sticks out."""

from collections.abc import Callable

import pytest

from tests.browser.addresses import Found, each_of
from tests.browser.conftest import Onlooker

pytestmark = pytest.mark.browser

PAGES = [
    "",
    "account/login/",
    "s/<slug:school>/",
    "s/<slug:school>/people/",
    "s/<slug:school>/journeys/<uuid:journey_id>/",
    "s/<slug:school>/journeys/<uuid:journey_id>/team/",
    "s/<slug:school>/rounds/<uuid:round_id>/",
    "s/<slug:school>/rounds/<uuid:round_id>/rate/<uuid:competency_id>/",
    "s/<slug:school>/rounds/<uuid:round_id>/spread/",
    "s/<slug:school>/rounds/<uuid:round_id>/agree/<uuid:competency_id>/",
    "s/<slug:school>/rounds/<uuid:round_id>/report/",
    "s/<slug:school>/records/<uuid:record_id>/profile/",
    "s/<slug:school>/records/<uuid:record_id>/evidence/",
]
# Where the beginning of a line lies: the header's brand and the first words of the page.
BEGINS = """() => ['.brand', 'main h1'].map(each => document.querySelector(each)).filter(Boolean).map(each => {
  const words = document.createRange();
  words.selectNodeContents(each);
  const box = words.getBoundingClientRect();
  return [box.left, innerWidth - box.right];
})"""


@pytest.mark.parametrize("route", each_of(PAGES))
def test_the_other_way_round(route: str, found_at: Callable[[str], Found], onlooker: Onlooker) -> None:
    page = found_at(route).pages[0]
    onlooker.open(page.path, page.persona)
    ltr = onlooker.page.evaluate(BEGINS)
    faults = onlooker.faults(direction="rtl")
    rtl = onlooker.page.evaluate(BEGINS)
    assert faults == []
    assert ltr
    for (left, _right), (_left, right) in zip(ltr, rtl, strict=True):
        assert abs(left - right) < 3, "the page is not mirrored"
