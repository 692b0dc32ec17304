"""What somebody sent and we could not save goes back to them, on the page that says so.

The page asks neither the database nor the session: both may be what does not work.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.middleware.csrf import get_token

SECRET = "pass"  # noqa: S105  (part of the names of fields that are never shown)
TOKENS = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True, slots=True)
class Rescued:
    """What was typed, to copy, and all that was sent, to send it again."""

    action: str
    token: str
    fields: list[tuple[str, str]]
    words: list[str]
    files: list[str]


def rescued(request: HttpRequest) -> Rescued | None:
    """What a form sent, as far as it arrived; nothing for a page that was only looked at."""
    if request.method != "POST":
        return None
    try:
        sent = [(name, str(value)) for name, values in request.POST.lists() for value in values]
        files = [str(each.name) for _name, brought in request.FILES.lists() for each in brought]
    except Exception:  # it did not arrive whole; whatever is wrong with it, the page must be drawn
        return None
    fields = [(name, value) for name, value in sent if name not in TOKENS and SECRET not in name.lower()]
    if not fields:
        return None
    words = [value for name, value in fields if not name.startswith("_") and " " in value.strip()]
    files += getattr(request, "files_without_room", [])
    return Rescued(request.get_full_path(), get_token(request), fields, words, files)
