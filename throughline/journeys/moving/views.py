"""A newer version of a journey's framework: what moving on would make of each standing, and doing it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.frameworks.queries import versions_visible_to
from throughline.journeys.moving.actions import move_journey
from throughline.journeys.moving.forms import MoveForm
from throughline.journeys.policy import may_run
from throughline.journeys.queries import no_round_open
from throughline.journeys.shortcuts import journey_or_404
from throughline.records.models import StandingValue
from throughline.records.moving.actions import Carried, outlook_of
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def move(request: MemberRequest, journey_id: UUID, version_id: UUID) -> HttpResponseBase:
    """What each standing becomes first; then, with a reason, all of it in one go."""
    place = journey_or_404(request, journey_id)
    version = get_object_or_404(versions_visible_to(request.seat.organisation), pk=version_id)
    may_run(place).enforce()
    record = place.journey.record
    try:
        outlook = outlook_of(record, version)
    except ValidationError:
        raise Http404 from None
    form = MoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: move_journey(place=place, to=version, reason=reason)):
            said = _("The journey has moved on to version %(number)s.") % {"number": version.number}
            messages.success(request, said)
            return redirect(
                "journeys:overview", school=request.seat.organisation.slug, journey_id=place.journey.pk
            )
    labels = dict(StandingValue.choices)
    context = {
        "journey": place.journey,
        "version": version,
        "outlook": outlook,
        "form": form,
        "free": no_round_open(place.journey),
        "changed": [_row(each) for each in outlook.items if not each.new and not _plain(each)],
        "plain": [each for each in outlook.items if _plain(each)],
        "new": [each for each in outlook.items if each.new],
        "dropped": [(item, labels[standing]) for item, standing in outlook.dropped],
    }
    return render(request, "journeys/move.html", context, status=422 if form.errors else 200)


def _plain(each: Carried) -> bool:
    """One to one under the same name, or of which nothing was begun: there is nothing to look at."""
    if each.new:
        return False
    return len(each.sources) == 1 and each.sources[0][0].name == each.item.name


def _row(each: Carried) -> tuple[Carried, str]:
    """A competency with a sentence on where it comes from."""
    labels = dict(StandingValue.choices)
    named = [
        _("“%(name)s” (%(standing)s)") % {"name": item.name, "standing": labels[standing]}
        for item, standing in each.sources
    ]
    return each, _("From %(names)s.") % {"names": ", ".join(named)}
