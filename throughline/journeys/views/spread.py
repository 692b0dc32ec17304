"""The spread of a whole round, agreeing on several competencies at once, and following the meeting."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from throughline.journeys.actions.agreeing import Meanwhile, Together, agree_together
from throughline.journeys.actions.meeting import noted
from throughline.journeys.again import seconds_of
from throughline.journeys.again_words import look_in_words
from throughline.journeys.consensus import Agreement
from throughline.journeys.earlier import looks_of
from throughline.journeys.models import MeetingPlan, Round, RoundItem
from throughline.journeys.policy import may_decide, may_lead_talk, may_see_spread
from throughline.journeys.proposals import step_words
from throughline.journeys.queries import previous_steps, rater_of
from throughline.journeys.spread import Shown, Spread, most_disputed_first, spreads_of
from throughline.journeys.views.loading import Loaded, round_or_404
from throughline.journeys.views.showing import ShownSpread, shown, shown_second
from throughline.journeys.words import addresses
from throughline.records.models import Standing, StandingValue
from throughline.schools.tenant import MemberRequest, for_members

DISPUTED = (Agreement.SPLIT, Agreement.LEAN)


def _open_or_404(request: MemberRequest, round_id: UUID) -> Loaded:
    loaded = round_or_404(request, round_id)
    if loaded.round.state not in (Round.State.AGREEING, Round.State.CLOSED):
        raise Http404
    may_see_spread(loaded.place).enforce()
    return loaded


@for_members
def spread(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """How everyone sees it, most disputed first or in the framework's order."""
    loaded = _open_or_404(request, round_id)
    spreads = spreads_of(loaded.round, loaded.framework, rater_of(request.seat, loaded.round))
    by_framework = request.GET.get("order") == "framework"
    ordered = spreads if by_framework else most_disputed_first(spreads)
    labels = loaded.framework.step_labels
    seconds, looks = seconds_of(loaded.round, spreads), looks_of(loaded.round, loaded.framework)
    agree_url = addresses(request.seat, "agree", round_id=round_id)
    left = [each for each in ordered if each.item.state == RoundItem.State.OPEN]
    context = {
        "loaded": loaded,
        "round": loaded.round,
        "journey": loaded.journey,
        "spreads": [
            (
                shown(each, labels, agreed=each.item.step),
                agree_url(each.competency.id),
                shown_second(each, seconds.get(each.item.id), labels, agreed=each.item.step),
                look_in_words(looks[each.item.id], labels) if each.item.id in looks else None,
            )
            for each in ordered
        ],
        "by_framework": by_framework,
        "agreeing": loaded.round.state == Round.State.AGREEING,
        "left": len(left),
        "begun": len(left) < len(spreads),
        "next_url": agree_url(left[0].competency.id) if left else "",
        "may_lead": may_lead_talk(loaded.place),
        "again_open": sum(second.open for second in seconds.values()),
        "to_rate_again": sum(
            each.word in DISPUTED and each.item.state == RoundItem.State.OPEN and each.item.id not in seconds
            for each in spreads
        ),
        "easy": sum(_is_easy(each) for each in spreads),
        "small": any(each.shown is Shown.WORD for each in spreads),
        "dots": any(each.shown is Shown.DOTS for each in spreads),
    }
    return render(request, "journeys/spread.html", context)


def _is_easy(each: Spread) -> bool:
    return each.word is Agreement.AGREE and each.item.state == RoundItem.State.OPEN


@for_members
def together(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """What people agree on anyway, agreed together with one reason."""
    loaded = _open_or_404(request, round_id)
    errors: list[str] = []
    if request.method == "POST":
        try:
            agree_together(
                place=loaded.place,
                round_id=round_id,
                choices=_choices(request),
            )
            return redirect("journeys:spread", school=request.seat.organisation.slug, round_id=round_id)
        except ValidationError as error:
            errors = list(error.messages)
        except Meanwhile:
            errors = [_("Someone else settled one of these meanwhile. Look again at what is left.")]
    context = {
        "loaded": loaded,
        "round": loaded.round,
        "journey": loaded.journey,
        "rows": _easy_rows(loaded, request),
        "labels": list(enumerate((each.label for each in loaded.framework.step_labels), start=1)),
        "standings": StandingValue.choices,
        "may": may_decide(loaded.place),
        "errors": errors,
    }
    return render(request, "journeys/together.html", context, status=422 if errors else 200)


def _choices(request: MemberRequest) -> dict[UUID, Together]:
    found = {}
    for value in request.POST.getlist("item"):
        step = request.POST.get(f"step-{value}", "")
        try:
            found[UUID(value)] = Together(
                int(step or 0),
                request.POST.get(f"standing-{value}", ""),
                request.POST.get(f"reason-{value}", ""),
            )
        except ValueError:
            raise ValidationError(_("Choose a step for every competency that you agree together.")) from None
    return found


def _easy_rows(loaded: Loaded, request: MemberRequest) -> list[dict[str, object]]:
    """Each undisputed competency with what is chosen for it. The step is filled in only where the dots show it, and
    the reason begins with what was noted about it, or with the words of that step."""
    spreads = [each for each in spreads_of(loaded.round, loaded.framework, None) if _is_easy(each)]
    record = loaded.journey.record
    standings = dict(
        Standing.objects.filter(organisation=record.organisation_id, record=record).values_list(
            "competency_id", "value"
        )
    )
    before, apart = previous_steps(loaded.round), _apart(loaded)
    posted = request.method == "POST"
    chosen = set(request.POST.getlist("item"))
    rows = []
    for each in spreads:
        met = max(range(len(each.counts)), key=each.counts.__getitem__) + 1 if each.counts else None
        key = str(each.item.id)
        rows.append(
            {
                "shown": shown(each, loaded.framework.step_labels),
                "key": key,
                "picked": key in chosen if posted else key not in apart,
                "step": request.POST.get(f"step-{key}", "") if posted else str(met or ""),
                "standing": request.POST.get(f"standing-{key}")
                or standings.get(each.competency.id, StandingValue.NOT_STARTED),
                "reason": request.POST.get(f"reason-{key}", "")
                if posted
                else noted(each.item) or (step_words(each.competency, loaded.framework, met) if met else ""),
                "alone": met is not None and before.get(each.competency.id, met) != met,
            }
        )
    return rows


def _apart(loaded: Loaded) -> set[str]:
    """What somebody put on the agenda of the meeting by itself."""
    plans = MeetingPlan.objects.filter(organisation=loaded.round.organisation_id, round=loaded.round)
    return {str(line["key"]) for lines in plans.values_list("lines", flat=True) for line in lines}


@for_members
def follow(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """The meeting on one's own screen: what is talked about and written now."""
    loaded = _open_or_404(request, round_id)
    return render(request, "journeys/follow.html", _followed(request, loaded))


@for_members
def follow_state(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """The changing part of `follow`; 204 when nothing changed since the version that the reader has."""
    loaded = _open_or_404(request, round_id)
    if request.GET.get("seen") == str(loaded.round.version):
        return HttpResponse(status=204)
    return render(request, "journeys/_follow_state.html", _followed(request, loaded))


def _followed(request: MemberRequest, loaded: Loaded) -> dict[str, object]:
    spreads = spreads_of(
        loaded.round,
        loaded.framework,
        rater_of(request.seat, loaded.round),
        about=loaded.round.talking_about,
    )
    labels = loaded.framework.step_labels
    now = next((each for each in spreads if each.competency.id == loaded.round.talking_about), None)
    current: ShownSpread | None = shown(now, labels, agreed=now.item.step) if now else None
    written = now.item.draft if now and now.item.state == RoundItem.State.OPEN else {}
    step = str(written.get("step", ""))
    second = seconds_of(loaded.round, [now]).get(now.item.id) if now else None
    return {
        "again_open": any(
            getattr(each.item, "again_opened", None) and not getattr(each.item, "again_closed", None)
            for each in spreads
        ),
        "second": shown_second(now, second, labels, agreed=now.item.step) if now else None,
        "loaded": loaded,
        "round": loaded.round,
        "journey": loaded.journey,
        "current": current,
        "written": written,
        "written_step": labels[int(step) - 1].label if step in ("1", "2", "3", "4") else "",
        "written_standing": dict(StandingValue.choices).get(str(written.get("standing", "")), ""),
        "settled_step": labels[now.item.step - 1].label if now and now.item.step else "",
        "settled": sum(each.item.state != RoundItem.State.OPEN for each in spreads),
        "total": len(spreads),
        "paused": "paused" in request.GET,
    }
