"""Somebody opens a consultation on a phone, without an account, and says something about a paragraph."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Onlooker

pytestmark = pytest.mark.browser


def test_a_link_on_a_phone(onlooker: Onlooker, world: dict[str, Any]) -> None:
    token = world["consultation"]
    page = onlooker.page
    page.set_viewport_size({"width": 360, "height": 740})
    onlooker.open(f"/say/{token}")
    assert token not in page.url and "/consultation/" in page.url
    onlooker.finds_nothing_wrong()
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator('a[href*="/comment/"]').first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    onlooker.finds_nothing_wrong()


def test_a_link_that_is_not_open(onlooker: Onlooker) -> None:
    onlooker.open(f"/say/{'x' * 43}", status=404)
    onlooker.finds_nothing_wrong()
