"""Pages of a journey: scope."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from throughline.journeys.views.loading import journey_or_404
from throughline.schools.tenant import MemberRequest, for_members


@for_members
def scope(request: MemberRequest, journey_id: UUID) -> HttpResponse:
    """Being written."""
    place = journey_or_404(request, journey_id)
    return render(request, "journeys/plain.html", {"journey": place.journey})


@for_members
def aside(request: MemberRequest, journey_id: UUID, competency_id: UUID) -> HttpResponse:
    """Being written."""
    place = journey_or_404(request, journey_id)
    return render(request, "journeys/plain.html", {"journey": place.journey})


@for_members
def take_up(request: MemberRequest, journey_id: UUID, competency_id: UUID) -> HttpResponse:
    """Being written."""
    place = journey_or_404(request, journey_id)
    return render(request, "journeys/plain.html", {"journey": place.journey})
