"""Schools of their own for whole stories, and the windows of those who play in them."""

import re
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.asking import ask_world
from tests.browser.looking import new_window, sit_down
from tests.conftest import Product, running_product
from throughline.activity.tests.sink import Sink

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


@dataclass(frozen=True)
class Someone:
    """A person of a school."""

    id: str
    name: str
    email: str
    session: str


@dataclass(frozen=True)
class School:
    """A school that one test has for itself. The first of its people leads it."""

    product: Product
    slug: str
    people: list[Someone]

    @property
    def lead(self) -> Someone:
        return self.people[0]

    def address(self, path: str) -> str:
        """An address in this school."""
        return f"/s/{self.slug}/{path}"


@pytest.fixture
def new_school(product: Product) -> Callable[[str, int], School]:
    """Make a school with a lead and so many others."""

    def make(name: str, members: int) -> School:
        told = ask_world(product, "school", name, str(members))
        return School(product, told["slug"], [Someone(**each) for each in told["people"]])

    return make


@pytest.fixture
def sit(chromium_browser: "Browser", product: Product) -> "Iterator[Callable[..., Page]]":
    """Give somebody a window of their own in which they have signed in."""
    open_windows: list[Any] = []

    def at(someone: Someone | None, **options: Any) -> "Page":
        options.setdefault("viewport", {"width": 1280, "height": 800})
        window = new_window(chromium_browser, product.address, **options)
        context: BrowserContext = window.__enter__()
        open_windows.append(window)
        sit_down(context, product.address, someone.session if someone else "")
        return context.new_page()

    yield at
    for window in reversed(open_windows):
        window.__exit__(None, None, None)


@dataclass(frozen=True)
class Empty:
    """An installation in which nothing has been set up yet, and the mail server that gets its letters."""

    product: Product
    sink: Sink

    def in_a_letter_to(self, address: str, pattern: str) -> str:
        """What a letter to somebody says at this pattern, as soon as the worker has sent it."""
        end = time.monotonic() + 120
        while time.monotonic() < end:
            for letter in list(self.sink.letters):
                text = letter.get_payload(decode=True)
                assert isinstance(text, bytes)
                found = re.search(pattern, text.decode(), re.MULTILINE)
                if found and address in str(letter["To"]):
                    return found[1]
            time.sleep(0.1)
        raise AssertionError(f"no letter to {address} says {pattern}")


@pytest.fixture(scope="module")
def empty() -> Iterator[Empty]:
    """A product without the demo."""
    with (
        Sink() as sink,
        tempfile.TemporaryDirectory(prefix="throughline-empty-") as var,
        running_product(Path(var), THROUGHLINE_MAIL_URL=f"smtp://127.0.0.1:{sink.port}") as running,
    ):
        yield Empty(running, sink)
