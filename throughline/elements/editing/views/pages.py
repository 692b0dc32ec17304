"""The page where a text is written live."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from throughline.elements.editing import registry
from throughline.elements.editing.queries import text_at
from throughline.elements.editing.views.live import picture_address
from throughline.elements.policy import may_write
from throughline.elements.shortcuts import draft_or_404, head
from throughline.elements.writing.html import to_html
from throughline.files.policy import limits
from throughline.schools.tenant import MemberRequest, for_members

NOBODY = "00000000-0000-0000-0000-000000000000"


@require_safe
@for_members
def write(request: MemberRequest, kind: str) -> HttpResponse:
    """The text, which becomes an editor where scripts run."""
    part = draft_or_404(request, kind)
    school = request.seat.organisation.slug
    text = text_at(part.element)
    return render(
        request,
        "elements/text.html",
        {
            **head(request, part),
            "html": to_html(text.document, image_url=picture_address(school)),
            "may_write": may_write(part),
            "direction": "rtl" if part.element.language.split("-")[0] in settings.LANGUAGES_BIDI else "ltr",
            "files": reverse("files:file", kwargs={"school": school, "file_id": NOBODY}) + "?inline",
            "scripts": registry.scripts,
            "asides": [make(request, part) for make in registry.asides],
            "limits": limits(),
        },
    )
