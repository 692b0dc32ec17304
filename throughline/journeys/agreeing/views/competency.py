"""The meeting: one competency at a time, on a projector, with what everyone said and what is agreed."""

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from throughline.frameworks.tree import CompetencyItem
from throughline.journeys.agreeing import actions as agreeing
from throughline.journeys.agreeing.forms.competency import AgreementForm, answers_for, cite_value
from throughline.journeys.agreeing.standings import proposed
from throughline.journeys.meeting import drafts as following
from throughline.journeys.models import Round, RoundItem
from throughline.journeys.policy import may_decide, may_lead_talk
from throughline.journeys.queries import items_of, previous_step, settled_item
from throughline.journeys.shortcuts import Loaded, round_or_404, spread_or_404
from throughline.journeys.spread.change_words import look_in_words
from throughline.journeys.spread.looking_back import Look, looks_of
from throughline.journeys.spread.presenters import described_steps, shown, shown_second
from throughline.journeys.spread.queries import Shown, Spread, most_disputed_first, spreads_of
from throughline.journeys.spread.second_ratings import Second, seconds_of
from throughline.journeys.words import eyebrow, outcome_in_words
from throughline.records.models import Evidence
from throughline.records.panels import panels_at_the_table
from throughline.records.queries import evidence_for, standing_and_cites
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


@dataclass(frozen=True, slots=True)
class Table:
    """What lies on the table: one competency of a round that is being agreed, among all of them."""

    loaded: Loaded
    spreads: list[Spread]
    spread: Spread
    item: RoundItem
    second: Second | None
    look: Look | None
    pieces: list[Evidence]
    standing: str | None
    ticks: list[str]
    previous: int | None

    @property
    def competency(self) -> CompetencyItem:
        """The competency talked about."""
        return self.spread.competency

    def left(self) -> list[Spread]:
        """What is still to talk about, most disputed first."""
        return [each for each in most_disputed_first(self.spreads) if each.item.state == RoundItem.State.OPEN]

    def following(self) -> Spread | None:
        """The next one to talk about."""
        return next((each for each in self.left() if each.item.id != self.item.id), None)


def table_or_404(request: MemberRequest, round_id: UUID, competency_id: UUID) -> Table:
    """Everything about one competency of a round whose spread is open; 404 before that.

    Nobody's own rating is on it: the page is made for a projector.
    """
    loaded = spread_or_404(request, round_id)
    spreads = spreads_of(loaded.round, loaded.framework, None, about=competency_id)
    spread = next((each for each in spreads if each.competency.id == competency_id), None)
    if spread is None:
        raise Http404
    record = loaded.journey.record
    standing, cites = standing_and_cites(record, competency_id)
    return Table(
        loaded=loaded,
        spreads=spreads,
        spread=spread,
        item=spread.item if spread.item.state == RoundItem.State.OPEN else settled_item(spread.item.id),
        second=seconds_of(loaded.round, [spread]).get(spread.item.id),
        look=looks_of(loaded.round, loaded.framework, spreads=spreads).get(spread.item.id),
        pieces=evidence_for(record, competency_id),
        standing=standing,
        ticks=[cite_value(*cite) for cite in cites],
        previous=previous_step(loaded.round, competency_id),
    )


def _form(table: Table, data: QueryDict | None = None) -> AgreementForm:
    return AgreementForm(
        data,
        competency=table.competency,
        pieces=table.pieces,
        labels=table.loaded.framework.step_labels,
        initial=_initial(table),
    )


def _initial(table: Table) -> dict[str, Any]:
    """What the form starts with: what is being written, else what was agreed. No standing before there is a step, so
    that none contradicts it."""
    item = table.item
    start: dict[str, Any] = {"seen_version": item.version, "evidence": table.ticks}
    if item.state == RoundItem.State.OPEN:
        return start | {name: value for name, value in item.draft.items() if value}
    if item.step is None:
        return start | {"reason": item.reason}
    return start | {"step": item.step, "standing": table.standing, "reason": item.reason}


@for_members
def agree(request: MemberRequest, round_id: UUID, competency_id: UUID) -> HttpResponseBase:
    """Talk about one competency and agree on it."""
    table = table_or_404(request, round_id, competency_id)
    if request.method != "POST":
        return _page(request, table, _form(table))
    form = _form(table, request.POST)
    try:
        if form.is_valid() and attempt(form, lambda: _agree(table, form)) is not None:
            return _go_on(request, table)
    except agreeing.Meanwhile as met:
        return _both(request, table, met)
    return _page(request, table, form, status=422)


def _agree(table: Table, form: AgreementForm) -> RoundItem:
    return agreeing.agree(
        place=table.loaded.place,
        item_id=table.item.id,
        agreement=form.agreement(),
        seen_version=form.cleaned_data["seen_version"],
    )


@for_members
@require_POST
def leave_open(request: MemberRequest, round_id: UUID, competency_id: UUID) -> HttpResponseBase:
    """The team could not agree, and says why."""
    return _settle_without(request, round_id, competency_id, agreeing.leave_open)


@for_members
@require_POST
def defer(request: MemberRequest, round_id: UUID, competency_id: UUID) -> HttpResponseBase:
    """The team puts it off, and says why."""
    return _settle_without(request, round_id, competency_id, agreeing.defer)


def _settle_without(
    request: MemberRequest, round_id: UUID, competency_id: UUID, verb: Any
) -> HttpResponseBase:
    table = table_or_404(request, round_id, competency_id)
    form = _form(table, request.POST)
    seen = request.POST.get("seen_version", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
    try:
        verb(
            place=table.loaded.place,
            item_id=table.item.id,
            reason=request.POST.get("reason", ""),
            seen_version=version,
        )
    except agreeing.Meanwhile as met:
        return _both(request, table, met)
    except ValidationError as error:
        form.errors.clear()
        for name, said in (
            error.message_dict.items() if hasattr(error, "error_dict") else [("__all__", error.messages)]
        ):
            form.add_error(name if name in form.fields else None, list(said))
        return _page(request, table, form, status=422)
    return _go_on(request, table)


@for_members
@require_POST
def draft(request: MemberRequest, round_id: UUID, competency_id: UUID) -> HttpResponse:
    """Keep what is being written, so that those who follow see it. Answers nothing: it is a help, not a promise."""
    loaded = round_or_404(request, round_id)
    item = get_object_or_404(items_of(loaded.round), competency=competency_id)
    with suppress(ValidationError):
        following.keep_draft(place=loaded.place, item_id=item.id, draft=request.POST.dict())
    return HttpResponse(status=204)


def _go_on(request: MemberRequest, table: Table) -> HttpResponseBase:
    school, held = request.seat.organisation.slug, table.loaded.round
    nxt = table.following()
    if nxt is None:
        return redirect("journeys:round", school=school, round_id=held.id)
    return redirect("journeys:agree", school=school, round_id=held.id, competency_id=nxt.competency.id)


def _both(request: MemberRequest, table: Table, met: agreeing.Meanwhile) -> HttpResponseBase:
    """Someone else settled it first: show theirs beside what was typed here, and let people decide."""
    data = request.POST.copy()
    data["seen_version"] = str(met.item.version)
    form = _form(table, data)
    form.is_valid()
    return _page(request, table, form, status=409, theirs=met.item)


def _page(
    request: MemberRequest,
    table: Table,
    form: AgreementForm,
    *,
    status: int = 200,
    theirs: RoundItem | None = None,
) -> HttpResponse:
    place = table.loaded.place
    framework, held = table.loaded.framework, table.loaded.round
    labels = framework.step_labels
    leader = table.loaded.round.led_by_id
    ticked = form["evidence"].value() or []
    context = {
        "round": table.loaded.round,
        "journey": table.loaded.journey,
        "competency": table.competency,
        "shown": shown(table.spread, labels, agreed=table.item.step),
        "second": shown_second(table.spread, table.second, labels, agreed=table.item.step),
        "look": look_in_words(table.look, labels) if table.look else None,
        "may_lead": may_lead_talk(place),
        "leads": leader == place.seat.membership.id,
        "someone_leads": leader is not None,
        "followed_here": table.loaded.round.talking_about == table.competency.id,
        "item": table.item,
        "panels": panels_at_the_table(request, table.loaded.journey.record, table.competency),
        "form": form,
        "eyebrow": eyebrow(table.loaded.journey, held.number),
        "steps": described_steps(table.spread, framework),
        "pieces": table.pieces,
        "word_only": table.spread.shown is Shown.WORD,
        "goes_with": json.dumps([proposed(step, table.standing) for step in range(1, len(labels) + 1)]),
        "answers": answers_for(table.competency, table.pieces, set(ticked)),
        "may": may_decide(place),
        "agreeing": table.loaded.round.state == Round.State.AGREEING,
        "left": len(table.left()),
        "total": len(table.spreads),
        "following": table.following(),
        "previous": labels[table.previous - 1].label if table.previous else "",
        "outcome": outcome_in_words(table.item.state),
        "item_step": labels[table.item.step - 1].label if table.item.step else "",
        "standing": table.standing,
        "theirs": theirs,
        "their_outcome": outcome_in_words(theirs.state) if theirs else "",
        "theirs_step": labels[theirs.step - 1].label if theirs and theirs.step else "",
    }
    return render(request, "journeys/agree.html", context, status=status)
