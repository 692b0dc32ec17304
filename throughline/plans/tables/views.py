"""Take the plan along, and bring one in: a file, what its columns mean, what each row becomes, and then all of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.frameworks.tables.writing import CSV_TYPE, XLSX_TYPE
from throughline.journeys.models import Journey
from throughline.kit import clock
from throughline.kit.apart import Broke
from throughline.plans.models import PlanTable
from throughline.plans.policy import may_change_plan, may_see_plan
from throughline.plans.queries import journeys_of, people_of
from throughline.plans.shortcuts import head
from throughline.plans.tables.actions import (
    bring_table,
    choose_columns,
    import_table,
    order_of,
    put_aside,
    read_lines,
)
from throughline.plans.tables.forms import ColumnsForm, IntoForm, TableForm
from throughline.plans.tables.paper import plan_pdf
from throughline.plans.tables.queries import tables_of
from throughline.plans.tables.rules import Line, counted, unknown_names
from throughline.plans.tables.writing import as_csv, as_xlsx, as_zip
from throughline.records.paper.compiling import PAPERS, Way
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

SHOWN = 200


def table_or_404(request: MemberRequest, table_id: UUID) -> PlanTable:
    """A table that this person brought; 404 otherwise. One query."""
    held = tables_of(request.seat).filter(pk=table_id).first()
    if held is None:
        raise Http404
    return held


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def along(request: MemberRequest) -> HttpResponseBase:
    """Take the plan along, and bring one in."""
    may_see_plan(request.seat).enforce()
    may = may_change_plan(request.seat.membership)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        may.enforce()
        if form.is_valid():
            file, by = form.cleaned_data["file"], request.seat.membership
            file.seek(0)  # it has been looked at on its way
            held = attempt(form, lambda: bring_table(name=file.name, raw=file.read(), by=by))
            if held is not None:
                return _there(request, held)
    waits = tables_of(request.seat).first()
    context = {**head(request), "form": form, "waits": waits, "may_change": may}
    return render(request, "plans/tables.html", context, status=422 if form.errors else 200)


@require_safe
@for_members
def download(request: MemberRequest, file: str) -> HttpResponseBase:
    """The plan as CSV (its actions, or packed every table of it), XLSX or PDF (`paper`: a4 or letter)."""
    may_see_plan(request.seat).enforce()
    organisation = request.seat.organisation
    try:
        if file == "plan.csv":
            return _file(as_csv(organisation.pk), CSV_TYPE, file)
        if file == "plan.xlsx":
            return _file(as_xlsx(organisation.pk), XLSX_TYPE, file)
        if file == "plan.zip":
            return _file(as_zip(organisation.pk, made_at=clock.now()), "application/zip", file)
        paper = request.GET.get("paper", "a4")
        pdf = plan_pdf(organisation, Way.now(paper if paper in PAPERS else "a4"), made_at=clock.now())
        return _file(pdf, "application/pdf", file)
    except Broke:
        messages.error(request, _("This file could not be made now. Try again."))
        return redirect("plans:tables", school=organisation.slug)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@for_members
def preview(request: MemberRequest, table_id: UUID) -> HttpResponse:
    """What the columns mean, and what each row becomes."""
    return _page(request, table_or_404(request, table_id))


def _page(request: MemberRequest, held: PlanTable, **forms: ColumnsForm | IntoForm) -> HttpResponse:
    lines, order = read_lines(held), order_of(held)
    journeys = journeys_of(request.seat)
    wrong = any(form.errors for form in forms.values())
    counts = counted(lines)
    context = {
        **head(request),
        "table": held,
        "form": _columns_form(request, held, lines),
        "into": IntoForm(journeys=journeys),
        "journeys": journeys,
        "counts": counts,
        "asks_order": order is None,
        "lines": sorted(lines, key=lambda line: not line.wrong)[:SHOWN],
        "more": max(0, len(lines) - SHOWN),
        "ready": order is not None and not counts["wrong"],
        **forms,
    }
    return render(request, "plans/table_preview.html", context, status=422 if wrong else 200)


def _columns_form(
    request: MemberRequest, held: PlanTable, lines: list[Line], sent: Any = None
) -> ColumnsForm:
    unknown = unknown_names(lines)
    people = people_of(request.seat) if unknown else []
    return ColumnsForm(sent, headings=held.headings, chosen=held.chosen, unknown=unknown, people=people)


@require_POST
@for_members
def columns(request: MemberRequest, table_id: UUID) -> HttpResponseBase:
    """Say what the columns mean."""
    held = table_or_404(request, table_id)
    form = _columns_form(request, held, read_lines(held), request.POST)
    if form.is_valid():
        chosen, by = form.chosen(), request.seat.membership
        if attempt(form, lambda: choose_columns(table=held, chosen=chosen, by=by)):
            return _there(request, held)
    return _page(request, held, form=form)


@require_POST
@for_members
def into(request: MemberRequest, table_id: UUID) -> HttpResponseBase:
    """Bring all of it into the plan."""
    held, by = table_or_404(request, table_id), request.seat.membership
    form = IntoForm(request.POST, journeys=journeys_of(request.seat))
    if form.is_valid():
        journey = Journey.objects.filter(
            organisation=request.seat.organisation, pk=form.cleaned_data["journey"]
        ).first()
        try:
            came = import_table(table=held, journey=journey, by=by)
        except ValidationError as refused:
            if not tables_of(request.seat).filter(pk=held.pk).exists():
                # pressed twice at the same moment: the other press brought it in
                messages.info(request, refused.messages[0])
                return redirect("plans:plan", school=request.seat.organisation.slug)
            form.add_error(None, refused.messages)
        else:
            added = ngettext("%(n)d new action", "%(n)d new actions", came.new) % {"n": came.new}
            changed = ngettext("%(n)d changed", "%(n)d changed", came.changed) % {"n": came.changed}
            messages.success(
                request,
                _("The table is in the plan: %(added)s, %(changed)s.") % {"added": added, "changed": changed},
            )
            return redirect("plans:plan", school=request.seat.organisation.slug)
    return _page(request, held, into=form)


@require_POST
@for_members
def drop(request: MemberRequest, table_id: UUID) -> HttpResponseBase:
    """Put the table aside."""
    held = table_or_404(request, table_id)
    with refusals_told(request):
        put_aside(table=held, by=request.seat.membership)
    return redirect("plans:tables", school=request.seat.organisation.slug)


def _there(request: MemberRequest, held: PlanTable) -> HttpResponseBase:
    return redirect("plans:table", school=request.seat.organisation.slug, table_id=held.pk)
