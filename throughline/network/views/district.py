"""A district or network looks at what its schools share: side by side, in no order but the alphabet's."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from throughline.network import district as rules
from throughline.network.district import Matrix
from throughline.network.district_forms import AskForm
from throughline.network.district_words import cell_read, help_read, legend_of, names
from throughline.network.policy import may_ask_schools, may_read_of_others
from throughline.network.reaching import ask_school
from throughline.network.received import helper, received
from throughline.schools.models import Organisation
from throughline.schools.tenant import MemberRequest, Seat, for_members
from throughline.ui.forms import attempt


def of_others_only(seat: Seat) -> None:
    """Schools have no schools: for them these pages do not exist. In a district they are for those who read."""
    if seat.organisation.kind == Organisation.Kind.SCHOOL:
        raise Http404
    may_read_of_others(seat).enforce()


@require_safe
@for_members
def side_by_side(request: MemberRequest) -> HttpResponse:
    """What schools share, one beside the other. `?view=then` says as well what was before."""
    of_others_only(request.seat)
    told = received(request.seat)
    comparable = any(each.then is not None for matrix in told.matrices for each in matrix.pictures)
    with_change = comparable and request.GET.get("view") == "then"
    here = reverse("network:district", kwargs={"school": request.seat.organisation.slug})
    views = [(_("Now"), here, not with_change), (_("Then and now"), f"{here}?view=then", with_change)]
    context = {
        "organisation": request.seat.organisation,
        "matrices": [_matrix(each, with_change=with_change) for each in told.matrices],
        "several": len(told.matrices) > 1,
        "groups": told.groups,
        "views": views if comparable else [],
        "with_change": with_change,
        "may_ask": bool(may_ask_schools(request.seat)),
    }
    return render(request, "network/district.html", context)


def _matrix(matrix: Matrix, *, with_change: bool) -> dict[str, Any]:
    could_help = rules.who_could_help(matrix)
    return {
        "framework": matrix.framework,
        "pictures": matrix.pictures,
        "legend": legend_of(matrix),
        "parts": [
            (
                domain,
                [
                    (
                        row.competency,
                        [cell_read(cell, domain.hue, with_change=with_change) for cell in row.cells],
                    )
                    for row in rows
                ],
            )
            for domain, rows in matrix.parts
        ],
        "common": [(each.competency, names(each.schools)) for each in rules.common_priorities(matrix)],
        "chosen": [help_read(each) for each in could_help if each.chosen],
        "begun": [help_read(each) for each in could_help if not each.chosen],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def ask(request: MemberRequest, share_id: UUID, competency_id: UUID) -> HttpResponseBase:
    """Write to a school that has earned a competency and may be asked about it."""
    of_others_only(request.seat)
    found = helper(request.seat, share_id, competency_id)
    if found is None:
        raise Http404
    may_ask_schools(request.seat).enforce()
    competency, picture, _version = found
    start = _(
        "You have earned “%(competency)s”. Would you show another of our schools how you do it? A visit, "
        "a call or a few pages would help."
    ) % {"competency": competency.name}
    form = AskForm(request.POST) if request.method == "POST" else AskForm(initial={"message": start})
    back = reverse("network:district", kwargs={"school": request.seat.organisation.slug})
    if request.method == "POST" and form.is_valid():
        sent = attempt(
            form,
            lambda: ask_school(
                by=request.seat.membership,
                share_id=share_id,
                competency_id=competency_id,
                message=form.cleaned_data["message"],
            ),
        )
        if sent:
            messages.success(
                request, _("Your message is on its way to %(school)s.") % {"school": names([picture.school])}
            )
            return redirect(back)
    context = {"form": form, "competency": competency, "to": picture.school, "back": back}
    return render(request, "network/ask.html", context, status=422 if form.errors else 200)
