"""Rate again after talking: open it, answer alone, close it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from throughline.journeys.models import Rating, Rerating, RoundItem
from throughline.journeys.policy import may_see_spread
from throughline.journeys.queries import rater_of
from throughline.journeys.rating.forms import RatingForm
from throughline.journeys.second_ratings.actions import close_again, open_again, rate_again
from throughline.journeys.shortcuts import Loaded, round_or_404
from throughline.journeys.spread.consensus import Agreement
from throughline.journeys.spread.queries import FEWEST_FOR_DOTS, spread_is_open, spreads_of
from throughline.journeys.spread.second_ratings import Mine, mine_again
from throughline.journeys.words import address
from throughline.kit.addresses import local_path
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told


def said_in_words(said: Rating | Rerating, loaded: Loaded) -> str:
    """One's own answer, for one's own eyes."""
    if said.step is None:
        return _("cannot say")
    return loaded.framework.step_labels[said.step - 1].label


@for_members
def again(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """What the team asks me to rate once more, with my own first answers."""
    loaded = round_or_404(request, round_id)
    rater = rater_of(request.seat, loaded.round)
    if not spread_is_open(loaded.round):
        raise Http404
    may_see_spread(loaded.place).enforce()
    rows = [
        (
            loaded.framework.by_id[each.item.competency_id],
            said_in_words(each.first, loaded),
            said_in_words(each.again, loaded) if each.again else "",
        )
        for each in mine_again(rater)
    ]
    context = {
        **loaded.head(),
        "rows": rows,
        "left": sum(not now for _competency, _first, now in rows),
    }
    return render(request, "journeys/again.html", context)


def _mine_or_404(request: MemberRequest, round_id: UUID, competency_id: UUID) -> tuple[Loaded, Mine]:
    loaded = round_or_404(request, round_id)
    rater = rater_of(request.seat, loaded.round)
    found = mine_again(rater, competency_id=competency_id)
    if not found:
        raise Http404
    return loaded, found[0]


@for_members
def again_one(request: MemberRequest, round_id: UUID, competency_id: UUID) -> HttpResponseBase:
    """One competency once more. My first answer stands above; no step is chosen for me."""
    loaded, mine = _mine_or_404(request, round_id, competency_id)
    competency = loaded.framework.by_id[competency_id]
    small = (
        not loaded.round.names_shown
        and loaded.round.raters.filter(membership__isnull=False).count() < FEWEST_FOR_DOTS
    )
    staying = "stay" in request.POST
    form = RatingForm(
        request.POST if request.method == "POST" and not staying else None,
        competency=competency,
        framework=loaded.framework,
        rating=mine.again,
        small=small,
        names_shown=loaded.round.names_shown,
        again=True,
    )
    if request.method == "POST" and (staying or form.is_valid()):
        said = (
            {"step": mine.first.step, "confidence": mine.first.confidence, "comment": ""}
            if staying
            else form.said()
        )
        kept = attempt(
            form,
            lambda: rate_again(by=request.seat, round_id=round_id, competency_id=competency_id, **said),
        )
        if kept is not None:
            return redirect("journeys:again", school=request.seat.organisation.slug, round_id=round_id)
    context = {
        "round": loaded.round,
        "journey": loaded.journey,
        "competency": competency,
        "form": form,
        "small": small,
        "first": said_in_words(mine.first, loaded),
        "first_rating": mine.first,
        "now": said_in_words(mine.again, loaded) if mine.again else "",
    }
    return render(request, "journeys/again_one.html", context, status=422 if form.errors else 200)


@for_members
@require_POST
def open_(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """Ask for one competency to be rated again, or for all that are disputed and open."""
    loaded = round_or_404(request, round_id)
    with refusals_told(request):
        opened = open_again(place=loaded.place, round_id=round_id, competencies=_asked_for(request, loaded))
        messages.success(
            request,
            ngettext(
                "Everyone who rated it alone can rate it again now, each on their own screen.",
                "Everyone who rated them alone can rate %(count)s competencies again now, each on their own screen.",
                len(opened),
            )
            % {"count": len(opened)},
        )
    return _back(request, round_id)


def _asked_for(request: MemberRequest, loaded: Loaded) -> list[UUID]:
    if "disputed" in request.POST:
        return [
            each.competency.id
            for each in spreads_of(loaded.round, loaded.framework, None)
            if each.word in (Agreement.SPLIT, Agreement.LEAN) and each.item.state == RoundItem.State.OPEN
        ]
    return _chosen(request)


def _chosen(request: MemberRequest) -> list[UUID]:
    try:
        return [UUID(value) for value in request.POST.getlist("competency")]
    except ValueError:
        return []


@for_members
@require_POST
def close(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """End rating again and show both pictures."""
    loaded = round_or_404(request, round_id)
    with refusals_told(request):
        close_again(place=loaded.place, round_id=round_id, competencies=_chosen(request))
    return _back(request, round_id)


def _back(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """To the page that asked, where it is one of ours."""
    asked = local_path(request.POST.get("next", ""))
    return redirect(asked or address(request.seat, "spread", round_id=round_id))
