"""Cite what a school shows as evidence in the district's or network's own record."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.frameworks.tree import tree
from throughline.network.citing import citable
from throughline.network.district_forms import CiteForm
from throughline.network.reaching import cite_shared
from throughline.network.views.district import of_others_only
from throughline.records.page_context import around, record_or_404
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def cite(request: MemberRequest, record_id: UUID, competency_id: UUID) -> HttpResponseBase:
    """Choose among what schools show of this competency and let us cite."""
    of_others_only(request.seat)
    record = record_or_404(request, record_id)
    item = tree(record.version_id).by_id.get(competency_id)
    if item is None:
        raise Http404
    found = citable(request.seat, record, competency_id)
    form = CiteForm(request.POST if request.method == "POST" else None, citable=found)
    back = reverse(
        "records:competency",
        kwargs={
            "school": request.seat.organisation.slug,
            "record_id": record.pk,
            "competency_id": competency_id,
        },
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: cite_shared(
                record=record,
                competency_id=competency_id,
                share_id=form.chosen(),
                why=form.cleaned_data["why"],
                by=request.seat.membership,
            ),
        )
        if made:
            messages.success(request, _("Saved. You can cite it for as long as the school shares it."))
            return redirect(back)
    context = {**around(request, record), "form": form, "competency": item, "found": found, "back": back}
    return render(request, "network/cite.html", context, status=422 if form.errors else 200)
