"""Reading what is shared, inside the organisation or by one that another shares with."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from throughline.network.actions import mark_read
from throughline.network.models import Share
from throughline.network.queries import readable_by, received_by, shares_for
from throughline.network.views.page import page_context, pdf_of
from throughline.network.words import reading_row
from throughline.schools.tenant import MemberRequest, for_members


@require_safe
@for_members
def shared_with_me(request: MemberRequest) -> HttpResponse:
    """What somebody here may read: of their own organisation, and of those that share with it."""
    own = [reading_row(each) for each in shares_for(request.seat)]
    received = [reading_row(each) for each in received_by(request.seat)]
    known = {"own": own, "received": received, "organisation": request.seat.organisation}
    return render(request, "network/shared_with_me.html", known)


def _share_or_404(request: MemberRequest, share_id: UUID) -> Share:
    found = readable_by(request.seat, share_id)
    if found is None:
        raise Http404
    return found


@require_safe
@for_members
def shared(request: MemberRequest, share_id: UUID) -> HttpResponse:
    """One shared snapshot."""
    found = _share_or_404(request, share_id)
    if found.organisation_id == request.seat.organisation.pk:
        mark_read(by=request.seat.membership, share=found)
    known = {**page_context(found), "share": found, "back_words": _("Shared with you")}
    return render(request, "network/shared.html", known)


@require_safe
@for_members
def shared_pdf(request: MemberRequest, share_id: UUID) -> HttpResponse:
    """The same as a PDF."""
    return pdf_of(request, _share_or_404(request, share_id))
