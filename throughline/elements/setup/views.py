"""The list of the five elements, and the page of one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from throughline.elements.models import ElementKind
from throughline.elements.policy import may_begin
from throughline.elements.queries import parts_of
from throughline.elements.shortcuts import head, part_or_404
from throughline.schools.tenant import MemberRequest, for_members


@require_safe
@for_members
def list_elements(request: MemberRequest) -> HttpResponse:
    """The five elements in the framework's order, each with where it stands."""
    begun = {part.element.kind: part for part in parts_of(request.seat)}
    rows = [(kind, begun.get(kind.value)) for kind in ElementKind]
    return render(
        request, "elements/list.html", {"rows": rows, "may_begin": may_begin(request.seat.membership)}
    )


@require_safe
@for_members
def element(request: MemberRequest, kind: str) -> HttpResponse:
    """The first page of an element: where it stands and what is next."""
    part = part_or_404(request, kind)
    return render(request, "elements/element.html", head(request, part))
