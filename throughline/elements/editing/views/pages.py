"""The page where a text is written live, and the plain form that needs no script."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from throughline.elements.editing import opening, registry
from throughline.elements.editing.actions import Meanwhile, replace_text
from throughline.elements.editing.merging import decided, merge
from throughline.elements.editing.plain import from_lines, to_lines
from throughline.elements.editing.queries import text_at
from throughline.elements.editing.steps import node_of
from throughline.elements.editing.views.live import picture_address
from throughline.elements.models import Element
from throughline.elements.policy import may_write
from throughline.elements.shortcuts import draft_or_404, head
from throughline.elements.writing.html import to_html
from throughline.elements.writing.schema import checked
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


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def plain(request: MemberRequest, kind: str) -> HttpResponse:
    """The whole text as lines in a form. What others write meanwhile is merged with what is sent."""
    part = draft_or_404(request, kind)
    may_write(part).enforce()
    if request.method != "POST":
        text = text_at(part.element)
        return _form(request, kind, {"lines": to_lines(text.document), "seen": text.version})
    try:
        seen = int(request.POST.get("seen", ""))
        base = text_at(part.element, seen)
        wanted = checked(from_lines(request.POST.get("lines", ""), base.document))
        if "against" in request.POST:
            wanted, seen = _decided(part.element, base.version, wanted, request.POST)
        replace_text(element=part.element, document=wanted, seen=seen, by=part.member)
    except Meanwhile as meanwhile:
        return _both(request, kind, meanwhile)
    except (ValidationError, ValueError) as error:
        said = error.messages if isinstance(error, ValidationError) else [_("Please load this page again.")]
        told = {"lines": request.POST.get("lines", ""), "seen": request.POST.get("seen", ""), "errors": said}
        return _form(request, kind, told, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("Saved. What others wrote meanwhile is in the text as well."))
    return HttpResponseRedirect(
        reverse("elements:text", kwargs={"school": request.seat.organisation.slug, "kind": kind})
    )


def _form(
    request: MemberRequest, kind: str, told: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    part = draft_or_404(request, kind)
    told["sign"] = "{{3}}"
    return render(request, "elements/plain.html", {**head(request, part), **told}, status=status)


def _both(request: MemberRequest, kind: str, meanwhile: Meanwhile) -> HttpResponse:
    """Both versions of every place that two have changed, side by side, to choose or to combine."""
    part = draft_or_404(request, kind)
    image = picture_address(request.seat.organisation.slug)

    def shown(nodes: list[dict[str, Any]], notes: str) -> str:
        return to_html({"type": "doc", "content": nodes}, image_url=image, heading_offset=1, notes=notes)

    clashes = [
        {
            "number": number,
            "mine": shown(clash.mine, f"mine-{number}"),
            "theirs": shown(clash.theirs, f"theirs-{number}"),
            "chosen": request.POST.get(f"choice-{number}", "both"),
        }
        for number, clash in enumerate(meanwhile.clashes)
    ]
    told = {
        "clashes": clashes,
        "lines": request.POST.get("lines", ""),
        "seen": request.POST.get("seen", ""),
        "against": meanwhile.version,
    }
    return render(
        request,
        "elements/both.html",
        {**head(request, part), **told},
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    )


def _decided(
    element: Element, seen: int, wanted: dict[str, Any], told: QueryDict
) -> tuple[dict[str, Any], int]:
    """The text as it was when both versions were shown, with what was sent and what was decided; and its version.

    If others have changed the same words once more since, both are shown again."""
    against = int(told.get("against", ""))
    if not seen <= against <= element.head:
        raise ValueError
    base, theirs = node_of(text_at(element, seen).document), node_of(text_at(element, against).document)
    now = opening.opened(element)
    maps = [each.map for each in opening.since(element, now, seen)][: against - seen]
    merged = merge(base, node_of(wanted), maps, theirs)
    choices = []
    for number, clash in enumerate(merged.clashes):
        choice = told.get(f"choice-{number}")
        both = [*clash.theirs, *clash.mine]
        choices.append({"mine": clash.mine, "theirs": clash.theirs}.get(choice or "", both))
    return checked(decided(merged, choices).to_json()), against
