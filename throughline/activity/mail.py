"""Whether letters leave this installation at all. Where they do not, pages promise none and offer links to hand over."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

# Backends that write letters down somewhere instead of sending them.
_GOING_NOWHERE = ("console", "dummy", "filebased")


def letters_go_out() -> bool:
    """Whether a mail server is set."""
    return not settings.EMAIL_BACKEND.startswith(
        tuple(f"django.core.mail.backends.{name}." for name in _GOING_NOWHERE)
    )


def mail_context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `letters_go_out`."""
    return {"letters_go_out": letters_go_out()}
