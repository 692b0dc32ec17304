"""Every address of the product, made from the URLconf, and for each of them the pages worth opening.

An address with ids stands for many pages: a round that is rated looks unlike one that is closed. Each is fetched for
several people and ids, and those are opened that hold an element, a class or an attribute that no other one has.
"""

import re
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import islice, product
from typing import Any

import pytest

from throughline.kit.access import Door

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
MOST = 5  # pages opened for one address
TRIED = 40  # combinations of ids looked at for one person

# Who looks, in which organisation. The first sees most; the others add what looks different for them.
VISITORS = [
    ("lead", "harbor-bridge"),
    ("registrar", "harbor-bridge"),
    ("educator", "harbor-bridge"),
    ("learner", "harbor-bridge"),
    ("outsider", "hillcrest-academy"),
    ("district", "tidewater-district"),
    ("network", "estuary-network"),
]


@dataclass(frozen=True, slots=True)
class Page:
    """An address and the persona who opens it (none: a stranger)."""

    persona: str
    path: str

    def __str__(self) -> str:
        return f"{self.path} ({self.persona or 'stranger'})"


def each_of(chosen: Iterable[str]) -> list[Any]:
    """Addresses as parameters of a test: all tests of one address run in the same process, which knows its pages."""
    return [pytest.param(each, marks=pytest.mark.xdist_group(each), id=each) for each in chosen]


class Shape(HTMLParser):
    """What a page is made of: elements with their classes, roles and states."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        for word in (known.get("class") or "").split() or [""]:
            self.parts.add(f"{tag}.{word}")
        for name in ("type", "role", "aria-current", "disabled", "open", "dir"):
            if name in known:
                self.parts.add(f"{tag}[{name}={known[name]}]")


class Asker:
    """Fetches pages without a browser, as a persona."""

    def __init__(self, address: str, sessions: dict[str, str]) -> None:
        self.address = address
        self.sessions = sessions
        self.opener = urllib.request.build_opener(_Stay())

    def get(self, page: Page) -> tuple[int, str, str]:
        """Status, kind of content and text; a redirect is not followed. What is given out to be kept is no page."""
        asked = urllib.request.Request(self.address + page.path)  # noqa: S310
        if page.persona:
            asked.add_header("Cookie", f"sessionid={self.sessions[page.persona]}")
        try:
            with self.opener.open(asked) as answer:
                text = answer.read().decode(errors="replace")
                kept = answer.headers.get_content_disposition() == "attachment"
                return answer.status, "a file" if kept else answer.headers.get_content_type(), text
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get_content_type(), ""


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Found:
    """What an address answered: the pages worth opening, and every status that was met."""

    pages: list[Page]
    statuses: set[int]
    kinds: set[str]


def worth_opening(route: str, door: Door | None, world: dict[str, Any], ask: Asker) -> Found:
    """The pages of this address that add something to look at."""
    shapes: dict[Page, set[str]] = {}
    statuses: set[int] = set()
    kinds: set[str] = set()
    for page in _candidates(route, door, world):
        status, kind, html = ask.get(page)
        statuses.add(status)
        if status == 405:  # the view takes posts only, whoever asks and for whatever ids
            break
        if status == 200:
            kinds.add(kind)
        if status == 200 and kind == "text/html":
            shapes[page] = Shape(html).parts
    return Found(_fewest(shapes), statuses, kinds)


def _fewest(shapes: dict[Page, set[str]]) -> list[Page]:
    """A few pages that together show every part: always the one that adds most."""
    chosen: list[Page] = []
    left: set[str] = set().union(*shapes.values())
    while left and len(chosen) < MOST:
        best = max(shapes, key=lambda page: len(shapes[page] & left))
        chosen.append(best)
        left -= shapes[best]
    return chosen


def _candidates(route: str, door: Door | None, world: dict[str, Any]) -> Iterator[Page]:
    names = [name for name in PARAMETER.findall(route) if name != "school"]
    if door is not Door.MEMBER:
        if set(names) <= set(world["open"]):
            for filled in _fillings(names, world["open"]):
                yield from (Page(persona, _filled(route, filled)) for persona in ("", "lead", "network"))
        return
    for persona, school in VISITORS:
        ids = world["schools"][school]
        assert set(names) <= set(ids), f"tests/browser/world.py has nothing for {names}"
        for filled in _fillings(names, ids):
            yield Page(persona, _filled(route, filled | {"school": school}))


def _fillings(names: list[str], ids: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    """What may stand in an address for its parameters, a few of the combinations."""
    for values in islice(product(*(ids[name] for name in names)), TRIED):
        yield dict(zip(names, values, strict=True))


def _filled(route: str, values: dict[str, str]) -> str:
    return "/" + PARAMETER.sub(lambda found: values[found.group(1)], route)
