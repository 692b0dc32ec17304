"""Who takes part in one element besides the staff: invited, and no longer invited."""

from uuid import UUID

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from throughline.elements.groups import groups_of, names_of
from throughline.elements.models import Participant
from throughline.elements.policy import may_begin, may_invite
from throughline.elements.setup.actions import end_participation, invite_participant
from throughline.elements.setup.forms import InviteForm
from throughline.elements.setup.queries import can_be_invited, participants_of
from throughline.elements.shortcuts import draft_or_404, head
from throughline.schools.policy import may_manage_people
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def participants(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Everyone who was invited to this element; those who may begin elements invite more."""
    part = draft_or_404(request, kind)
    may_begin(request.seat.membership).enforce()
    by, element = request.seat.membership, part.element
    members = {str(each.pk): each for each in can_be_invited(element)}
    choices = [
        (key, f"{each.name} ({', '.join(names_of(groups_of(each.roles)))})") for key, each in members.items()
    ]
    form = InviteForm(
        request.POST if request.method == "POST" else None, members=choices, initial={"may": "comment"}
    )
    if request.method == "POST" and form.is_valid():
        member, may = members[form.cleaned_data["member"]], form.cleaned_data["may"]
        done = attempt(form, lambda: invite_participant(element=element, member=member, may=may, by=by))
        if done is not None:
            messages.success(request, _("%(name)s is invited to this element.") % {"name": member.name})
            return redirect(request.path)
    context = {
        **head(request, part),
        "form": form,
        "choices": choices,
        "rows": [
            (each, ", ".join(names_of(groups_of(each.membership.roles)))) for each in participants_of(element)
        ],
        "may_invite": may_invite(element, by),
        "may_manage_people": may_manage_people(by),
    }
    return render(request, "elements/participants.html", context, status=422 if form.errors else 200)


@require_POST
@for_members
def end(request: MemberRequest, kind: str, participant_id: UUID) -> HttpResponseBase:
    """Take an invitation back; what the person wrote stays."""
    part = draft_or_404(request, kind)
    rows = Participant.objects.filter(organisation=request.seat.organisation, element=part.element)
    held = get_object_or_404(rows.select_related("element", "membership"), pk=participant_id)
    end_participation(participant=held, by=request.seat.membership)
    messages.success(request, _("%(name)s no longer takes part.") % {"name": held.membership.name})
    return redirect("elements:participants", school=request.seat.organisation.slug, kind=kind)
