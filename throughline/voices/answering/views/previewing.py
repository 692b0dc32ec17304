"""The same pages for those who compose: everything as a respondent of the group will see it, and nothing is kept."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from throughline.frameworks.languages import name_of
from throughline.schools.tenant import MemberRequest, for_members
from throughline.voices.answering import notices
from throughline.voices.answering.views.answering import page
from throughline.voices.answering.views.reading import all_questions
from throughline.voices.answering.visits import Visit
from throughline.voices.groups import in_order
from throughline.voices.models import Asked
from throughline.voices.shortcuts import head, part_or_404


class Preview(Visit):
    """Somebody who looks at what a group will be asked. Whoever is on the team reads along, so nothing is anybody's answer."""

    is_kiosk = False
    draft = None

    def address(self, name: str, told: str = "", **where: Any) -> str:
        """The same page of the preview."""
        names = {
            "welcome": "preview",
            "answer": "preview-part",
            "questions": "preview-questions",
            "done": "preview-done",
        }
        here = {
            "school": self.asked.organisation.slug,
            "listening_id": self.listening.pk,
            "asked_id": self.asked.pk,
        }
        return f"{reverse(f'voices:{names[name]}', kwargs={**here, **where})}?in={self.language}"

    @property
    def context(self) -> dict[str, Any]:
        """With a line on top that says what this is."""
        here = {"school": self.asked.organisation.slug, "listening_id": self.listening.pk}
        return {**super().context, "preview": reverse("voices:previews", kwargs=here)}


def previewed(request: MemberRequest, listening_id: UUID, asked_id: UUID) -> Preview:
    """The preview of a group in a listening that this person may see; 404 otherwise. Three queries."""
    part = part_or_404(request, listening_id)
    rows = Asked.objects.filter(organisation=request.seat.organisation, listening=part.listening)
    asked = rows.filter(pk=asked_id).first()
    if asked is None:
        raise Http404
    asked.listening, asked.organisation = part.listening, request.seat.organisation
    asked.listening.organisation = request.seat.organisation
    return Preview(request, asked)


@require_safe
@for_members
def previews(request: MemberRequest, listening_id: UUID) -> HttpResponse:
    """Each group of a listening, to try out what it will see."""
    part = part_or_404(request, listening_id)
    rows = Asked.objects.filter(organisation=request.seat.organisation, listening=part.listening)
    by_code = {asked.group: asked for asked in rows}
    groups = [(group.name, by_code[group.code]) for group in in_order(by_code)]
    languages = [(code, name_of(code)) for code in part.listening.languages]
    told = {
        **head(request, part),
        "groups": groups,
        "languages": languages,
        "shut": part.listening.state == "draft",
    }
    return render(request, "voices/previews.html", told)


@require_safe
@for_members
def welcome(request: MemberRequest, listening_id: UUID, asked_id: UUID) -> HttpResponse:
    """The first page."""
    visit = previewed(request, listening_id, asked_id)
    whole = visit.whole
    with translation.override(visit.interface):
        told = {
            "why": notices.why(whole),
            "points": notices.points(whole),
            "until": notices.until(whole),
            "by_link": True,
            "first": visit.address("answer", nth=1),
        }
        return visit.show("welcome.html", told)


@require_safe
@for_members
def part(request: MemberRequest, listening_id: UUID, asked_id: UUID, nth: int) -> HttpResponseBase:
    """A page of it; where the list is split, that of the first block."""
    visit = previewed(request, listening_id, asked_id)
    parts = visit.whole.parts(1)
    if not parts or nth > len(parts) or nth < 1:
        raise Http404
    with translation.override(visit.interface):
        return page(visit, parts, nth, {}, block=1)


@require_safe
@for_members
def questions(request: MemberRequest, listening_id: UUID, asked_id: UUID) -> HttpResponse:
    """All of them on one page, as families can read them."""
    visit = previewed(request, listening_id, asked_id)
    with translation.override(visit.interface):
        return all_questions(visit)


@require_safe
@for_members
def done(request: MemberRequest, listening_id: UUID, asked_id: UUID) -> HttpResponse:
    """What is said after handing in."""
    visit = previewed(request, listening_id, asked_id)
    with translation.override(visit.interface):
        return visit.show("done.html", {})
