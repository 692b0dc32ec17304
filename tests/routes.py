"""Every address of the product, made from the URLconf."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from throughline.kit.access import Door, door_of

View = Callable[..., Any]


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, View]]:
    """Each address as it is written, with its view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def doors() -> dict[str, Door | None]:
    """Each address with its door."""
    return {route: door_of(view) for route, view in routes()}
