"""What a result offers: to say what follows from it."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.schools.tenant import MemberRequest
from throughline.voices.policy import Part, may_write_replies

_WORDS = _("Say what follows")


def say_what_follows(request: MemberRequest, part: Part, competency: str) -> tuple[str, str | Promise] | None:
    """A link to a new line about it, with what was heard as a draft, for those who may write it."""
    if not may_write_replies(part):
        return None
    there = reverse("voices:new-reply", args=[request.seat.organisation.slug, part.listening.pk])
    return f"{there}?{urlencode({'competency': competency})}", _WORDS
