"""Keying in paper sheets, for those who were named for it: a code, then one sheet, row by row. Nothing of a sheet that
is in is ever shown again."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from throughline.activity import keeping
from throughline.activity.middleware import counts_tries
from throughline.frameworks.tree import tree
from throughline.journeys.models import Round, Sheet
from throughline.journeys.paper.actions import KeyedIn, keep_typing, key_in
from throughline.journeys.paper.forms import CodeForm, SheetForm
from throughline.journeys.paper.queries import is_small, rounds_keyed_in_by, rows_of, stack_of
from throughline.journeys.paper.sheets import Typed, shown
from throughline.journeys.queries import read_items
from throughline.journeys.words import eyebrow
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


def _round_or_404(request: MemberRequest, round_id: UUID) -> Round:
    held = get_object_or_404(rounds_keyed_in_by(request.seat), pk=round_id)
    if held.state == Round.State.DRAFT:
        raise Http404
    return held


@for_members
def code(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """How many sheets are in, and which one comes next."""
    held = _round_or_404(request, round_id)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = Sheet.objects.filter(
            organisation=request.seat.organisation, round=held, code=form.cleaned_data["code"]
        ).first()
        if found is not None and held.state == Round.State.RATING:
            return redirect(
                "journeys:key-in-sheet",
                school=request.seat.organisation.slug,
                round_id=round_id,
                sheet_id=found.id,
            )
        form.add_error("code", _("No sheet in this round has that code. Please check it letter by letter."))
    stack = stack_of(held)
    mine = Sheet.objects.filter(
        organisation=request.seat.organisation, round=held, typing_by=request.seat.membership
    ).order_by("code")
    context = {
        "round": held,
        "eyebrow": eyebrow(held.journey, held.number),
        "form": form,
        "stack": stack,
        "stack_words": stack.in_words(),
        "all_in": stack.people and stack.sheets_in >= stack.people,
        "begun": [(each.id, shown(each.code)) for each in mine],
        "going_on": held.state == Round.State.RATING,
    }
    return render(request, "journeys/key_in.html", context, status=422 if form.errors else 200)


@counts_tries  # a comparison that finds a difference is answered with an error, and its line in the log must stay
@for_members
def sheet(request: MemberRequest, round_id: UUID, sheet_id: UUID) -> HttpResponseBase:
    """One sheet, typed row by row. Kept while it is typed, for the one who types it."""
    held = _round_or_404(request, round_id)
    rows = Sheet.objects.filter(organisation=request.seat.organisation, round=held)
    paper = get_object_or_404(rows.select_related("rater__membership"), pk=sheet_id)
    form = _form(request, held, paper)
    if request.method != "POST":
        return _show(request, held, paper, form)
    if _in_background(request):
        return _note(request, held, paper, form)
    if "later" in request.POST:
        return _put_aside(request, held, paper, form)
    form.is_valid()
    done = attempt(
        form,
        lambda: key_in(
            by=request.seat,
            round_id=held.id,
            sheet_id=paper.id,
            typed=form.typed(),
            gaps=form.cleaned_data["gaps"],
            replace=form.cleaned_data["replace"],
            opening=form.opening(),
        ),
    )
    if done is not None and done.kept:
        return _next(request, held, done)
    if done is not None:
        form.differs = set(done.differs)
    return _show(request, held, paper, form, status=422)


def _form(request: MemberRequest, held: Round, paper: Sheet) -> SheetForm:
    framework = tree(held.framework_version_id)
    items = rows_of(paper, read_items(held), framework)
    mine = paper.typing_by_id == request.seat.membership.id
    kept = [Typed(**each) for each in paper.typing.get("rows", [])] if mine else []
    return SheetForm(
        request.POST if request.method == "POST" else None,
        competencies=[framework.by_id[item.competency_id] for item in items],
        small=is_small(held, framework),
        kept=kept,
    )


def _show(
    request: MemberRequest, held: Round, paper: Sheet, form: SheetForm, status: int = 200
) -> HttpResponse:
    member = paper.rater.membership if paper.rater else None
    busy = paper.typing_by_id not in (None, request.seat.membership.id)
    context = {
        "round": held,
        "eyebrow": eyebrow(held.journey, held.number),
        "form": form,
        "code": shown(paper.code),
        "name": member.name if member else "",
        "is_in": paper.is_in,
        "busy": busy,
        "going_on": held.state == Round.State.RATING,
        "labels": tree(held.framework_version_id).step_labels,
        "differs": ", ".join(str(each) for each in sorted(form.differs)),
    }
    return render(request, "journeys/key_in_sheet.html", context, status=status)


def _in_background(request: HttpRequest) -> bool:
    return request.headers.get("HX-Trigger") == "sheet-kept"


def _note(request: MemberRequest, held: Round, paper: Sheet, form: SheetForm) -> HttpResponse:
    try:
        _keep(request, held, paper, form)
    except ValidationError as error:
        return HttpResponse(error.messages[0])
    keeping.saved(request)
    return HttpResponse(_("saved for you"))


def _put_aside(request: MemberRequest, held: Round, paper: Sheet, form: SheetForm) -> HttpResponseBase:
    if attempt(form, lambda: _kept(request, held, paper, form)):
        messages.success(request, _("Saved for later. Only you can continue with it."))
        return _to_code(request, held)
    return _show(request, held, paper, form, status=422)


def _kept(request: MemberRequest, held: Round, paper: Sheet, form: SheetForm) -> bool:
    form.is_valid()
    _keep(request, held, paper, form)
    return True


def _keep(request: MemberRequest, held: Round, paper: Sheet, form: SheetForm) -> None:
    keep_typing(
        by=request.seat, round_id=held.id, sheet_id=paper.id, typed=form.typed(), opening=form.opening()
    )


def _next(request: MemberRequest, held: Round, done: KeyedIn) -> HttpResponseBase:
    code = shown(done.sheet.code)
    if done.same:
        said = _("Sheet %(code)s matches what was entered before. Nothing changed.") % {"code": code}
    else:
        said = _("Sheet %(code)s has been entered.") % {"code": code}
    messages.success(request, f"{said} {stack_of(held).in_words()}")
    return _to_code(request, held)


def _to_code(request: MemberRequest, held: Round) -> HttpResponseBase:
    return redirect("journeys:key-in", school=request.seat.organisation.slug, round_id=held.id)
