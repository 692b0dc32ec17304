"""Putting a framework in order with a keyboard alone, with scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import look, new_window, sit_down, watch
from tests.journeys.conftest import School

pytestmark = pytest.mark.browser


def copied(page: Page, school: School) -> None:
    """A copy of the framework that ships, begun from its page."""
    page.goto(school.address("frameworks/"))
    page.get_by_role("link", name="Journeys to Mastery Learning").first.click()
    page.get_by_role("button", name="Make our own copy").click()
    expect(page.get_by_text("Framework draft")).to_be_visible()


def order(page: Page) -> list[str]:
    return page.locator(".draft-rows a.title").all_text_contents()[:5]


def press_down(page: Page, name: str) -> None:
    """Enter on the button that moves something down, and wait until it has moved."""
    button = page.get_by_role("button", name=f"Move down: {name}")
    button.focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_focus_stays_on_what_is_moved(
    scripts: bool, chromium_browser: Browser, new_school: Callable[[str, int], School]
) -> None:
    school = new_school("Order School", 0)
    with new_window(chromium_browser, school.product.address, java_script_enabled=scripts) as context:
        sit_down(context, school.product.address, school.lead.session)
        watched = watch(context, school.product.address)
        page = context.new_page()
        copied(page, school)
        first, second, third, *_rest = order(page)
        press_down(page, first)
        expect(page.locator(".draft-rows a.title").nth(1)).to_have_text(first)
        focused = page.locator(":focus")
        expect(focused).to_have_attribute("aria-label", f"Move down: {first}")
        page.keyboard.press("Enter")
        expect(page.locator(".draft-rows a.title").nth(2)).to_have_text(first)
        assert order(page)[:3] == [second, third, first]
        expect(page.locator(":focus")).to_have_attribute("aria-label", f"Move down: {first}")
        said = page.get_by_role("status").filter(has_text="is now number 3 of 5")
        expect(said.first).to_be_attached()
        if scripts:
            assert [*look(page), *watched.taken()] == []
