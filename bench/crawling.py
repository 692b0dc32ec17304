"""Every page of a running server, as people find it: by following links, then by putting what was met into other addresses."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, product
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from bench.asking import Asker

TRIED = 4  # addresses of a route that one person tries where no link leads
LINK = re.compile(rb'<a\b[^>]*\bhref="([^"]*)"')
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass
class Crawl:
    """What several people can open, each page once: the kind of content by who asks and address."""

    askers: list[Asker]
    opened: dict[tuple[int, str], str] = field(default_factory=dict)
    routes: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)  # routes that are only for forms

    def walk(self) -> None:
        """Everybody follows links, opening one address of a route; then they try the routes that no link led to."""
        people = [Walk(self, number) for number in range(len(self.askers))]
        for each in people:
            each.follow("/")
        for route in [each for each in routes() if each not in self.routes]:
            for each in people:
                if route not in self.routes | self.refused:
                    each.follow(*islice(each.filled(route), TRIED))


@dataclass
class Walk:
    """The way of one person. `met` is what stands in addresses, by its name there."""

    crawl: Crawl
    number: int
    met: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    seen: set[str] = field(default_factory=set)
    routes: set[str] = field(default_factory=set)

    def follow(self, *starts: str) -> None:
        """Open these and what they lead to."""
        waiting = deque(starts)
        while waiting:
            address = waiting.popleft()
            try:
                place = resolve(urlsplit(address).path)
            except Resolver404:
                continue
            for name, value in place.kwargs.items():
                self.met[name][str(value)] = None
            if address not in self.seen and place.route not in self.routes | self.crawl.refused:
                self.seen.add(address)
                waiting.extend(self._links(place.route, address))

    def _links(self, route: str, address: str) -> list[str]:
        answer = self.crawl.askers[self.number].get(address)
        if answer.status == 405:
            self.crawl.refused.add(route)
        if answer.status != 200:
            return []
        self.crawl.opened[self.number, address] = answer.kind
        self.crawl.routes.add(route)
        self.routes.add(route)
        found = LINK.findall(answer.content) if answer.kind == "text/html" else []
        there = (urljoin(address, href.decode().replace("&amp;", "&")).partition("#")[0] for href in found)
        return [each for each in there if each.startswith("/")]

    def filled(self, route: str) -> Iterator[str]:
        """Addresses of this route with what was met elsewhere."""
        names = PARAMETER.findall(route)
        for values in product(*(self.met[name] for name in names)):
            filled = dict(zip(names, values, strict=True))
            yield "/" + PARAMETER.sub(lambda found, filled=filled: filled[found[1]], route)  # type: ignore[misc]


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address as the product writes it."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        elif isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
