"""What respondents see, on a phone: small, without fault in both directions, and a tablet that forgets by itself."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.asking import ask_world
from tests.browser.looking import look, new_window, storage, strange_cookies, watch
from tests.browser.test_weight_and_paper import first_view
from tests.conftest import Product

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
MOST = 50_000  # bytes in all, as they are before they are packed for the way


@pytest.fixture(scope="module")
def asked(product: Product) -> dict[str, Any]:
    """An open listening: families by link, learners by code, a tablet for families."""
    school = ask_world(product, "school", "Elm Street", "0")
    return ask_world(product, "listening", school["slug"])


@pytest.fixture
def page(chromium_browser: Browser, product: Product, asked: dict[str, Any]) -> Iterator[Page]:
    """A phone on which families have begun."""
    with new_window(chromium_browser, product.address, viewport=PHONE) as context:
        watched = watch(context, product.address)
        opened = context.new_page()
        opened.goto(f"/v/{asked['family']}/?in=en")
        opened.get_by_role("button", name="Begin").click()
        yield opened
        assert [*watched.taken(), *strange_cookies(context), *storage(opened)] == []


@pytest.mark.parametrize("direction", ["", "rtl"])
def test_no_page_has_a_fault(page: Page, direction: str) -> None:
    faults = list(look(page, direction=direction))
    while page.get_by_role("button", name="Hand in").count() == 0:
        page.get_by_role("button", name="Next").click()
        faults += look(page, direction=direction)
    page.get_by_role("button", name="Hand in").click()  # nothing is answered: it says so
    expect(page.get_by_role("alert")).to_be_visible()
    faults += look(page, direction=direction)
    page.get_by_role("link", name="Stop and delete").click()
    faults += look(page, direction=direction)
    page.get_by_role("link", name="Keep it").click()
    expect(page.get_by_role("heading", name="You have begun")).to_be_visible()
    faults += look(page, direction=direction)
    page.get_by_role("link", name="Go on").click()
    page.get_by_role("radio").first.check()
    while page.get_by_role("button", name="Hand in").count() == 0:
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert [*faults, *look(page, direction=direction)] == []


@pytest.mark.parametrize("who", ["family", "learner"])
def test_a_first_view_is_small(
    who: str, chromium_browser: Browser, product: Product, asked: dict[str, Any]
) -> None:
    cost = first_view(chromium_browser, product, "", f"/v/{asked[who]}/?in=es")
    assert len(cost) == 3
    assert not [each for each in cost if each.endswith(".js")]
    with new_window(chromium_browser, product.address, viewport=PHONE) as context:
        opened, sizes = context.new_page(), []
        opened.on("response", lambda told: sizes.append(len(told.body())))
        opened.goto(f"/v/{asked['family']}/?in=es")
        opened.get_by_role("button", name="Empezar").click()
        expect(opened.get_by_role("radio").first).to_be_visible()
        assert sum(sizes) < MOST, sizes  # the first page and the first questions together


def test_a_tablet_forgets_by_itself(
    chromium_browser: Browser, product: Product, asked: dict[str, Any]
) -> None:
    with new_window(chromium_browser, product.address) as context:
        tablet = context.new_page()
        tablet.clock.install()
        tablet.goto(f"/v/{asked['family']}/kiosk/{asked['kiosk']}")
        assert asked["kiosk"] not in tablet.url
        tablet.get_by_role("button", name="Begin").click()
        tablet.get_by_role("radio").first.check()
        assert list(look(tablet)) == []
        tablet.clock.run_for(121_000)
        expect(tablet.get_by_role("dialog")).to_be_visible()
        tablet.get_by_role("button", name="I am still here").click()
        expect(tablet.get_by_role("dialog")).to_be_hidden()
        expect(tablet.get_by_role("radio").first).to_be_checked()
        tablet.clock.run_for(121_000)
        expect(tablet.get_by_role("dialog")).to_be_visible()
        tablet.clock.run_for(31_000)
        expect(tablet.get_by_role("button", name="Begin")).to_be_visible()
        tablet.go_back()
        expect(tablet.get_by_role("radio")).to_have_count(0)
        tablet.goto(f"/v/{asked['family']}/?in=en")
        tablet.get_by_role("button", name="Begin").click()
        expect(tablet.locator("input:checked")).to_have_count(0)
        tablet.get_by_role("radio").first.check()
        while tablet.get_by_role("button", name="Hand in").count() == 0:
            tablet.get_by_role("button", name="Next", exact=True).click()
        tablet.get_by_role("button", name="Hand in").click()
        expect(tablet.get_by_role("heading", name="Thank you")).to_be_visible()
        tablet.clock.run_for(13_000)
        expect(tablet).to_have_url(re.compile(rf"/v/{asked['family']}/\?in=en$"))


def test_every_question_on_paper(chromium_browser: Browser, product: Product, asked: dict[str, Any]) -> None:
    with new_window(chromium_browser, product.address) as context:
        opened = context.new_page()
        opened.goto(f"/v/{asked['family']}/questions/?in=es")
        assert list(look(opened)) == []
        opened.emulate_media(media="print", color_scheme="dark")
        shown = opened.locator("nav, button, .button, .skip, .no-print").locator("visible=true")
        assert shown.count() == 0
        assert len(opened.pdf(format="Letter")) > 5_000
