"""Pages of a journey: priorities."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from throughline.journeys.views.loading import round_or_404
from throughline.schools.tenant import MemberRequest, for_members


@for_members
def priorities(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """Being written."""
    loaded = round_or_404(request, round_id)
    return render(request, "journeys/plain.html", {"journey": loaded.journey})


@for_members
def priority(request: MemberRequest, round_id: UUID, competency_id: UUID) -> HttpResponse:
    """Being written."""
    loaded = round_or_404(request, round_id)
    return render(request, "journeys/plain.html", {"journey": loaded.journey})


@for_members
def drop(request: MemberRequest, round_id: UUID, competency_id: UUID) -> HttpResponse:
    """Being written."""
    loaded = round_or_404(request, round_id)
    return render(request, "journeys/plain.html", {"journey": loaded.journey})
