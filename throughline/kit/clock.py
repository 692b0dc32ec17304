"""The one place that says what time it is, so that a demo or a test can stand at another date."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_standing_at: ContextVar[datetime | None] = ContextVar("standing_at", default=None)


def now() -> datetime:
    """The present moment, in UTC and aware."""
    return _standing_at.get() or timezone.now()


def today() -> date:
    """The present date in the time zone of the request (or UTC)."""
    return timezone.localdate(now())


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Everything inside happens at `moment` (an aware datetime)."""
    token = _standing_at.set(moment)
    try:
        yield
    finally:
        _standing_at.reset(token)
