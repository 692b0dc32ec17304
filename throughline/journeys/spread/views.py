"""The spread of a whole round, and following the meeting."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from throughline.journeys.models import Round, RoundItem
from throughline.journeys.policy import may_be_rated_again, may_lead_talk
from throughline.journeys.queries import rater_of
from throughline.journeys.sealed_answers.queries import may_keep_answers
from throughline.journeys.shortcuts import Loaded, spread_or_404
from throughline.journeys.spread.change_words import ToldLook, look_in_words
from throughline.journeys.spread.consensus import Agreement
from throughline.journeys.spread.looking_back import looks_of
from throughline.journeys.spread.one_go import in_one_go
from throughline.journeys.spread.presenters import (
    ShownSecond,
    ShownSpread,
    Step,
    described_steps,
    shown,
    shown_second,
)
from throughline.journeys.spread.queries import Shown, most_disputed_first, spreads_of
from throughline.journeys.spread.second_ratings import seconds_of
from throughline.journeys.words import addresses
from throughline.records.models import StandingValue
from throughline.schools.tenant import MemberRequest, for_members

Row = tuple[ShownSpread, str, ShownSecond | None, ToldLook | None, list[Step]]
DISPUTED = (Agreement.SPLIT, Agreement.LEAN)


@for_members
def spread(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """How everyone sees it, most disputed first or in the framework's order."""
    loaded = spread_or_404(request, round_id)
    rater = rater_of(request.seat, loaded.round)
    spreads = spreads_of(loaded.round, loaded.framework, rater)
    by_framework = request.GET.get("order") == "framework"
    ordered = spreads if by_framework else most_disputed_first(spreads)
    labels = loaded.framework.step_labels
    seconds, looks = (
        seconds_of(loaded.round, spreads),
        looks_of(loaded.round, loaded.framework, spreads=spreads),
    )
    agree_url = addresses(request.seat, "agree", round_id=round_id)
    word_only = all(each.shown is Shown.WORD for each in spreads)
    left = [each for each in ordered if each.item.state == RoundItem.State.OPEN]
    rows: list[Row] = [
        (
            shown(each, labels, agreed=each.item.step),
            agree_url(each.competency.id),
            shown_second(each, seconds.get(each.item.id), labels, agreed=each.item.step),
            look_in_words(looks[each.item.id], labels) if each.item.id in looks else None,
            described_steps(each, loaded.framework) if each.shown is Shown.WORD else [],
        )
        for each in ordered
    ]
    context = {
        "loaded": loaded,
        **loaded.head(),
        "spreads": rows,
        "groups": _by_word(rows, by_framework=by_framework) if word_only else [],
        "word_only": word_only,
        "by_framework": by_framework,
        "agreeing": loaded.round.state == Round.State.AGREEING,
        "left": len(left),
        "begun": len(left) < len(spreads),
        "next_url": agree_url(left[0].competency.id) if left else "",
        "may_lead": may_lead_talk(loaded.place),
        "may_keep": rater is not None and not rater.on_paper and may_keep_answers(loaded.round),
        "may_rate_again": may_be_rated_again(loaded.round),
        "again_open": sum(second.open for second in seconds.values()),
        "to_rate_again": sum(
            each.word in DISPUTED and each.item.state == RoundItem.State.OPEN and each.item.id not in seconds
            for each in spreads
        ),
        "easy": len(in_one_go(loaded.round, spreads)),
        "small": any(each.shown is Shown.WORD for each in spreads),
        "dots": any(each.shown is Shown.DOTS for each in spreads),
    }
    return render(request, "journeys/spread.html", context)


def _by_word(rows: list[Row], *, by_framework: bool) -> list[tuple[str, list[Row]]]:
    """Where only words may show: the rows under what their word means, or all of them in the framework's order."""
    if by_framework:
        return [(_("All competencies"), rows)]
    headings = {
        Agreement.SPLIT: _("You see these in different ways"),
        Agreement.LEAN: _("Your views on these are mixed"),
        Agreement.AGREE: _("You see these much the same way"),
        Agreement.NONE: _("No one rated these"),
    }
    groups = [
        (words, [row for row in rows if row[0].spread.word is each]) for each, words in headings.items()
    ]
    return [(words, held) for words, held in groups if held]


@for_members
def follow(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """The meeting on one's own screen: what is talked about and written now."""
    loaded = spread_or_404(request, round_id)
    return render(request, "journeys/follow.html", _followed(request, loaded))


@for_members
def follow_state(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """The changing part of `follow`; 204 when nothing changed since the version that the reader has."""
    loaded = spread_or_404(request, round_id)
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
        "steps": described_steps(now, loaded.framework) if now else [],
        "written": written,
        "written_step": labels[int(step) - 1].label if step in ("1", "2", "3", "4") else "",
        "written_standing": dict(StandingValue.choices).get(str(written.get("standing", "")), ""),
        "settled_step": labels[now.item.step - 1].label if now and now.item.step else "",
        "settled": sum(each.item.state != RoundItem.State.OPEN for each in spreads),
        "total": len(spreads),
        "paused": "paused" in request.GET,
    }
