"""The listenings of an organization, and the first page of one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from throughline.schools.tenant import MemberRequest, for_members
from throughline.voices.policy import may_begin
from throughline.voices.queries import listenings_of
from throughline.voices.shortcuts import head, part_or_404


@require_safe
@for_members
def listenings(request: MemberRequest) -> HttpResponse:
    """Every listening that this person may see."""
    found = list(listenings_of(request.seat))
    told = {"listenings": found, "may_begin": may_begin(request.seat.membership)}
    return render(request, "voices/listenings.html", told)


@require_safe
@for_members
def listening(request: MemberRequest, listening_id: UUID) -> HttpResponse:
    """Where a listening stands and what comes next."""
    part = part_or_404(request, listening_id)
    return render(request, "voices/listening.html", head(request, part))
