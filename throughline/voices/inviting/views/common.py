"""What every page of the ways in loads first, and where it leads back to."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from throughline.schools.tenant import MemberRequest
from throughline.voices.inviting.queries import groups_of
from throughline.voices.models import Asked
from throughline.voices.policy import Part, may_run
from throughline.voices.shortcuts import part_or_404


def part_to_run(request: MemberRequest, listening_id: UUID) -> Part:
    """The part of somebody who may run the listening; 404 or 403 otherwise. Two queries."""
    part = part_or_404(request, listening_id)
    may_run(part).enforce()
    return part


def asked_or_404(part: Part, asked_id: UUID) -> Asked:
    """A group of the listening. One query."""
    found = next((each for each in groups_of(part.listening) if each.pk == asked_id), None)
    if found is None:
        raise Http404
    return found


def address_of_group(request: HttpRequest, asked: Asked) -> str:
    """The whole address of the group's first page."""
    return request.build_absolute_uri(reverse("voices:welcome", kwargs={"place": asked.place}))


def back_to_ways(request: MemberRequest, part: Part) -> HttpResponseBase:
    """A redirect to the ways in."""
    where: dict[str, Any] = {"school": request.seat.organisation.slug, "listening_id": part.listening.pk}
    back: HttpResponseBase = redirect("voices:inviting", **where)
    return back
