"""The demo's addresses and one window for all the pages that are only looked at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.addresses import Asker, Found, worth_opening
from tests.browser.asking import ask_world
from tests.browser.looking import Watched, look, new_window, sit_down, storage, strange_cookies, watch
from tests.conftest import Product
from tests.routes import doors

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture(scope="session")
def world(product: Product) -> dict[str, Any]:
    """Ids and sessions of the demo."""
    return ask_world(product, "addresses")


@pytest.fixture(scope="session")
def found_at(product: Product, world: dict[str, Any]) -> Callable[[str], Found]:
    """The pages of an address that are worth opening; looked for once by each process."""
    ask = Asker(product.address, world["sessions"])
    return cache(lambda route: worth_opening(route, doors()[route], world, ask))


@dataclass
class Onlooker:
    """Opens pages as somebody and says what is wrong with them."""

    context: "BrowserContext"
    page: "Page"
    watched: Watched
    address: str
    sessions: dict[str, str]

    def open(self, path: str, persona: str = "", *, status: int = 200) -> "Page":
        """Go there; the answer must be the expected one."""
        sit_down(self.context, self.address, self.sessions[persona] if persona else "")
        answer = self.page.goto(path)
        assert answer
        assert answer.status == status, f"{path} answered {answer.status}"
        return self.page

    def finds_nothing_wrong(self) -> None:
        """The page that is open now has no fault."""
        faults = self.faults()
        if faults:
            pytest.fail(self.page.url + "\n" + "\n".join(faults), pytrace=False)

    def faults(self, *, direction: str = "") -> list[str]:
        """Everything that is wrong with the page that is open now."""
        return [
            *look(self.page, direction=direction),
            *self.watched.taken(),
            *strange_cookies(self.context),
            *storage(self.page),
        ]


@pytest.fixture(scope="session")
def onlooker(chromium_browser: "Browser", product: Product, world: dict[str, Any]) -> "Iterator[Onlooker]":
    """One window for all of them: what differs is who sits in front of it."""
    with new_window(chromium_browser, product.address, viewport={"width": 1280, "height": 800}) as context:
        watched = watch(context, product.address)
        yield Onlooker(context, context.new_page(), watched, product.address, world["sessions"])
