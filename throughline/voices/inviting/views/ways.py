"""The ways in: links, posters, slips, a tablet; and a family's word that its child is not to be asked."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from throughline.records.paper.compiling import PAPERS
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt
from throughline.ui.handover import forget, hand_over, handed_over
from throughline.voices.answering.actions import close_kiosk, open_kiosk
from throughline.voices.groups import BY_CODE
from throughline.voices.inviting.actions import MOST_SLIPS, forget_opt_out, make_slips, withdraw_sheet
from throughline.voices.inviting.papers import poster_pdf, slips_pdf
from throughline.voices.inviting.queries import groups_of, opted_out, sheets_of
from throughline.voices.inviting.views.common import (
    address_of_group,
    asked_or_404,
    back_to_ways,
    part_to_run,
)
from throughline.voices.models import Listening, OptOut
from throughline.voices.policy import Part
from throughline.voices.shortcuts import head


class SlipsForm(forms.Form):
    """How many slips, on which paper."""

    count = forms.IntegerField(label=gettext_lazy("How many slips?"), min_value=1, max_value=MOST_SLIPS)
    paper = forms.ChoiceField(
        label=gettext_lazy("Paper"),
        choices=[("a4", gettext_lazy("A4")), ("letter", gettext_lazy("Letter (US)"))],
    )


@require_safe
@for_members
def ways_in(request: MemberRequest, listening_id: UUID) -> HttpResponse:
    """Each group's ways in, and who is not to be asked."""
    part = part_to_run(request, listening_id)
    answer = _page(request, part)
    forget(request, answer)
    return answer


def _page(request: MemberRequest, part: Part, wrong: dict[UUID, SlipsForm] | None = None) -> HttpResponse:
    sheets, secret = sheets_of(part.listening), handed_over(request)
    groups = [
        {
            "asked": each,
            "name": BY_CODE[each.group].name,
            "address": address_of_group(request, each),
            "sheets": sheets.get(each.pk, []),
            "form": (wrong or {}).get(each.pk)
            or SlipsForm(initial={"count": each.invited}, prefix=each.group),
            "kiosk": secret if secret and f"/v/{each.place}/" in secret else "",
        }
        for each in groups_of(part.listening)
    ]
    told = {
        **head(request, part),
        "groups": groups,
        "opted_out": opted_out(part.listening),
        "is_open": part.listening.state != Listening.State.CLOSED,
    }
    return render(request, "voices/inviting.html", told, status=422 if wrong else 200)


@require_safe
@for_members
def poster(request: MemberRequest, listening_id: UUID, asked_id: UUID) -> HttpResponse:
    """A poster with the open link of a group; `?paper=letter`."""
    part = part_to_run(request, listening_id)
    asked, paper = asked_or_404(part, asked_id), request.GET.get("paper", "a4")
    if paper not in PAPERS or not asked.by_link:
        raise Http404
    content = poster_pdf(
        asked, address=address_of_group(request, asked), school=request.seat.organisation.name, paper=paper
    )
    return _file(content, f"poster-{asked.group}.pdf")


@require_POST
@for_members
def slips(request: MemberRequest, listening_id: UUID, asked_id: UUID) -> HttpResponseBase:
    """New codes, as a file that is made now and kept nowhere."""
    part = part_to_run(request, listening_id)
    asked = asked_or_404(part, asked_id)
    form = SlipsForm(request.POST, prefix=asked.group)
    codes: list[str] | None = None
    if form.is_valid():
        count, by = form.cleaned_data["count"], request.seat.membership
        codes = attempt(form, lambda: make_slips(asked=asked, count=count, by=by))
    if codes is None:
        return _page(request, part, {asked.pk: form})
    content = slips_pdf(
        asked,
        codes,
        address=address_of_group(request, asked),
        link=request.build_absolute_uri(reverse("voices:code", args=["x"]))[:-1],
        school=request.seat.organisation.name,
        paper=form.cleaned_data["paper"],
    )
    return _file(content, f"slips-{asked.group}.pdf")


@require_POST
@for_members
def withdraw(request: MemberRequest, listening_id: UUID, asked_id: UUID) -> HttpResponseBase:
    """Codes of a lost sheet open nothing any more."""
    part = part_to_run(request, listening_id)
    sheet = request.POST.get("sheet", "")
    if not sheet.isdecimal() or len(sheet) > 4:
        raise Http404
    try:
        withdraw_sheet(asked=asked_or_404(part, asked_id), sheet=int(sheet), by=request.seat.membership)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The codes of this sheet open nothing any more."))
    return back_to_ways(request, part)


@require_POST
@for_members
def kiosk(request: MemberRequest, listening_id: UUID, asked_id: UUID) -> HttpResponseBase:
    """Make the link for a tablet, shown once; or withdraw it."""
    part = part_to_run(request, listening_id)
    asked, by = asked_or_404(part, asked_id), request.seat.membership
    back = back_to_ways(request, part)
    if request.POST.get("do") == "withdraw":
        close_kiosk(asked=asked, by=by)
        messages.success(request, _("The tablets stop being places to answer."))
        return back
    try:
        token = open_kiosk(asked=asked, by=by)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return back
    link = reverse("voices:kiosk", kwargs={"place": asked.place, "token": token})
    hand_over(back, request.build_absolute_uri(link), to=back["Location"])
    return back


@require_POST
@for_members
def keep_child(request: MemberRequest, listening_id: UUID, opt_out_id: UUID) -> HttpResponseBase:
    """Take an entry away."""
    part = part_to_run(request, listening_id)
    rows = OptOut.objects.filter(organisation=part.listening.organisation_id, asked__listening=part.listening)
    row = rows.select_related("asked__listening").filter(pk=opt_out_id).first()
    if row is None:
        raise Http404
    forget_opt_out(row=row, by=request.seat.membership)
    return back_to_ways(request, part)


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
