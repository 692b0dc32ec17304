"""Answers that stay open: what happens later is told on the same line (server-sent events).

A view answers with a `Stream` as with any page; the server (`config/asgi.py`) sends what it begins with and then what
`follow` yields, until whoever listens leaves. Another server, which knows nothing of it, ends after the beginning; a browser
then asks again after the pause that the beginning tells it.
"""

from collections.abc import AsyncIterator, Callable
from typing import TypeVar

from django.http import StreamingHttpResponse

Result = TypeVar("Result")


class Run:
    """How what follows does synchronous work, such as asking the database: as a page would, with no other page between."""

    def __call__(self, work: Callable[[], Result]) -> Result:
        """Do it now."""
        raise NotImplementedError


Follow = Callable[[Run], AsyncIterator[bytes]]
PAUSE = b"retry: 1000\n\n"


class Stream(StreamingHttpResponse):
    """`first` is sent at once; `follow` is an asynchronous generator of what comes after it."""

    def __init__(self, first: bytes, follow: Follow) -> None:
        self.first = PAUSE + first
        self.follow = follow
        super().__init__([self.first], content_type="text/event-stream")
        self.headers["Cache-Control"] = "no-store"
        self.headers["X-Accel-Buffering"] = "no"  # nginx and its like pass each line on at once


def event(name: str, data: str, number: int | None = None) -> bytes:
    """One message. `number` is what a browser that comes back says it has seen last."""
    told = f"id: {number}\n" if number is not None else ""
    return f"{told}event: {name}\ndata: {data}\n\n".encode()


ALIVE = b":\n\n"
