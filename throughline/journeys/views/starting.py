"""Pages of a journey: starting."""

from django.http import HttpResponse
from django.shortcuts import render

from throughline.schools.tenant import MemberRequest, for_members


@for_members
def start(request: MemberRequest) -> HttpResponse:
    """Being written."""
    return render(request, "journeys/plain.html")
