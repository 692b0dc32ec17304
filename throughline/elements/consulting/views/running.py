"""Consultations of an element: all of them, a new one, one with its link and what can be done with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.elements.adopting.actions import Meanwhile, Seen
from throughline.elements.adopting.queries import road_of
from throughline.elements.consulting.actions.opening import (
    end_consultation,
    open_consultation,
    prolong_consultation,
    replace_link,
    withdraw_link,
)
from throughline.elements.consulting.forms import LinkForm, OpenForm, UntilForm
from throughline.elements.consulting.policy import may_moderate
from throughline.elements.consulting.queries import consultation_of, consultations_of, counts_of, themes_of
from throughline.elements.consulting.words import counted
from throughline.elements.models import Consultation
from throughline.elements.policy import Part, may_decide
from throughline.elements.shortcuts import draft_or_404, head
from throughline.kit import clock
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told
from throughline.ui.handover import forget, hand_over, handed_over


@require_safe
@for_members
def consultations(request: MemberRequest, kind: str) -> HttpResponse:
    """Every consultation of this element."""
    part = draft_or_404(request, kind)
    rows = list(consultations_of(part.element))
    context = {**head(request, part), "consultations": rows, "may": may_decide(part)}
    return render(request, "elements/consultations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def new(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Freeze the draft as it stands and ask."""
    part = draft_or_404(request, kind)
    may_decide(part).enforce()
    last = road_of(part.element).last
    initial = {"opens_on": clock.today(), "seen_change": last.pk if last else None}
    form = OpenForm(request.POST if request.method == "POST" else None, initial=initial)
    conflict = None
    if form.is_valid():
        try:
            opened = attempt(
                form,
                lambda: open_consultation(
                    element=part.element, call=form.call(), seen=form.seen(), by=request.seat.membership
                ),
            )
        except Meanwhile:
            opened, conflict = None, last
        if opened is not None:
            messages.success(request, _("The consultation is ready."))
            there = _there(part, opened.consultation.pk)
            response = redirect(there)
            hand_over(response, opened.token, to=there)
            return response
    context = {
        **head(request, part),
        "form": form,
        "conflict": conflict,
        "now": Seen(last.pk if last else None, 0),
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "elements/consultation_new.html", context, status=status)


def _there(part: Part, consultation_id: UUID) -> str:
    known = {"school": part.element.organisation.slug, "kind": part.element.kind}
    return reverse("elements:consultation", kwargs={**known, "consultation_id": consultation_id})


def found_or_404(request: MemberRequest, kind: str, consultation_id: UUID) -> tuple[Part, Consultation]:
    """The part in the element, and one of its consultations."""
    part = draft_or_404(request, kind)
    found = consultation_of(part.element, consultation_id)
    if found is None:
        raise Http404
    found.element, found.organisation = part.element, request.seat.organisation
    return part, found


@require_safe
@for_members
def consultation(request: MemberRequest, kind: str, consultation_id: UUID) -> HttpResponse:
    """Where it stands, what was said so far, and the link when it was just made."""
    part, found = found_or_404(request, kind, consultation_id)
    token = handed_over(request)
    context: dict[str, Any] = {
        **head(request, part),
        "consultation": found,
        "told": counted(counts_of(found)),
        "themes": themes_of(found),
        "may": may_decide(part),
        "may_moderate": may_moderate(part.element, request.seat.membership),
        "link_form": LinkForm(),
        "until_form": UntilForm(initial={"until": found.closes_on}),
    }
    if token:
        context["link"] = request.build_absolute_uri(
            reverse("elements:consultation-link", kwargs={"token": token})
        )
    response = render(request, "elements/consultation.html", context)
    forget(request, response)
    return response


@require_POST
@for_members
def change(request: MemberRequest, kind: str, consultation_id: UUID) -> HttpResponseBase:
    """Make another link, withdraw it, end the consultation, or give it another last day."""
    part, found = found_or_404(request, kind, consultation_id)
    may_decide(part).enforce()
    by, there = request.seat.membership, _there(part, found.pk)
    response = redirect(there)
    with refusals_told(request):
        match request.POST.get("do", ""):
            case "link":
                opened = replace_link(consultation=found, by=by, passcode=request.POST.get("passcode", ""))
                messages.success(request, _("The link is ready. The one before opens nothing any more."))
                hand_over(response, opened.token, to=there)
            case "withdraw":
                withdraw_link(consultation=found, by=by)
                messages.success(request, _("Withdrawn. The link opens nothing any more."))
            case "end":
                end_consultation(consultation=found, by=by)
                messages.success(request, _("Ended. The link now shows what was heard."))
            case "until":
                form = UntilForm(request.POST)
                if form.is_valid():
                    prolong_consultation(consultation=found, until=form.cleaned_data["until"], by=by)
                    messages.success(request, _("The consultation has another last day."))
                else:
                    messages.error(request, " ".join(map(str, form.errors["until"])))
    return response
