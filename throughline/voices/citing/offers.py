"""What a result offers: to make it evidence."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.schools.tenant import MemberRequest
from throughline.voices.citing.policy import may_cite
from throughline.voices.policy import Part

_WORDS = _("Cite as evidence")


def cite_this(request: MemberRequest, part: Part, competency: str) -> tuple[str, str | Promise] | None:
    """A link for those who may bring evidence."""
    if not may_cite(request.seat.membership):
        return None
    there = [request.seat.organisation.slug, part.listening.pk, competency]
    return reverse("voices:cite-result", args=there), _WORDS
