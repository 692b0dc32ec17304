"""Editions: the list, one of them, whether it is still what was adopted, and as evidence of the journey."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from throughline.elements.adopting.actions import show_edition
from throughline.elements.adopting.checking import checked_again
from throughline.elements.adopting.evidence import DESIGN_ELEMENT
from throughline.elements.adopting.forms import ShowForm
from throughline.elements.adopting.freezing import content_of_edition, written_down
from throughline.elements.adopting.queries import editions_of, road_of
from throughline.elements.adopting.showing import images_for_members, items_shown, text_shown
from throughline.elements.adopting.words import standing_in_words
from throughline.elements.models import Edition
from throughline.elements.shortcuts import head, part_or_404
from throughline.elements.writing.schema import EMPTY
from throughline.frameworks.tree import tree
from throughline.records.models import Record
from throughline.records.policy import may_bring
from throughline.records.queries import records_visible_to
from throughline.records.reading import holder_of
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


@require_safe
@for_members
def editions(request: MemberRequest, kind: str) -> HttpResponse:
    """Everything that was ever adopted, the newest first."""
    part = part_or_404(request, kind)
    road = road_of(part.element)
    rows = list(editions_of(part.element).defer("document", "items"))
    context = {**head(request, part), "editions": rows, "told": standing_in_words(road), "road": road}
    return render(request, "elements/editions.html", context)


def _edition_or_404(request: MemberRequest, kind: str, number: int) -> tuple[dict[str, Any], Edition]:
    part = part_or_404(request, kind)
    return head(request, part), get_object_or_404(editions_of(part.element), number=number)


@require_safe
@for_members
def edition(request: MemberRequest, kind: str, number: int) -> HttpResponse:
    """What was adopted, as it was."""
    around, found = _edition_or_404(request, kind, number)
    text = None
    if found.document != EMPTY:
        text = text_shown(found.document, images_for_members(request.seat.organisation.slug))
    standing = road_of(around["element"]).in_force
    context = {
        **around,
        "edition": found,
        "text": text,
        "kept": items_shown(found.items),
        "in_force": standing if standing and standing.edition_id == found.pk else None,
    }
    return render(request, "elements/edition.html", context)


@require_safe
@for_members
def check(request: MemberRequest, kind: str, number: int) -> HttpResponse:
    """Work the digest out again from what is kept."""
    around, found = _edition_or_404(request, kind, number)
    context = {**around, "edition": found, "now": checked_again(found)}
    return render(request, "elements/edition_check.html", context)


@require_safe
@for_members
def frozen_file(request: MemberRequest, kind: str, number: int) -> HttpResponse:
    """The frozen content as the file whose SHA-256 is the digest."""
    _around, found = _edition_or_404(request, kind, number)
    response = HttpResponse(written_down(content_of_edition(found)), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{kind}-edition-{number}.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def evidence(request: MemberRequest, kind: str, number: int) -> HttpResponseBase:
    """Make it evidence in a record of the journey."""
    around, found = _edition_or_404(request, kind, number)
    member = request.seat.membership
    records = [each for each in _records(request) if may_bring(each, member)]
    chosen = _chosen(records, request.GET.get("record", ""))
    if chosen is None:
        return render(request, "elements/edition_evidence.html", {**around, "edition": found})
    shown = tree(chosen.version_id)
    form = ShowForm(
        request.POST if request.method == "POST" else None, shown=shown, design_element=DESIGN_ELEMENT[kind]
    )
    if form.is_valid():
        made = attempt(
            form,
            lambda: show_edition(
                edition=found,
                record=chosen,
                competencies=form.competencies(),
                mark=form.cleaned_data["mark"],
                why=form.cleaned_data["why"],
                by=member,
            ),
        )
        if made is not None:
            messages.success(request, _("It is evidence now. A decision can cite it."))
            return redirect("records:evidence", school=request.seat.organisation.slug, evidence_id=made.pk)
    context = {
        **around,
        "edition": found,
        "form": form,
        "record": chosen,
        "holder": holder_of(chosen),
        "framework": shown.title,
        "others": [
            (each.pk, holder_of(each), tree(each.version_id).title)
            for each in records
            if each.pk != chosen.pk
        ],
    }
    return render(request, "elements/edition_evidence.html", context, status=422 if form.errors else 200)


def _records(request: MemberRequest) -> list[Record]:
    """Records of the organisation and its groups, its own first."""
    rows = records_visible_to(request.seat).filter(learner__isnull=True).order_by("group", "-started_at")
    return sorted(rows, key=lambda each: each.group_id is not None)


def _chosen(records: list[Record], asked: str) -> Record | None:
    try:
        wanted = UUID(asked)
    except ValueError:
        return records[0] if records else None
    return next((each for each in records if each.pk == wanted), None)
