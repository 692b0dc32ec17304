"""Who is on a journey's team, and what each does."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from throughline.journeys.candidates import choosable
from throughline.journeys.models import TeamMember
from throughline.journeys.policy import Place, may_run
from throughline.journeys.queries import current_round, team_of
from throughline.journeys.setup.actions import change_team
from throughline.journeys.setup.forms import TeamForm, ticked_too
from throughline.journeys.shortcuts import journey_or_404
from throughline.schools.models import Membership
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


@for_members
def team(request: MemberRequest, journey_id: UUID) -> HttpResponseBase:
    """The team for everyone who sees the journey; those who run it change it here."""
    place = journey_or_404(request, journey_id)
    now = list(team_of(place.journey))
    may = may_run(place)
    if request.method == "POST":
        may.enforce()
    form = _form(place, now, request.POST if request.method == "POST" else None) if may else None
    if form and form.is_bound and form.is_valid() and attempt(form, lambda: _change(place, form)):
        messages.success(request, _("The team has been changed."))
        return redirect("journeys:team", school=request.seat.organisation.slug, journey_id=place.journey.id)
    return _page(request, place, now, form)


def _form(place: Place, now: list[TeamMember], typed: QueryDict | None) -> TeamForm:
    people = choosable(place.seat, besides=[each.membership_id for each in now])
    ticking = typed is not None and "tick" in typed
    return TeamForm(
        None if ticking else typed,
        initial=ticked_too(typed, people) if typed is not None and ticking else None,
        people=people,
        raters=[each.membership_id for each in now if each.is_rater],
        deciders=[each.membership_id for each in now if each.is_decider],
    )


def _change(place: Place, form: TeamForm) -> bool:
    members = Membership.objects.filter(organisation=place.seat.organisation, pk__in=form.chosen_ids())
    change_team(place=place, team=form.parts(members.select_related("organisation")))
    return True


def _page(request: MemberRequest, place: Place, now: list[TeamMember], form: TeamForm | None) -> HttpResponse:
    current = {each.membership_id for each in now}
    gone = TeamMember.objects.filter(organisation=place.journey.organisation_id, journey=place.journey)
    context = {
        "journey": place.journey,
        "team": now,
        "form": form,
        "may_run": may_run(place),
        "gone": gone.exclude(membership__in=current)
        .select_related("membership")
        .order_by("membership__name"),
        "current": current_round(place.journey),
    }
    return render(request, "journeys/team.html", context, status=422 if form and form.errors else 200)
