"""The first page of an empty installation in a real browser: it says what this is for, and proposes where the school is."""

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.looking import look, new_window
from tests.journeys.conftest import Empty

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("zone", "proposed"),
    [
        ("America/Chicago", "Chicago, United States · Central Time"),
        ("Asia/Calcutta", "Kolkata, India · India Time"),
    ],
)
def test_the_browser_proposes_where_the_school_is(
    chromium_browser: "Browser", empty: Empty, zone: str, proposed: str
) -> None:
    with new_window(chromium_browser, empty.product.address, timezone_id=zone) as window:
        page = window.new_page()
        page.goto("/")
        field = page.get_by_label("Where is it?")
        assert field.input_value() == proposed
        note = page.get_by_text("Suggested by your browser")
        assert note.is_visible()
        field.fill("Ohio")
        assert not note.is_visible()


def test_the_first_page_says_what_it_is_for_how_long_it_takes_and_what_comes_out(
    chromium_browser: "Browser", empty: Empty
) -> None:
    with new_window(chromium_browser, empty.product.address) as window:
        page = window.new_page()
        page.goto("/")
        words = " ".join(page.locator("main").inner_text().split())
        for needed in (
            "learners move on when they can show what they’ve learned",
            "About 40 minutes",
            "About 90 minutes",
            "What you’ll have at the end",
        ):
            assert needed in words
        assert list(look(page)) == []
        page.get_by_role("link", name=re.compile("New to mastery learning")).click()
        assert "How long it takes" in page.locator("main").inner_text()
