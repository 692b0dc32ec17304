"""The links of a letter on a phone, without an account: is it done, and no more letters."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Onlooker

pytestmark = pytest.mark.browser


def test_from_a_letter_to_done(onlooker: Onlooker, world: dict[str, Any]) -> None:
    token = world["letter"]["done"]
    page = onlooker.page
    page.set_viewport_size({"width": 360, "height": 740})
    onlooker.open(f"/did/{token}")
    assert token not in page.url
    expect(page.get_by_role("main")).to_contain_text("Ask the families what they heard")
    onlooker.finds_nothing_wrong()
    page.get_by_role("button", name="Yes, mark it as done").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Marked as done")
    onlooker.finds_nothing_wrong()


def test_from_a_letter_to_no_more_letters(onlooker: Onlooker, world: dict[str, Any]) -> None:
    page = onlooker.open(f"/no-mail/{world['letter']['stop']}")
    onlooker.finds_nothing_wrong()
    page.get_by_role("button", name="Stop these emails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("No more reminders")
    onlooker.finds_nothing_wrong()


def test_links_that_are_not_open(onlooker: Onlooker) -> None:
    for there in (f"/did/{'x' * 43}", f"/no-mail/{'x' * 96}"):
        onlooker.open(there, status=404)
        onlooker.finds_nothing_wrong()
