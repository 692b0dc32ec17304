"""Every address says who may open it, and an address of an organisation names the organisation."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from throughline.kit.access import Door, door_of

View = Callable[..., Any]


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, View]]:
    """Every address of the product as written, with its view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def test_every_address_declares_its_door() -> None:
    found = dict(addresses())
    assert len(found) > 10
    assert sorted(route for route, view in found.items() if door_of(view) is None) == []


def test_members_doors_and_addresses_of_an_organisation_go_together() -> None:
    wrong = [
        route for route, view in addresses() if (door_of(view) is Door.MEMBER) != ("<slug:school>" in route)
    ]
    assert wrong == []


def test_no_two_addresses_are_written_alike() -> None:
    routes = [route for route, _view in addresses()]
    assert sorted({route for route in routes if routes.count(route) > 1}) == []
