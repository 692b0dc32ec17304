"""What a first visit costs, and what comes out of the printer."""

from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.browser.conftest import Onlooker
from tests.browser.looking import new_window, sit_down
from tests.conftest import Product

pytestmark = pytest.mark.browser

MOST = 100_000  # bytes on the wire, everything that the page loads included


def first_view(browser: Browser, product: Product, session: str, path: str) -> dict[str, int]:
    """Bytes that each address cost somebody who has never been here."""
    with new_window(browser, product.address, viewport={"width": 390, "height": 844}) as context:
        sit_down(context, product.address, session)
        page = context.new_page()
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        names: dict[str, str] = {}
        cost: dict[str, int] = {}
        network.on(
            "Network.requestWillBeSent",
            lambda told: names.update({told["requestId"]: told["request"]["url"]}),
        )
        network.on(
            "Network.loadingFinished",
            lambda told: cost.update({names.get(told["requestId"], "?"): int(told["encodedDataLength"])}),
        )
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return cost


@pytest.mark.parametrize("what", ["overview", "rating", "home", "landing"])
def test_a_first_view_is_small(
    what: str, chromium_browser: Browser, product: Product, world: dict[str, Any]
) -> None:
    here = world["schools"]["harbor-bridge"]
    paths = {
        "home": [("lead", "/")],
        "landing": [("", "/")],
        "overview": [("lead", f"/s/harbor-bridge/journeys/{each}/") for each in here["journey_id"][:1]],
        "rating": [("registrar", _rating(world, product))],
    }
    for persona, path in paths[what]:
        session = world["sessions"][persona] if persona else ""
        cost = first_view(chromium_browser, product, session, path)
        assert len(cost) > 3
        assert sum(cost.values()) <= MOST, sorted(cost.items(), key=lambda each: -each[1])[:8]


def _rating(world: dict[str, Any], product: Product) -> str:
    from tests.browser.addresses import Asker, Page

    ask = Asker(product.address, world["sessions"])
    here = world["schools"]["harbor-bridge"]
    for held in here["round_id"]:
        for competency in here["competency_id"]:
            path = f"/s/harbor-bridge/rounds/{held}/rate/{competency}/"
            status, _kind, html = ask.get(Page("registrar", path))
            if status == 200 and 'name="step"' in html:
                return path
    raise AssertionError("nobody rates in the demo")


def test_the_report_on_paper(onlooker: Onlooker, world: dict[str, Any]) -> None:
    page = onlooker.open(f"/s/harbor-bridge/rounds/{world['closed']}/report/", "lead")
    page.emulate_media(media="print", color_scheme="dark")
    shown = page.evaluate(
        """() => [...document.querySelectorAll('nav, button, .button, .site-footer, .you, .skip')]
            .filter(each => each.checkVisibility()).map(each => each.outerHTML.slice(0, 120))"""
    )
    colours = page.evaluate(
        """() => { const style = getComputedStyle(document.querySelector('.report'));
            return [style.color, getComputedStyle(document.body).backgroundColor]; }"""
    )
    wide = page.evaluate("() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
    paper = {size: page.pdf(format=size) for size in ("A4", "Letter")}
    page.emulate_media(media="null")  # as a reader's own: a page that says "screen" prints as on the screen
    assert shown == []
    ink, ground = (sum(int(part) for part in each.strip("rgba()").split(",")[:3]) for each in colours)
    assert ink < 200, f"ink is {colours[0]}"
    assert ground > 600 or colours[1] == "rgba(0, 0, 0, 0)", f"paper is {colours[1]}"
    assert wide <= 0
    assert all(each.startswith(b"%PDF-") and len(each) > 20_000 for each in paper.values())


def test_the_timeline_on_paper_shows_its_picture_on_the_first_page(onlooker: Onlooker) -> None:
    page = onlooker.open("/s/harbor-bridge/plan/timeline/", "lead")
    lane = page.locator("#picture svg text.lane").first.text_content()
    assert lane
    first, second = (
        "".join(each.extract_text().split())  # what is read from a picture is spaced at will
        for each in PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages[:2]
    )
    assert (
        "today" in first and "".join(lane.split()) in first and "Reminders" not in first
    )  # the tabs stay on the screen
    assert "Monthbymonth" in second and "Monthbymonth" not in first
