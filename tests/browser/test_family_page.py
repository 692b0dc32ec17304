"""The page for families on a small phone without script: it follows the plan in every language, and takes a question."""

import time
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.asking import ask_world
from tests.browser.conftest import Onlooker
from tests.browser.looking import look, new_window
from tests.browser.test_weight_and_paper import MOST, first_view
from tests.conftest import Product

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def family_page(product: Product) -> dict[str, Any]:
    """A page in English, Spanish and Arabic; its one entry is due on March 3."""
    school = ask_world(product, "school", "Oak Hill", "0")
    return ask_world(product, "family page", school["slug"], "2031-03-03")


def faults(page: Page) -> list[str]:
    """What is wrong; the whole of a page in Arabic need not be isolated from it."""
    whole = page.locator("html").get_attribute("lang") == "ar"
    return [each for each in look(page) if not (whole and each.startswith("not in <bdi>"))]


def test_it_follows_a_changed_date_in_two_languages_without_script(
    chromium_browser: Browser, product: Product, family_page: dict[str, Any]
) -> None:
    path = family_page["path"]
    with new_window(chromium_browser, product.address, viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(path)
        expect(page.get_by_text("by March 3, 2031")).to_be_visible()
        page.get_by_role("link", name="Español").click()
        expect(page.get_by_role("heading", name="Los exámenes se pueden repetir")).to_be_visible()
        expect(page.get_by_text("3 de marzo de 2031")).to_be_visible()
        assert page.locator("html").get_attribute("lang") == "es"
        ask_world(product, "action on", family_page["action"], "2031-09-15")
        time.sleep(1.2)  # what is kept is kept for a second
        page.reload()
        expect(page.get_by_text("15 de septiembre de 2031")).to_be_visible()
        page.get_by_role("link", name="English").click()
        expect(page.get_by_text("by September 15, 2031")).to_be_visible()
        assert page.get_by_text("Inside words").count() == 0


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_it_has_no_fault_in_any_direction(
    language: str, chromium_browser: Browser, product: Product, family_page: dict[str, Any]
) -> None:
    with new_window(chromium_browser, product.address, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{family_page['path']}?in={language}")
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        assert faults(page) == []


def test_it_is_small(chromium_browser: Browser, product: Product, family_page: dict[str, Any]) -> None:
    cost = first_view(chromium_browser, product, "", family_page["path"])
    assert not [each for each in cost if each.endswith(".js")]
    assert sum(cost.values()) <= MOST, cost


def test_a_question_is_asked_without_script(
    chromium_browser: Browser, product: Product, family_page: dict[str, Any]
) -> None:
    with new_window(chromium_browser, product.address, viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{family_page['path']}?in=es")
        page.locator('a.button[href*="/ask/"]').click()
        page.get_by_role("textbox").fill("¿Y las notas?")
        page.locator('button[type="submit"], .form button').first.click()
        expect(page.get_by_role("status")).to_be_visible()
        page.locator('a.button[href*="/families/"]').click()
        assert page.get_by_text("¿Y las notas?").count() == 0


def test_a_link_on_a_phone(onlooker: Onlooker, world: dict[str, Any]) -> None:
    token = world["families"]
    onlooker.page.set_viewport_size({"width": 360, "height": 740})
    onlooker.open(f"/to-families/{token}")
    assert token not in onlooker.page.url and "/for-families/" in onlooker.page.url
    onlooker.finds_nothing_wrong()
    onlooker.page.locator('a.button[href*="/ask/"]').click()
    onlooker.finds_nothing_wrong()
