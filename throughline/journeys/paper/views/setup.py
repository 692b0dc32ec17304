"""Rating on paper, for those who run the round: who does, who keys in, the sheets to print."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.candidates import choosable
from throughline.journeys.models import Round
from throughline.journeys.paper.actions import choose_paper, dismiss_typist, name_typist
from throughline.journeys.paper.forms import PaperRatersForm, TypistForm
from throughline.journeys.paper.pdf import sheets_in_a_file, sheets_pdf
from throughline.journeys.paper.queries import (
    alone_on_paper,
    is_small,
    nobody_has_begun,
    people_asked,
    printed_words,
    sheets_to_print,
    stack_of,
    typists_of,
)
from throughline.journeys.queries import read_items
from throughline.journeys.shortcuts import Loaded, before_spread_or_404
from throughline.kit.ids import parse_uuid
from throughline.records.paper.compiling import PAPERS, Way
from throughline.records.paper.words import spoken
from throughline.schools.models import Membership
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told


@for_members
def paper(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """Who rates on paper, and everything that follows from it on one page."""
    loaded = before_spread_or_404(request, round_id)
    raters = list(people_asked(loaded.round))
    form = PaperRatersForm(request.POST if request.method == "POST" else None, raters=raters)
    if request.method == "POST" and form.is_valid():
        chosen = [UUID(each) for each in form.cleaned_data["members"]]
        if _done(form, lambda: choose_paper(place=loaded.place, round_id=round_id, members=chosen)):
            messages.success(request, _("Saved. People who rate on paper don’t need a device."))
            return _back(request, round_id)
    return _page(request, loaded, form=form)


def _done(form: Any, verb: Any) -> bool:
    return attempt(form, lambda: verb() or True) is not None


def _page(
    request: MemberRequest,
    loaded: Loaded,
    *,
    form: PaperRatersForm | None = None,
    typist_form: TypistForm | None = None,
) -> HttpResponse:
    held = loaded.round
    form = form or PaperRatersForm(None, raters=list(people_asked(held)))
    typists = list(typists_of(held))
    known = {each.membership_id for each in typists}
    people = [each for each in choosable(request.seat) if each.id not in known]
    typist_form = typist_form or TypistForm(None, people=people)
    stack = stack_of(held)
    sheets = len(sheets_to_print(held)) if held.state == Round.State.RATING else 0
    context = {
        **loaded.head(),
        "form": form,
        "may_change": held.state == Round.State.DRAFT or nobody_has_begun(held),
        "typist_form": typist_form,
        "typists": typists,
        "stack": stack,
        "stack_words": stack.in_words(),
        "sheets": sheets,
        "files": _files(sheets, held.items.count()) if stack.people else [],
        "not_yet": printed_words(held),
        "alone": alone_on_paper(held),
        "i_key_in": request.seat.membership.id in known,
    }
    wrong = form.errors or typist_form.errors
    return render(request, "journeys/paper.html", context, status=422 if wrong else 200)


def _files(sheets: int, items: int) -> list[tuple[int, int, int]]:
    """The files: number, first and last sheet."""
    each = sheets_in_a_file(items)
    starts = range(0, sheets, each)
    return [(number, start + 1, min(start + each, sheets)) for number, start in enumerate(starts, start=1)]


@require_POST
@for_members
def add_typist(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """Name somebody to key in."""
    loaded = before_spread_or_404(request, round_id)
    known = {each.membership_id for each in typists_of(loaded.round)}
    people = [each for each in choosable(request.seat) if each.id not in known]
    form = TypistForm(request.POST, people=people)
    if form.is_valid():
        member = _member(request, form.cleaned_data["member"])
        if _done(form, lambda: name_typist(place=loaded.place, round_id=round_id, membership=member)):
            messages.success(
                request,
                format_html(
                    _("{name} can enter the sheets."), name=format_html("<bdi>{}</bdi>", member.name)
                ),
            )
            return _back(request, round_id)
    return _page(request, loaded, typist_form=form)


@require_POST
@for_members
def remove_typist(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """Somebody keys in no more."""
    loaded = before_spread_or_404(request, round_id)
    member = _member(request, request.POST.get("member", ""))
    with refusals_told(request):
        dismiss_typist(place=loaded.place, round_id=round_id, membership=member)
        messages.success(
            request,
            format_html(_("{name} no longer enters sheets."), name=format_html("<bdi>{}</bdi>", member.name)),
        )
    return _back(request, round_id)


def _member(request: MemberRequest, key: str) -> Membership:
    members = Membership.objects.filter(organisation=request.seat.organisation).select_related("organisation")
    return get_object_or_404(members, pk=parse_uuid(key))


def _back(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    return redirect("journeys:paper", school=request.seat.organisation.slug, round_id=round_id)


@require_safe
@for_members
def sheets(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """The sheets that are not in yet, as a PDF; many of them in several files."""
    loaded = before_spread_or_404(request, round_id)
    paper, number = request.GET.get("paper", "a4"), request.GET.get("file", "1")
    held, items = loaded.round, read_items(loaded.round)
    most = sheets_in_a_file(len(items))
    if paper not in PAPERS or not number.isdecimal() or len(number) > 4 or held.state != Round.State.RATING:
        raise Http404
    chosen = list(sheets_to_print(held)[(int(number) - 1) * most : int(number) * most] if int(number) else [])
    if not chosen:
        raise Http404
    version = FrameworkVersion.objects.get(pk=held.framework_version_id)
    assert held.opened_at is not None
    made = sheets_pdf(
        loaded.journey,
        held,
        chosen,
        items,
        loaded.framework,
        small=is_small(held, loaded.framework),
        words=spoken(version, get_language() or "en"),
        way=Way.now(paper),
        made_at=held.opened_at,
    )
    response = HttpResponse(made, content_type="application/pdf")
    name = f"{slugify(loaded.journey.name) or 'round'}-sheets-{int(number)}"
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
