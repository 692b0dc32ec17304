"""What this room adds to the page header."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from throughline.schools.policy import may_read_log
from throughline.schools.tenant import Seat


def _seat(request: HttpRequest) -> Seat | None:
    return getattr(request, "seat", None)


def log_address(request: HttpRequest) -> str | None:
    """Who did what when, for those who may read it."""
    seat = _seat(request)
    if seat is None or not may_read_log(seat.membership):
        return None
    return reverse("schools:log", kwargs={"school": seat.organisation.slug})


def demo_address(request: HttpRequest) -> str | None:
    """In the demo: the page on which one becomes somebody else."""
    return reverse("home:demo") if settings.DEMO else None
