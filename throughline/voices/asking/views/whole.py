"""The listenings of an organization, beginning one, and the first page of one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from throughline.journeys.models import Journey, Round
from throughline.journeys.words import round_title
from throughline.kit import clock
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt
from throughline.ui.times import month_in_words
from throughline.voices.asking.actions import begin_listening
from throughline.voices.asking.forms.whole import BeginForm, ExtendForm
from throughline.voices.asking.outlook import outlooks
from throughline.voices.asking.queries import (
    answers_by_group,
    groups_of,
    hosts_of,
    journeys_of,
    open_rounds_of,
    questions_of,
)
from throughline.voices.asking.ready import what_is_missing
from throughline.voices.asking.standing import coming, group_lines, steps_to_open
from throughline.voices.models import Listening
from throughline.voices.policy import Part, may_begin, may_compose, may_run
from throughline.voices.queries import listenings_of
from throughline.voices.shortcuts import head, part_or_404

ASKS = ["GET", "HEAD", "POST"]
RUNNING = (Listening.State.OPEN, Listening.State.PAUSED)


@require_safe
@for_members
def listenings(request: MemberRequest) -> HttpResponse:
    """Every listening that this person may see, and what comes next in each."""
    found = list(listenings_of(request.seat))
    begins = may_begin(request.seat.membership)
    told = {
        "listenings": [(each, coming(each)) for each in found],
        "may_begin": begins,
        "has_journey": bool(found) or not begins or bool(journeys_of(request.seat)),
    }
    return render(request, "voices/listenings.html", told)


@require_http_methods(ASKS)
@for_members
def begin(request: MemberRequest) -> HttpResponseBase:
    """Begin one: what it is called, and what it belongs to."""
    may_begin(request.seat.membership).enforce()
    journeys, rounds = journeys_of(request.seat), open_rounds_of(request.seat)
    places = _places(journeys, rounds)
    month = month_in_words(clock.today())
    initial = {"title": _("What we hear, %(month)s") % {"month": month}, "of": _asked_for(request, places)}
    form = BeginForm(
        request.POST or None, places=[(key, words) for key, (words, *_w) in places.items()], initial=initial
    )
    if request.method == "POST" and form.is_valid():
        _words, journey, held = places[form.cleaned_data["of"]]
        title, by = form.cleaned_data["title"], request.seat.membership
        begun = attempt(form, lambda: begin_listening(journey=journey, round=held, title=title, by=by))
        if begun:
            messages.success(request, _("The listening is begun. Nobody is asked before you open it."))
            return redirect("voices:about", school=request.seat.organisation.slug, listening_id=begun.pk)
    told = {"form": form, "places": places}
    return render(request, "voices/begin.html", told, status=422 if form.errors else 200)


Places = dict[str, tuple[str, Journey, Round | None]]


def _places(journeys: list[Journey], rounds: list[Round]) -> Places:
    """What a listening can belong to: the rounds that are not closed first, then each journey alone."""
    known = {journey.pk: journey for journey in journeys}
    found: Places = {}
    for each in rounds:
        if journey := known.get(each.journey_id):
            words = _("%(round)s of “%(journey)s”") % {
                "round": round_title(each.number),
                "journey": journey.name,
            }
            found[f"round-{each.pk}"] = (words, journey, each)
    for journey in journeys:
        words = _("“%(journey)s” alone") % {"journey": journey.name}
        found[f"journey-{journey.pk}"] = (words, journey, None)
    return found


def _asked_for(request: MemberRequest, places: Places) -> str:
    """The place that a link names, or the first."""
    for name in ("round", "journey"):
        if (key := f"{name}-{request.GET.get(name)}") in places:
            return key
    return next(iter(places), "")


@require_safe
@for_members
def listening(request: MemberRequest, listening_id: UUID) -> HttpResponse:
    """Where a listening stands and what comes next."""
    return first_page(request, part_or_404(request, listening_id))


def first_page(
    request: MemberRequest, part: Part, extend: ExtendForm | None = None, wrong: list[str] | None = None
) -> HttpResponse:
    """The same, with what was refused."""
    held = part.listening
    groups, questions = groups_of(held), questions_of(held)
    expected = outlooks(held, groups, questions)
    told: dict[str, Any] = {
        **head(request, part),
        "may_compose": may_compose(part),
        "may_run": may_run(part),
        "comes": coming(held),
        "hosts": hosts_of(held),
        "wrong": wrong or [],
        "composing": held.state == Listening.State.DRAFT,
        "running": held.state in RUNNING,
        "round_words": round_title(held.round.number) if held.round else "",
    }
    if told["composing"]:
        missing = what_is_missing(held, groups, questions)
        told |= {"missing": missing, "tasks": steps_to_open(held, expected, request.seat.organisation.slug)}
        told["lines"] = group_lines(held, expected, {})
    else:
        told["lines"] = group_lines(held, expected, answers_by_group(held))
        told["extend"] = extend or ExtendForm(initial={"closes_on": held.closes_on})
    return render(
        request, "voices/listening.html", told, status=422 if wrong or (extend and extend.errors) else 200
    )
