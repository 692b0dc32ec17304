"""Pages of a journey: rounds."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from throughline.journeys.views.loading import journey_or_404, round_or_404
from throughline.schools.tenant import MemberRequest, for_members


@for_members
def prepare(request: MemberRequest, journey_id: UUID) -> HttpResponse:
    """Being written."""
    place = journey_or_404(request, journey_id)
    return render(request, "journeys/plain.html", {"journey": place.journey})


@for_members
def show(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """Being written."""
    loaded = round_or_404(request, round_id)
    return render(request, "journeys/plain.html", {"journey": loaded.journey})


@for_members
def open_(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """Being written."""
    loaded = round_or_404(request, round_id)
    return render(request, "journeys/plain.html", {"journey": loaded.journey})


@for_members
def delete(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """Being written."""
    loaded = round_or_404(request, round_id)
    return render(request, "journeys/plain.html", {"journey": loaded.journey})


@for_members
def raters(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """Being written."""
    loaded = round_or_404(request, round_id)
    return render(request, "journeys/plain.html", {"journey": loaded.journey})


@for_members
def open_spread(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """Being written."""
    loaded = round_or_404(request, round_id)
    return render(request, "journeys/plain.html", {"journey": loaded.journey})
