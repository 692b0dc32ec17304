"""The living style page at `/ui/`: each room registers its own pieces when it starts (`apps.py`, `ready`)."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import slugify

Context = Callable[[], dict[str, Any]]


class Exhibit(NamedTuple):
    """A piece on show: its name and how it is drawn."""

    title: str | Promise
    template: str
    context: Context | None


_shown: dict[tuple[str, str], Exhibit] = {}


def register(title: str | Promise, template: str, context_fn: Context | None = None) -> None:
    """Show `template` at `/ui/` under `title`; `context_fn` makes its context from nothing (no database)."""
    _shown[(template, context_fn.__name__ if context_fn else "")] = Exhibit(title, template, context_fn)


def exhibits(request: HttpRequest) -> list[tuple[str, str, SafeString]]:
    """(name for the address, title, HTML) of every piece."""
    return [
        (
            slugify(str(one.title)),
            str(one.title),
            render_to_string(one.template, one.context() if one.context else {}, request),
        )
        for one in _shown.values()
    ]
