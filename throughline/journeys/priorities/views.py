"""Two or three strategic priorities: proposals to look at, and what the team chose."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from throughline.frameworks.tree import CompetencyItem
from throughline.journeys.candidates import leads_for
from throughline.journeys.closing.actions import missing_to_close
from throughline.journeys.hooks import Offered, offered_on_preparing, offered_on_priority
from throughline.journeys.models import Priority, Round, RoundItem
from throughline.journeys.policy import may_choose_priorities, may_run, may_see_spread
from throughline.journeys.priorities.actions import MOST_PRIORITIES, Choice, choose_priority, drop_priority
from throughline.journeys.priorities.forms import PriorityForm
from throughline.journeys.priorities.proposals import Proposal, proposal_of, proposals_for
from throughline.journeys.queries import items_of, read_items
from throughline.journeys.shortcuts import Loaded, round_or_404
from throughline.journeys.words import step_words
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chosen priority with the words around it."""

    priority: Priority
    competency: CompetencyItem
    step: str
    offers: list[Offered]


def _agreeing_or_404(request: MemberRequest, round_id: UUID) -> Loaded:
    return round_or_404(request, round_id, Round.State.AGREEING, Round.State.CLOSED)


def _chosen(loaded: Loaded) -> list[Chosen]:
    rows = Priority.objects.filter(
        organisation=loaded.round.organisation_id, round=loaded.round, dropped_at__isnull=True
    )
    return [
        Chosen(
            row,
            loaded.framework.by_id[row.competency_id],
            loaded.framework.step_label(row.step).lower(),
            offered_on_priority(loaded.place, loaded.round, row.competency_id),
        )
        for row in rows.select_related("lead").order_by("position")
    ]


@require_safe
@for_members
def priorities(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """What the team chose, and what low or disputed competencies propose. Nothing is chosen by the machine.

    Where people differ is the team's own until the round is closed and its report says so.
    """
    loaded = _agreeing_or_404(request, round_id)
    items = read_items(loaded.round)
    chosen = _chosen(loaded)
    taken = {each.competency.id for each in chosen}
    told = bool(may_see_spread(loaded.place)) or loaded.round.state == Round.State.CLOSED
    proposed = [
        each
        for each in (proposals_for(loaded.round, items, loaded.framework) if told else ())
        if each.competency.id not in taken
    ]
    shown = taken | {each.competency.id for each in proposed}
    context = {
        **loaded.head(),
        "reads": offered_on_preparing(loaded.place),
        "chosen": chosen,
        "room": MOST_PRIORITIES - len(chosen),
        "disputed": [each for each in proposed if each.disputed],
        "low": [each for each in proposed if not each.disputed],
        "rest": [
            loaded.framework.by_id[item.competency_id] for item in items if item.competency_id not in shown
        ],
        "may": may_choose_priorities(loaded.place),
        "may_run": may_run(loaded.place),
        "missing": missing_to_close(items),
    }
    return render(request, "journeys/priorities.html", context)


@for_members
def priority(request: MemberRequest, round_id: UUID, competency_id: UUID) -> HttpResponseBase:
    """Choose one competency, or change what was said of it."""
    loaded = _agreeing_or_404(request, round_id)
    may_choose_priorities(loaded.place).enforce()
    item = items_of(loaded.round).filter(competency=competency_id).first()
    if item is None:
        raise Http404
    chosen = next((each for each in _chosen(loaded) if each.competency.id == competency_id), None)
    form = _form(request, loaded, item, chosen)
    if request.method == "POST" and form.is_valid():
        leads = {each.id: each for each in form.leads}
        said = form.cleaned_data
        choice = Choice(competency_id, **{**said, "lead": leads[said["lead"]]})
        if attempt(form, lambda: choose_priority(place=loaded.place, round_id=round_id, choice=choice)):
            messages.success(request, _("Kept."))
            return _to_list(request, round_id)
    proposal = proposal_of(loaded.round, item, loaded.framework)
    return render(
        request,
        "journeys/priority.html",
        _context(loaded, proposal, form, chosen),
        status=422 if form.errors else 200,
    )


def _form(request: MemberRequest, loaded: Loaded, item: RoundItem, chosen: Chosen | None) -> PriorityForm:
    competency = loaded.framework.by_id[item.competency_id]
    first = (item.step or 0) + 1 if chosen is None else 1
    steps = [
        (number, label.label, step_words(competency, loaded.framework, number))
        for number, label in enumerate(loaded.framework.step_labels, start=1)
        if number >= min(first, len(loaded.framework.step_labels))
    ]
    initial: dict[str, Any] = {"lead": request.seat.membership.id}
    if chosen:
        row = chosen.priority
        initial = {
            name: getattr(row, name) for name in ("why_now", "step", "by_when", "next_step", "next_step_on")
        }
        initial["lead"] = row.lead_id
    leads = leads_for(request.seat, besides=[initial["lead"]])
    return PriorityForm(
        request.POST if request.method == "POST" else None, initial=initial, steps=steps, leads=leads
    )


def _context(loaded: Loaded, proposal: Proposal, form: PriorityForm, chosen: Chosen | None) -> dict[str, Any]:
    return {
        **loaded.head(),
        "competency": proposal.competency,
        "proposal": proposal,
        "form": form,
        "chosen": chosen,
    }


@require_POST
@for_members
def drop(request: MemberRequest, round_id: UUID, competency_id: UUID) -> HttpResponseBase:
    """Take a priority back."""
    loaded = _agreeing_or_404(request, round_id)
    chosen = next((each for each in _chosen(loaded) if each.competency.id == competency_id), None)
    if chosen is None:
        raise Http404
    with refusals_told(request):
        drop_priority(place=loaded.place, priority=chosen.priority)
        messages.success(request, _("%(name)s is no longer a priority.") % {"name": chosen.competency.name})
    return _to_list(request, round_id)


def _to_list(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    return redirect("journeys:priorities", school=request.seat.organisation.slug, round_id=round_id)
