"""A roster comes in: choose a file, look at what would come of it, agree; and what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.kit import clock
from throughline.rosters.importing.actions import (
    apply_roster,
    bring_roster,
    choose_roster,
    mark_of,
    put_roster_aside,
)
from throughline.rosters.importing.comparing.compare import Compared, compare
from throughline.rosters.importing.forms import DAY_FIRST, MONTH_FIRST, ApplyForm, BringForm, ChooseForm
from throughline.rosters.importing.queries import rosters_of
from throughline.rosters.importing.reading.told import MOST_MB
from throughline.rosters.importing.report import SHOWN, as_csv, left_of, notes_of, rows_of_report, said
from throughline.rosters.importing.template import CSV_TYPE, XLSX_TYPE
from throughline.rosters.importing.template import as_csv as template_csv
from throughline.rosters.importing.template import as_xlsx as template_xlsx
from throughline.rosters.models import RosterFile
from throughline.rosters.policy import may_keep_rosters
from throughline.rosters.queries import missing_learners
from throughline.rosters.shortcuts import head, page, posted, to
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

EARLIER = 20
# In the order in which they stand; the second is the look of the pill.
COUNTED = (
    ("new", "success"),
    ("changed", "info"),
    ("ended", "warn"),
    ("flagged", "warn"),
    ("wrong", "error"),
)


def _roster_or_404(request: MemberRequest, roster_id: UUID) -> RosterFile:
    """A roster of the school, for who keeps them; 404 otherwise. One query."""
    found = rosters_of(request.seat).filter(pk=roster_id).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def rosters(request: MemberRequest) -> HttpResponseBase:
    """Bring in a roster; those that wait; whom the last one no longer had."""
    me = request.seat.membership
    may_keep_rosters(me).enforce()
    form = BringForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        file.seek(0)  # it has been looked at on its way
        held = attempt(form, lambda: bring_roster(name=file.name, file=file, by=me))
        if held is not None:
            return redirect(to(request, "roster", roster_id=held.pk))
    known = {
        **head(request, "rosters"),
        "rosters": rosters_of(request.seat)[:EARLIER],
        "missing": missing_learners(request.seat.organisation),
        "limit": MOST_MB,
    }
    return page(request, "rosters", known, form)


rosters.one_file_of = MOST_MB  # type: ignore[attr-defined]  # read by files.uploading, a room above


@require_safe
@for_members
def template(request: MemberRequest, file: str) -> HttpResponse:
    """The template of a roster in a spreadsheet."""
    may_keep_rosters(request.seat.membership).enforce()
    if file == "roster-template.xlsx":
        return _file(template_xlsx(), XLSX_TYPE, file)
    return _file(template_csv(), CSV_TYPE, file)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@for_members
def roster(request: MemberRequest, roster_id: UUID) -> HttpResponse:
    """What would come of a roster; or what came of it."""
    held = _roster_or_404(request, roster_id)
    if held.state == RosterFile.State.APPLIED:
        counts = [(held.came.get(name, 0), name, look) for name, look in COUNTED]
        known = {"roster": held, "counts": counts, "left": left_of(held), "notes": notes_of(held)}
        return page(request, "roster_done", {**head(request, ""), **known})
    return _preview(request, held)


def _preview(request: MemberRequest, held: RosterFile, **forms: Any) -> HttpResponse:
    compared = compare(held, today=clock.today())
    counted, rows = compared.counted(), list(rows_of_report(compared))
    known = {
        **head(request, ""),
        "roster": held,
        "counts": [(counted[name], name, look) for name, look in COUNTED],
        "same": counted["same"],
        "elsewhere": counted["elsewhere"],
        "nothing": compared.ready and not any(counted[name] for name, _look in COUNTED),
        "compared": compared,
        "lines": [said(line) for line in rows[:SHOWN]],
        "more": max(0, len(rows) - SHOWN),
        "notes": notes_of(held),
        "choosing": _choosing(held, compared),
        "applying": ApplyForm(has_faults=bool(counted["wrong"]), initial={"seen": mark_of(compared)}),
        **forms,
    }
    return page(request, "roster", known)


def _choosing(held: RosterFile, compared: Compared, sent: Any = None) -> ChooseForm:
    order = {True: DAY_FIRST, False: MONTH_FIRST, None: ""}[compared.day_first]
    return ChooseForm(
        sent,
        orgs=compared.orgs,
        asks_days=compared.has_local_days,
        asks_org=compared.asks_org,
        initial={"org": compared.org, "order": order},
    )


@require_POST
@for_members
def choose(request: MemberRequest, roster_id: UUID) -> HttpResponseBase:
    """Say what the roster does not say by itself."""
    held = _roster_or_404(request, roster_id)
    form = _choosing(held, compare(held, today=clock.today()), request.POST)
    if form.is_valid():
        (org, day_first), me = form.chosen(), request.seat.membership
        if attempt(form, lambda: choose_roster(roster=held, org=org, day_first=day_first, by=me)):
            return redirect(to(request, "roster", roster_id=held.pk))
    return _preview(request, held, choosing=form)


@require_POST
@for_members
def apply(request: MemberRequest, roster_id: UUID) -> HttpResponseBase:
    """A yes: all of it, at once."""
    held, me = _roster_or_404(request, roster_id), request.seat.membership
    form = ApplyForm(request.POST, has_faults=True)
    if form.is_valid():
        data = form.cleaned_data
        done = attempt(
            form,
            lambda: apply_roster(roster=held, leave_out=data["leave_out"], seen=data["seen"], by=me),
        )
        if done is not None:
            messages.success(request, _("The roster has been applied."))
            return redirect(to(request, "roster", roster_id=held.pk))
    held = _roster_or_404(request, roster_id)
    if held.state == RosterFile.State.APPLIED:  # pressed twice at the same moment
        return redirect(to(request, "roster", roster_id=held.pk))
    return _preview(request, held, applying=_anew(form, held))


def _anew(form: ApplyForm, held: RosterFile) -> ApplyForm:
    """The form with its error, and with the mark of what is looked at now."""
    form.data = {**form.data.dict(), "seen": mark_of(compare(held, today=clock.today()))}  # type: ignore[attr-defined]
    return form


@require_safe
@for_members
def report(request: MemberRequest, roster_id: UUID) -> HttpResponse:
    """The whole report as a table."""
    held = _roster_or_404(request, roster_id)
    found = Compared() if held.state == RosterFile.State.APPLIED else compare(held, today=clock.today())
    return _file(as_csv(held, found), CSV_TYPE, "roster-report.csv")


@require_POST
@for_members
def drop(request: MemberRequest, roster_id: UUID) -> HttpResponseBase:
    """Put a roster aside."""
    held = _roster_or_404(request, roster_id)
    with refusals_told(request):
        put_roster_aside(roster=held, by=request.seat.membership)
    return redirect(to(request, "rosters"))
