"""School years and their terms."""

from uuid import UUID

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.rosters.classes.actions.years import add_term, add_year, change_year, remove_term
from throughline.rosters.classes.forms import SpanForm
from throughline.rosters.models import SchoolYear, Term
from throughline.rosters.policy import may_keep_rosters
from throughline.rosters.queries import years_of
from throughline.rosters.shortcuts import head, page, posted, to
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told


def _year_or_404(request: MemberRequest, year_id: UUID) -> SchoolYear:
    found: SchoolYear = get_object_or_404(SchoolYear, organisation=request.seat.organisation, pk=year_id)
    may_keep_rosters(request.seat.membership).enforce()
    return found


@for_members
def years(request: MemberRequest) -> HttpResponseBase:
    """Every school year; a post adds one."""
    me = request.seat.membership
    may_keep_rosters(me).enforce()
    form = SpanForm(posted(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: add_year(by=me, **data)):
            messages.success(request, _("Saved."))
            return redirect(to(request, "years"))
    known = {**head(request, "years"), "years": years_of(request.seat.organisation)}
    return page(request, "years", known, form)


@for_members
def year(request: MemberRequest, year_id: UUID) -> HttpResponseBase:
    """Change a school year."""
    me, found = request.seat.membership, _year_or_404(request, year_id)
    fields = ("name", "starts_on", "ends_on")
    form = SpanForm(posted(request), initial={name: getattr(found, name) for name in fields})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: change_year(year=found, by=me, **data)):
            messages.success(request, _("Saved."))
            return redirect(to(request, "years"))
    return page(request, "year", {"year": found, "title": found.name}, form)


@for_members
def term(request: MemberRequest, year_id: UUID) -> HttpResponseBase:
    """Add a term to a school year."""
    me, found = request.seat.membership, _year_or_404(request, year_id)
    form = SpanForm(posted(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: add_term(year=found, by=me, **data)):
            messages.success(request, _("Saved."))
            return redirect(to(request, "years"))
    return page(request, "year", {"year": found, "title": _("Add a term")}, form)


@require_POST
@for_members
def term_remove(request: MemberRequest, term_id: UUID) -> HttpResponseBase:
    """Take out a term that was a mistake."""
    me = request.seat.membership
    found = get_object_or_404(Term, organisation=request.seat.organisation, pk=term_id)
    may_keep_rosters(me).enforce()
    with refusals_told(request):
        remove_term(term=found, by=me)
    return redirect(to(request, "years"))
