"""From a result or a conversation to evidence: one form with everything chosen."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from throughline.elements.adopting.freezing import written_down
from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey
from throughline.records.models import Evidence, Record
from throughline.records.reading import holder_of
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt
from throughline.voices.citing import queries
from throughline.voices.citing.actions import (
    cite_conversation,
    cite_result,
    name_of,
    title_of_result,
    title_of_talk,
)
from throughline.voices.citing.bodies import told_of
from throughline.voices.citing.forms import CiteForm
from throughline.voices.citing.frozen import result_content, says_nothing, talk_content
from throughline.voices.citing.policy import is_citable, may_cite
from throughline.voices.conversations.queries import conversation_in
from throughline.voices.figures.queries import figures_of
from throughline.voices.shortcuts import part_or_404

ASKS = ["GET", "HEAD", "POST"]
Verb = Callable[..., Evidence]


@require_http_methods(ASKS)
@for_members
def result(request: MemberRequest, listening_id: UUID, competency: str) -> HttpResponseBase:
    """Make what a listening says about a competency evidence."""
    listening = part_or_404(request, listening_id).listening
    may_cite(request.seat.membership).enforce()
    is_citable(listening).enforce()
    figures = figures_of(listening)
    if figures is None:
        raise Http404
    name = name_of(listening, competency)
    content = result_content(figures, competency, name)
    if says_nothing(content):
        raise Http404
    back = reverse("voices:listening", args=[request.seat.organisation.slug, listening.pk])
    verb = partial(cite_result, listening=listening, competency=competency)
    shown = _Shown(title_of_result(listening, name), content, [competency], listening.journey, back)
    return _cite(request, shown, verb)


@require_http_methods(ASKS)
@for_members
def conversation(request: MemberRequest, conversation_id: UUID) -> HttpResponseBase:
    """Make the note of a conversation evidence."""
    held = conversation_in(request.seat, conversation_id)
    if held is None:
        raise Http404
    may_cite(request.seat.membership).enforce()
    is_citable(held).enforce()
    back = reverse("voices:conversation", args=[request.seat.organisation.slug, held.pk])
    shown = _Shown(title_of_talk(held), talk_content(held), held.competencies, held.journey, back)
    return _cite(request, shown, partial(cite_conversation, conversation=held))


class _Shown:
    """What is about to be cited."""

    def __init__(
        self, title: str, content: dict[str, Any], about: Collection[str], journey: Journey, back: str
    ) -> None:
        self.title, self.content, self.about, self.journey, self.back = title, content, about, journey, back


def _cite(request: MemberRequest, shown: _Shown, verb: Verb) -> HttpResponseBase:
    seat = request.seat
    records = queries.records_for(seat, shown.journey)
    chosen = _chosen(records, request.GET.get("record", ""))
    context: dict[str, Any] = {"title": shown.title, "back": shown.back, "record": chosen}
    if chosen is None:
        return render(request, "voices/cite.html", context)
    sent = request.POST if request.method == "POST" else None
    form = CiteForm(sent, known=tree(chosen.version_id), about=shown.about)
    if form.is_valid():
        made = attempt(form, partial(verb, record=chosen, by=seat.membership, **form.told()))
        if made is not None:
            messages.success(request, _("It is evidence now. A decision can cite it."))
            return redirect("records:evidence", school=seat.organisation.slug, evidence_id=made.pk)
    context |= {
        "form": form,
        "holder": holder_of(chosen),
        **told_of(shown.content),
        "others": [(each.pk, holder_of(each)) for each in records if each.pk != chosen.pk],
    }
    return render(request, "voices/cite.html", context, status=422 if form.errors else 200)


def _chosen(records: list[Record], asked: str) -> Record | None:
    return next((each for each in records if str(each.pk) == asked), records[0] if records else None)


@require_safe
@for_members
def frozen_file(request: MemberRequest, evidence_id: UUID) -> HttpResponse:
    """What was cited, as the file whose SHA-256 is the digest."""
    found = queries.cited_in(request.seat, evidence_id)
    if found is None:
        raise Http404
    response = HttpResponse(written_down(found.content), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="heard.json"'
    return response
