"""Classes and advisory groups, and who is in them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.kit import clock
from throughline.kit.text import clean_line
from throughline.rosters.classes.actions.sections import (
    add_section,
    archive_section,
    change_section,
    end_enrollment,
    enroll,
    restore_section,
)
from throughline.rosters.classes.forms import EndForm, EnrollForm, SectionForm
from throughline.rosters.models import Enrollment, SchoolYear, Section
from throughline.rosters.policy import may_keep_rosters, may_see_classes, may_see_people_of
from throughline.rosters.queries import addable_to, listed_sections, people_in, years_of
from throughline.rosters.shortcuts import head, page, posted, section_or_404, to
from throughline.schools.models import Role
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

OFFERED = 60
PARTS = {"learner": Role.LEARNER, "educator": Role.EDUCATOR}


@for_members
def classes(request: MemberRequest) -> HttpResponseBase:
    """The classes and advisory groups that one may know of."""
    may_see_classes(request.seat).enforce()
    return page(request, "classes", {**head(request, "classes"), "sections": listed_sections(request.seat)})


@for_members
def class_new(request: MemberRequest) -> HttpResponseBase:
    """Add a class or an advisory group."""
    me = request.seat.membership
    may_keep_rosters(me).enforce()
    form = SectionForm(posted(request), years=years_of(request.seat.organisation))
    if form.is_valid():
        data = _with_year(request, form.cleaned_data)
        made = attempt(form, lambda: add_section(by=me, **data))
        if made:
            return redirect(to(request, "class", section_id=made.pk))
    return page(request, "class_form", {"section": None}, form)


def _with_year(request: MemberRequest, data: dict[str, Any]) -> dict[str, Any]:
    year = SchoolYear.objects.filter(organisation=request.seat.organisation, pk=data["year"]).first()
    return {**data, "year": year}


@for_members
def class_change(request: MemberRequest, section_id: UUID) -> HttpResponseBase:
    """Another name, kind or school year."""
    me, found = request.seat.membership, section_or_404(request, section_id)
    may_keep_rosters(me).enforce()
    initial = {"kind": found.kind, "name": found.name, "year": str(found.year_id or "")}
    form = SectionForm(posted(request), years=years_of(request.seat.organisation), initial=initial)
    if form.is_valid():
        data = _with_year(request, form.cleaned_data)
        if attempt(form, lambda: change_section(section=found, by=me, **data)):
            messages.success(request, _("Saved."))
            return redirect(to(request, "class", section_id=found.pk))
    return page(request, "class_form", {"section": found}, form)


@for_members
def one(request: MemberRequest, section_id: UUID) -> HttpResponseBase:
    """Who is in a class; a post puts people into it."""
    found = section_or_404(request, section_id)
    keeps = may_keep_rosters(request.seat.membership)
    sees = may_see_people_of(request.seat, found)
    form = None
    if keeps and found.archived_at is None:
        form, more = _form(request, found)
        if request.method == "POST" and form.is_valid() and _enrolled(request, form, found):
            return redirect(to(request, "class", section_id=found.pk))
    else:
        more = 0
        if request.method == "POST":
            keeps.enforce()
    return page(request, "class", _known(request, found, sees=bool(sees), more=more), form)


def _known(request: MemberRequest, section: Section, *, sees: bool, more: int) -> dict[str, Any]:
    today = clock.today()
    rows = people_in(section)
    here = [row for row in rows if row.until_on is None or row.until_on > today]
    return {
        "section": section,
        "keeps": may_keep_rosters(request.seat.membership),
        "sees": sees,
        "educators": [row for row in here if row.part == Enrollment.Part.EDUCATOR],
        "learners": [row for row in here if row.part == Enrollment.Part.LEARNER] if sees else [],
        "former": [row for row in rows if row not in here] if sees else [],
        "today": today,
        "part": _part(request),
        "search": _search(request),
        "more": more,
    }


def _part(request: MemberRequest) -> str:
    said = request.POST.get("part") or request.GET.get("as", "")
    return said if said in PARTS else "learner"


def _search(request: MemberRequest) -> str:
    return clean_line(request.GET.get("q", ""))[:100]


def _form(request: MemberRequest, section: Section) -> tuple[EnrollForm, int]:
    part = _part(request)
    everyone = addable_to(section, PARTS[part], part, _search(request))
    offered = everyone if request.method == "POST" else everyone[:OFFERED]
    initial = {"part": part, "from_on": clock.today()}
    return EnrollForm(posted(request), offered=offered, initial=initial), len(everyone) - len(offered)


def _enrolled(request: MemberRequest, form: EnrollForm, section: Section) -> bool:
    data, me = form.cleaned_data, request.seat.membership
    here = me.__class__.objects.filter(organisation=request.seat.organisation)
    members = list(here.filter(pk__in=data["members"]))
    made = attempt(
        form,
        lambda: enroll(section=section, members=members, part=data["part"], from_on=data["from_on"], by=me),
    )
    return made is not None


@require_POST
@for_members
def class_archive(request: MemberRequest, section_id: UUID) -> HttpResponseBase:
    """Put a class away."""
    found = section_or_404(request, section_id)
    with refusals_told(request):
        archive_section(section=found, by=request.seat.membership)
    return redirect(to(request, "class", section_id=found.pk))


@require_POST
@for_members
def class_restore(request: MemberRequest, section_id: UUID) -> HttpResponseBase:
    """Bring a class back."""
    found = section_or_404(request, section_id)
    with refusals_told(request):
        restore_section(section=found, by=request.seat.membership)
    return redirect(to(request, "class", section_id=found.pk))


@for_members
def end(request: MemberRequest, enrollment_id: UUID) -> HttpResponseBase:
    """Say from which day on somebody is no longer in a class."""
    me = request.seat.membership
    found = get_object_or_404(
        Enrollment.objects.select_related("section", "member"),
        organisation=request.seat.organisation,
        pk=enrollment_id,
    )
    may_keep_rosters(me).enforce()
    form = EndForm(posted(request), initial={"until_on": clock.today()})
    if form.is_valid():
        until = form.cleaned_data["until_on"]
        if attempt(form, lambda: end_enrollment(enrollment=found, until_on=until, by=me)):
            return redirect(to(request, "class", section_id=found.section_id))
    return page(request, "end", {"enrollment": found}, form)
