"""Every view says who may open it; `tests/architecture` fails on one that does not.

The rule here is the outer door only (signed in? a member of the organization in the address?).
What a member may see and do inside is decided by the room's `queries` and `policy`.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe

View = TypeVar("View", bound=Callable[..., Any])


class Door(StrEnum):
    """Who may knock at a view."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed-in"
    MEMBER = "member"
    LINK_HOLDER = "link-holder"


def open_to(door: Door) -> Callable[[View], View]:
    """Declare the outer door of a view. Checking it is the work of the decorator that the room uses."""

    def mark(view: View) -> View:
        view.door = door  # type: ignore[attr-defined]
        return view

    return mark


def door_of(view: Callable[..., Any]) -> Door | None:
    """The declared door of a view, or None when nobody declared one."""
    return getattr(view, "door", None)


def for_everyone(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page that anyone may read and keep: an unchanged one is answered with 304."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            # one address, several languages and themes: whoever keeps it asks again
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return open_to(Door.EVERYONE)(require_safe(conditional_page(kept)))
