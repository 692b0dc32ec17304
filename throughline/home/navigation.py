"""What this room adds to the page header."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def demo_address(request: HttpRequest) -> str | None:
    """In the demo: the page on which one goes on as another person."""
    return reverse("home:demo") if settings.DEMO else None
