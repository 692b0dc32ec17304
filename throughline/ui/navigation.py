"""The page header's links: each room adds its own when it starts (`apps.py`, `ready`)."""

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from throughline.kit.registry import Registry
from throughline.ui.pieces import NOTHING, nav_link


class Entry(NamedTuple):
    """One link: where it stands, its words, and its address for a request (None: not for this page or person)."""

    order: int
    text: str | Promise
    address: Callable[[HttpRequest], str | None]


_entries: list[Entry] = []
_open: list[tuple[str | Promise, Callable[[], str]]] = []
_helpers: list[Callable[[str], str]] = []


def register_help(address: Callable[[str], str]) -> None:
    """Say where help stands: a function from the name of an address (`room:name`) to that of the page explaining it."""
    _helpers[:] = [address]


_strips = Registry[Callable[[HttpRequest], SafeString]]()
register_strip = _strips.add  # something that may stand at the top of any page, in its flow


def strips(request: HttpRequest | None) -> SafeString:
    """What stands at the top of this page."""
    if request is None:
        return NOTHING
    return format_html_join("", "{}", ((strip(request),) for strip in _strips))


def help_address(request: HttpRequest | None) -> str:
    """Where the page of this request is explained; nothing for a request that met no page."""
    met = request.resolver_match if request is not None else None
    return _helpers[0](met.view_name) if met is not None and _helpers else ""


def register(order: int, text: str | Promise, address: Callable[[HttpRequest], str | None]) -> None:
    """Add a link to the page header; `text` is lazy gettext. It is current below its own address."""
    if not any(entry.order == order and str(entry.text) == str(text) for entry in _entries):
        _entries.append(Entry(order, text, address))
        _entries.sort(key=lambda entry: entry.order)


def links(request: HttpRequest | None) -> SafeString:
    """The links for this request."""
    if request is None:
        return NOTHING
    found = ((entry.address(request), entry.text) for entry in _entries)
    return format_html_join(
        "", "{}", ((nav_link(url, text, request.path.startswith(url)),) for url, text in found if url)
    )


def register_open(text: str | Promise, address: Callable[[], str]) -> None:
    """Add a link for people who have not signed in; `text` is lazy gettext."""
    if not any(str(known) == str(text) for known, _address in _open):
        _open.append((text, address))


def open_links() -> SafeString:
    """The links for people who have not signed in."""
    return format_html_join(
        "", '<a class="nowrap" href="{}">{}</a>', ((address(), text) for text, address in _open)
    )
