"""Start a journey: one page, two minutes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from throughline.frameworks.queries import versions_visible_to
from throughline.journeys.candidates import Candidate, choosable
from throughline.journeys.models import Journey
from throughline.journeys.policy import may_start
from throughline.journeys.queries import journeys_visible_to
from throughline.journeys.setup.actions import start_journey
from throughline.journeys.setup.forms import NEW, StartForm, ticked_too
from throughline.schools.actions.groups import create_group
from throughline.schools.models import Group, Membership, Role
from throughline.schools.queries import groups_visible_to
from throughline.schools.tenant import MemberRequest, Seat, for_members
from throughline.ui.forms import attempt


@for_members
def start(request: MemberRequest) -> HttpResponseBase:
    """Whose journey it is and who is on the team; the first round is the next step."""
    may_start(request.seat, for_group=True).enforce()
    people = choosable(request.seat)
    form = _form(request.seat, people, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        journey = attempt(form, lambda: _start(request.seat, form))
        if journey:
            messages.success(request, _("Your team is set. Now prepare the first round."))
            return redirect("journeys:prepare", school=request.seat.organisation.slug, journey_id=journey.id)
    return _page(request, form)


def _form(seat: Seat, people: list[Candidate], typed: QueryDict | None) -> StartForm:
    """A fresh form, a posted one, or (after *everyone who is …*) a fresh one that holds what was typed."""
    first = {each.id for each in people if each.roles & {Role.LEAD.value, Role.TEAM.value}}
    if not seat.has(Role.LEAD, Role.TEAM):
        first = {seat.membership.id}
    groups = groups_visible_to(seat.membership).filter(archived_at__isnull=True).order_by("kind", "name")
    ticking = typed is not None and "tick" in typed
    return StartForm(
        None if ticking else typed,
        initial=ticked_too(typed, people) if typed is not None and ticking else None,
        seat=seat,
        people=people,
        raters=first,
        deciders=first,
        groups=list(groups),
        versions=list(versions_visible_to(seat.organisation)),
        begun=list(journeys_visible_to(seat)),
    )


@transaction.atomic
def _start(seat: Seat, form: StartForm) -> Journey:
    members = Membership.objects.filter(organisation=seat.organisation, pk__in=form.chosen_ids())
    parts = form.parts(members.select_related("organisation"))
    group = form.group_chosen()
    if form.cleaned_data["whose"] == NEW:
        group = _new_group(seat, form.cleaned_data["kind"], form.cleaned_data["group_name"])
    return start_journey(
        name=form.cleaned_data["name"], version=form.version_chosen(), team=parts, by=seat, group=group
    )


def _new_group(seat: Seat, kind: str, name: str) -> Group:
    """The group through its own verb; what that says of the name belongs to this form's field for it."""
    try:
        return create_group(by=seat.membership, kind=kind, name=name)
    except ValidationError as error:
        if "name" in getattr(error, "error_dict", {}):
            raise ValidationError({"group_name": error.error_dict["name"]}) from error
        raise


def _page(request: MemberRequest, form: StartForm) -> HttpResponse:
    return render(request, "journeys/start.html", {"form": form}, status=422 if form.errors else 200)
