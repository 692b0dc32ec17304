"""Addresses: those that a browser hands back to us, and those of everything in a list."""

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

_ANY = UUID(int=0)


def addresses(name: str, of: str, **kwargs: object) -> Callable[[UUID], str]:
    """The address of a page for any of the things that it takes as `of`, worked out once for a whole list."""
    start, end = reverse(name, kwargs={of: _ANY, **kwargs}).split(str(_ANY))
    return lambda key: f"{start}{key}{end}"


def local_path(value: str) -> str:
    """`value` when it is a path on this site, else nothing: an address must never lead people elsewhere."""
    safe = url_has_allowed_host_and_scheme(value, allowed_hosts=None)
    return value if value.startswith("/") and safe else ""
