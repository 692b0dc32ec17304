"""A journey's name, putting it away and taking it up again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.journeys.policy import Place, may_keep
from throughline.journeys.setup.actions import put_away, rename_journey, take_up_journey
from throughline.journeys.setup.forms import NameForm
from throughline.journeys.shortcuts import journey_or_404
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


def _kept(request: MemberRequest, journey_id: UUID) -> Place:
    place = journey_or_404(request, journey_id)
    may_keep(place).enforce()
    return place


@for_members
def settings(request: MemberRequest, journey_id: UUID) -> HttpResponseBase:
    """The name, and below it whether the journey goes on."""
    place = _kept(request, journey_id)
    form = NameForm(request.POST or None, initial={"name": place.journey.name})
    if request.method != "POST" or not form.is_valid():
        return _page(request, place, form)
    if not attempt(form, lambda: rename_journey(place=place, name=form.cleaned_data["name"])):
        return _page(request, place, form)
    messages.success(request, _("The journey has its new name."))
    return redirect("journeys:overview", school=request.seat.organisation.slug, journey_id=journey_id)


@require_POST
@for_members
def away(request: MemberRequest, journey_id: UUID) -> HttpResponseBase:
    """Put it away; while a round is going on the page says why not."""
    place = _kept(request, journey_id)
    form = NameForm({"name": place.journey.name})
    form.full_clean()
    if not attempt(form, lambda: put_away(place=place)):
        return _page(request, place, form)
    messages.success(request, _("The journey is archived. You can still read everything in it."))
    return redirect("journeys:overview", school=request.seat.organisation.slug, journey_id=journey_id)


@require_POST
@for_members
def take_up(request: MemberRequest, journey_id: UUID) -> HttpResponseBase:
    """Take it up again."""
    take_up_journey(place=_kept(request, journey_id))
    messages.success(request, _("The journey is back."))
    return redirect("journeys:overview", school=request.seat.organisation.slug, journey_id=journey_id)


def _page(request: MemberRequest, place: Place, form: NameForm) -> HttpResponse:
    context = {"journey": place.journey, "form": form}
    return render(request, "journeys/settings.html", context, status=422 if form.errors else 200)
