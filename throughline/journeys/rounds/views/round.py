"""Prepare a round, look at it in every state, open it, change who is awaited, open the spread."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from throughline.activity.mail import letters_go_out
from throughline.frameworks.tree import tree
from throughline.journeys.closing.actions import missing_to_close
from throughline.journeys.hooks import offered_on_preparing
from throughline.journeys.models import Round
from throughline.journeys.paper.queries import stack_of, typists_of
from throughline.journeys.policy import Place, may_choose_priorities, may_decide, may_run, may_see_spread
from throughline.journeys.queries import (
    current_round,
    progress_for,
    read_items,
    rounds_of,
    spread_may_open,
    team_of,
)
from throughline.journeys.rounds.actions import choose_names, delete_draft, open_round, prepare_round
from throughline.journeys.rounds.actions import open_spread as open_spread_verb
from throughline.journeys.rounds.forms import SHOWN, PrepareForm
from throughline.journeys.rounds.queries import asked_of, parts_of
from throughline.journeys.rounds.views.closed import closed_context
from throughline.journeys.shortcuts import Loaded, journey_or_404, round_or_404
from throughline.journeys.spread.queries import OPEN_TEAM, names_are_proposed
from throughline.journeys.words import address, finished_in_words, left_in_words, round_title
from throughline.records.queries import profile_of
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told


@for_members
def prepare(request: MemberRequest, journey_id: UUID) -> HttpResponseBase:
    """What, who, until when: a draft to look over before anybody is asked."""
    place = journey_or_404(request, journey_id)
    may_run(place).enforce()
    going_on = current_round(place.journey)
    if going_on and request.method != "POST":
        messages.info(request, _("This round is still open. Close it before you prepare the next one."))
        return to_round(request, going_on.id)
    form = _form(request, place)
    if request.method == "POST" and form.is_valid():
        held = attempt(
            form,
            lambda: prepare_round(
                place=place,
                competencies=form.chosen_competencies(),
                raters=form.chosen_raters(),
                names_shown=form.cleaned_data["names"] == SHOWN,
                due_on=form.cleaned_data["due_on"],
            ),
        )
        if held:
            return to_round(request, held.id)
    first = not rounds_of(place.journey).exists()
    reads = offered_on_preparing(place)
    context = {"journey": place.journey, "form": form, "first": first, "reads": reads}
    return render(request, "journeys/prepare.html", context, status=422 if form.errors else 200)


def _form(request: MemberRequest, place: Place) -> PrepareForm:
    framework = tree(place.journey.record.version_id)
    profile = profile_of(place.journey.record, framework)
    return PrepareForm(
        request.POST if request.method == "POST" else None,
        framework=framework,
        counted={item.competency.id for item in profile.items if item.counts},
        team=[each for each in team_of(place.journey) if each.is_rater],
    )


def to_round(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """To the page of a round."""
    return redirect("journeys:round", school=request.seat.organisation.slug, round_id=round_id)


@require_safe
@for_members
def show(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """A round as it is now: a draft to look over, rating under way, agreeing, or frozen."""
    loaded = round_or_404(request, round_id)
    state = Round.State(loaded.round.state)
    contexts = {
        Round.State.DRAFT: draft_context,
        Round.State.RATING: rating_context,
        Round.State.AGREEING: agreeing_context,
        Round.State.CLOSED: closed_context,
    }
    return render(request, f"journeys/round_{state.value}.html", contexts[state](request, loaded))


def base_context(loaded: Loaded) -> dict[str, Any]:
    """What every page of a round shows."""
    return {
        **loaded.head(),
        "place": loaded.place,
        "round_name": round_title(loaded.round.number),
        "may_run": may_run(loaded.place),
    }


def draft_context(request: MemberRequest, loaded: Loaded) -> dict[str, Any]:
    """What will be asked of whom."""
    items = read_items(loaded.round)
    asked = asked_of(loaded.round, items, loaded.framework)
    return base_context(loaded) | {
        "parts": parts_of(items, loaded.journey.record, loaded.framework),
        "asked": asked,
        "count": len(items),
        "most": max((each.minutes for each in asked), default=0),
        "open_anyway": len(asked) <= OPEN_TEAM,
        "names_proposed": names_are_proposed(len(asked)) and not loaded.round.names_shown,
    }


def rating_context(request: MemberRequest, loaded: Loaded) -> dict[str, Any]:
    """How many have finished, and what I have left."""
    items = read_items(loaded.round)
    progress, mine = progress_for(request.seat, loaded.round, loaded.framework, len(items))
    return base_context(loaded) | {
        "progress": progress,
        "sentence": finished_in_words(progress.finished, progress.awaited),
        "mine": mine,
        "mine_words": left_in_words(mine.left, mine.minutes) if mine else "",
        "link": f"{settings.SITE_ADDRESS}{address(request.seat, 'rate', round_id=loaded.round.id)}",
        "spread": spread_may_open(progress),
        "parts": parts_of(items, loaded.journey.record, loaded.framework),
        **_on_paper(request, loaded.round),
    }


def _on_paper(request: MemberRequest, held: Round) -> dict[str, str]:
    """How many paper sheets are in, and the way to key them in for those who do."""
    stack = stack_of(held)
    words = "" if stack.tells_of_one else stack.in_words()
    if not stack.people or request.seat.membership.id not in {
        each.membership_id for each in typists_of(held)
    }:
        return {"paper_words": words}
    return {"paper_words": words, "key_in_url": address(request.seat, "key-in", round_id=held.id)}


def agreeing_context(request: MemberRequest, loaded: Loaded) -> dict[str, Any]:
    """What is agreed, what is left, and what closing still needs."""
    items = read_items(loaded.round)
    return base_context(loaded) | {
        "parts": parts_of(items, loaded.journey.record, loaded.framework),
        "left": sum(item.state == "open" for item in items),
        "settled": sum(item.state != "open" for item in items),
        "count": len(items),
        "missing": missing_to_close(items),
        "may_decide": may_decide(loaded.place),
        "may_see_spread": may_see_spread(loaded.place),
        "may_choose": may_choose_priorities(loaded.place),
        "chosen": loaded.round.priorities.filter(dropped_at__isnull=True).count(),
    }


def opened_in_words() -> str:
    """What opening has set going: letters, or links to hand over."""
    if letters_go_out():
        return _("The round is open. Everyone who rates gets an email with the link.")
    return _("The round is open. Now send everyone the link below.")


@require_POST
@for_members
def open_(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """Ask everyone to rate."""
    loaded = round_or_404(request, round_id)
    with refusals_told(request):
        open_round(place=loaded.place, round_id=round_id)
        messages.success(request, opened_in_words())
    return to_round(request, round_id)


@require_POST
@for_members
def names(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """Whether names will show, as long as it is a draft."""
    loaded = round_or_404(request, round_id)
    shown = request.POST.get("names") == SHOWN
    with refusals_told(request):
        choose_names(place=loaded.place, round_id=round_id, shown=shown)
        messages.success(request, _("Names will show.") if shown else _("Names will stay hidden."))
    return to_round(request, round_id)


@require_POST
@for_members
def delete(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """Throw a draft away."""
    loaded = round_or_404(request, round_id)
    try:
        delete_draft(place=loaded.place, round_id=round_id)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return to_round(request, round_id)
    messages.success(request, _("The draft has been deleted. No one was asked to rate."))
    return redirect("journeys:overview", school=request.seat.organisation.slug, journey_id=loaded.journey.id)


@require_POST
@for_members
def open_spread(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """End rating and show how people see it."""
    loaded = round_or_404(request, round_id)
    try:
        open_spread_verb(place=loaded.place, round_id=round_id)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return to_round(request, round_id)
    return redirect("journeys:spread", school=request.seat.organisation.slug, round_id=round_id)
