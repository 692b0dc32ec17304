"""The guided look: setting out, going on or back, and leaving it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from throughline.home import look
from throughline.people.actions import end_look
from throughline.people.models import Person
from throughline.schools.tenant import for_signed_in, seats_of_request


@for_signed_in
@require_POST
def take_look(request: HttpRequest) -> HttpResponseBase:
    """`go`: begin, next, back or stop. Whoever is past the last page, or stops, is not asked again."""
    assert isinstance(request.user, Person)
    go = request.POST.get("go", "")
    address: str | None = None
    if go == "begin":
        slug = request.POST.get("school", "")
        known = {seat.organisation.slug for seat in seats_of_request(request)}
        address = look.begin(request, slug) if slug in known else None
    elif go in ("next", "back"):
        address = look.move(request, 1 if go == "next" else -1)
    if address:
        return redirect(address)
    look.stop(request)
    end_look(person=request.user)
    return redirect("home:home")
