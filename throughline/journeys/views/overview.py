"""Pages of a journey: overview."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from throughline.journeys.views.loading import journey_or_404
from throughline.schools.tenant import MemberRequest, for_members


@for_members
def list_journeys(request: MemberRequest) -> HttpResponse:
    """Being written."""
    return render(request, "journeys/plain.html")


@for_members
def overview(request: MemberRequest, journey_id: UUID) -> HttpResponse:
    """Being written."""
    place = journey_or_404(request, journey_id)
    return render(request, "journeys/plain.html", {"journey": place.journey})
