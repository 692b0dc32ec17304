"""A board member opens a link on a phone; and the whole way from a closed round to that link, as a lead goes it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Onlooker

pytestmark = pytest.mark.browser


def test_a_link_on_a_phone(onlooker: Onlooker, world: dict[str, Any]) -> None:
    token = world["links"]["open"]
    page = onlooker.page
    page.set_viewport_size({"width": 360, "height": 740})
    onlooker.open(f"/l/{token}")
    assert token not in page.url and "/shared/" in page.url
    expect(page.get_by_role("heading", level=1)).to_contain_text("Where we stood on")
    region = page.locator(".table-region").first
    assert region.evaluate("each => each.scrollWidth <= each.clientWidth"), "the standing is out of sight"
    onlooker.finds_nothing_wrong()
    page.set_viewport_size({"width": 360, "height": 740})
    page.reload()
    expect(page.get_by_role("link", name="PDF, A4")).to_be_visible()


def test_a_link_with_a_passcode(onlooker: Onlooker, world: dict[str, Any]) -> None:
    page = onlooker.open(f"/l/{world['links']['coded']}")
    onlooker.finds_nothing_wrong()
    page.get_by_label("Passcode").fill("not this one")
    with page.expect_navigation():
        page.get_by_role("button", name="Open").click()
    assert page.locator(".field.wrong").count()
    onlooker.finds_nothing_wrong()
    page.get_by_label("Passcode").fill("tide and bridge")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Where we stood on")


def test_links_that_are_not_open(onlooker: Onlooker, world: dict[str, Any]) -> None:
    for token in (world["links"]["gone"], "x" * 43):
        page = onlooker.open(f"/l/{token}", status=404)
        expect(page.get_by_role("heading", level=1)).to_have_text("This link is not open")
        onlooker.finds_nothing_wrong()


def test_from_a_closed_round_to_a_link(onlooker: Onlooker, world: dict[str, Any]) -> None:
    page = onlooker.open(f"/s/harbor-bridge/rounds/{world['closed']}/", "lead")
    page.get_by_role("link", name="Share", exact=True).click()
    page.locator("label.step-card", has_text="Anyone with the link").click()
    page.get_by_role("button", name="Preview what they will see").click()
    assert page.locator(".field.wrong").count()
    onlooker.finds_nothing_wrong()
    page.locator("input[name=ends_on]").fill("2198-01-01")
    page.locator("input[name=ends_on]").evaluate(
        "each => { each.value = new Date(Date.now() + 864e5 * 20).toISOString().slice(0, 10) }"
    )
    page.get_by_role("button", name="Preview what they will see").click()
    expect(page.get_by_text("This is what anyone with the link will see")).to_be_visible()
    onlooker.finds_nothing_wrong()
    page.get_by_role("button", name="Make the link").click()
    link = page.get_by_role("textbox", name="The link").input_value()
    onlooker.finds_nothing_wrong()
    onlooker.open(link.split("/", 3)[3].join(("/", "")))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Where we stood on")
