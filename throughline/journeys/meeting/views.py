"""The facilitator's page: an agenda proposed from the spread, minutes, a timer, notes that become reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from throughline.journeys.meeting.actions import Meanwhiles, lead_talk, noted, plan_meeting, take_notes
from throughline.journeys.meeting.agenda import (
    PRIORITIES,
    TOGETHER,
    USUAL,
    Fact,
    Line,
    brought_up_to_date,
    propose,
)
from throughline.journeys.meeting.forms import MeetingForm
from throughline.journeys.meeting.queries import facts_of
from throughline.journeys.models import MeetingPlan, Round, RoundItem
from throughline.journeys.policy import may_lead_talk, may_see_spread
from throughline.journeys.shortcuts import Loaded, round_or_404
from throughline.journeys.spread.presenters import TONES
from throughline.journeys.spread.queries import Spread, spreads_of
from throughline.journeys.spread.words import word_label
from throughline.journeys.words import addresses
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the agenda as the page shows it. `easy`: what is agreed in one go."""

    key: str
    minutes: int | str
    title: str
    url: str
    hue: int
    word: str
    tone: str
    why: tuple[str, ...]
    note: str
    seen: str
    theirs: str
    talk: bool
    may_join: bool
    easy: tuple[tuple[str, str, int], ...]
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that the page stands on."""

    loaded: Loaded
    spreads: dict[str, Spread]
    facts: list[Fact]
    plan: MeetingPlan | None


def _desk_or_404(request: MemberRequest, round_id: UUID) -> Desk:
    loaded = round_or_404(request, round_id, Round.State.AGREEING)
    may_see_spread(loaded.place).enforce()
    spreads = spreads_of(loaded.round, loaded.framework, None)
    plan = MeetingPlan.objects.filter(organisation=loaded.round.organisation_id, round=loaded.round).first()
    by_key = {str(each.item.id): each for each in spreads}
    return Desk(loaded, by_key, facts_of(loaded.round, spreads), plan)


@for_members
def meeting(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """The agenda of the meeting in which the team agrees."""
    desk = _desk_or_404(request, round_id)
    if request.method != "POST":
        return _page(request, desk, _fresh(desk), _lines(desk))
    form = MeetingForm(request.POST)
    lines = brought_up_to_date(form.lines({*desk.spreads, TOGETHER, PRIORITIES}), desk.facts)
    if form.is_valid() and not form.errors:
        lines = form.changed(lines, desk.facts)
        theirs: dict[UUID, str] = {}
        notes, seen = form.notes()
        try:
            take_notes(place=desk.loaded.place, round_id=round_id, notes=notes, seen=seen)
        except ValidationError as error:
            form.add_error(None, error)
        except Meanwhiles as met:
            theirs = met.theirs
        if not form.errors and _plan(desk, form, lines) and not theirs:
            return redirect("journeys:meeting", school=request.seat.organisation.slug, round_id=round_id)
        if theirs:
            return _page(request, _desk_or_404(request, round_id), form, lines, theirs=theirs, status=409)
        if form.has_error("__all__", "meanwhile"):
            return _page(request, _desk_or_404(request, round_id), form, lines, status=409)
    return _page(request, desk, form, lines, status=422)


def _plan(desk: Desk, form: MeetingForm, lines: Sequence[Line]) -> bool:
    said = form.cleaned_data
    return (
        attempt(
            form,
            lambda: plan_meeting(
                place=desk.loaded.place,
                round_id=desk.loaded.round.id,
                length=said["length"],
                lines=lines,
                seen_version=said["seen_version"],
            ),
        )
        is not None
    )


def _fresh(desk: Desk) -> MeetingForm:
    plan = desk.plan
    return MeetingForm(
        initial={"length": plan.length if plan else USUAL, "seen_version": plan.version if plan else 0}
    )


def _lines(desk: Desk) -> list[Line]:
    if desk.plan is None:
        return propose(desk.facts, USUAL)
    saved = [Line(str(each["key"]), int(each["minutes"])) for each in desk.plan.lines]
    return brought_up_to_date(saved, desk.facts)


def _page(
    request: MemberRequest,
    desk: Desk,
    form: MeetingForm,
    lines: Sequence[Line],
    *,
    theirs: dict[UUID, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    loaded = desk.loaded
    total = sum(line.minutes for line in lines)
    length = form["length"].value()
    settled = [each for each in desk.spreads.values() if each.item.state != RoundItem.State.OPEN]
    context = {
        **loaded.head(),
        "form": form,
        "lines": _shown_lines(request, desk, form, lines, theirs or {}),
        "total": total,
        "differs": _differs(total, length),
        "settled": len(settled),
        "left": len(desk.facts),
        "saved": desk.plan is not None,
        "version": desk.plan.version if desk.plan else 0,
        "theirs": bool(theirs),
        "may": may_lead_talk(loaded.place),
    }
    return render(request, "journeys/meeting.html", context, status=status)


def _differs(total: int, length: object) -> str:
    """Whether the minutes come to the length of the meeting, in a sentence."""
    if not str(length).isdigit() or total == int(str(length)):
        return ""
    off = total - int(str(length))
    if off > 0:
        return ngettext(
            "The agenda is %(count)s minute too long.",
            "The agenda is %(count)s minute too long.",
            off,
        ) % {"count": off}
    return ngettext("One minute is unassigned.", "%(count)s minutes are unassigned.", -off) % {"count": -off}


def _shown_lines(
    request: MemberRequest,
    desk: Desk,
    form: MeetingForm,
    lines: Sequence[Line],
    theirs: dict[UUID, str],
) -> list[Shown]:
    url = addresses(request.seat, "agree", round_id=desk.loaded.round.id)
    facts = {fact.key: fact for fact in desk.facts}
    named = {line.key for line in lines}
    typed = form.data if form.is_bound else {}
    shown = []
    for index, line in enumerate(lines):
        each, fact = desk.spreads.get(line.key), facts.get(line.key)
        edge = {"first": index == 0, "last": index == len(lines) - 1}
        minutes = typed.get(f"minutes-{line.key}", line.minutes) if form.errors else line.minutes
        if each is None or fact is None:
            shown.append(_block(desk, line, minutes, named, **edge))
            continue
        stands = noted(each.item)
        shown.append(
            Shown(
                key=line.key,
                minutes=minutes,
                title=each.competency.name,
                url=url(each.competency.id),
                hue=each.competency.hue,
                word=word_label(each.word),
                tone=TONES[each.word],
                why=_why(fact),
                note=str(typed.get(f"note-{line.key}", stands)),
                seen=stands,
                theirs=theirs.get(each.item.id, ""),
                talk=True,
                may_join=fact.easy,
                easy=(),
                **edge,
            )
        )
    return shown


def _block(desk: Desk, line: Line, minutes: int | str, named: set[str], *, first: bool, last: bool) -> Shown:
    easy = tuple(
        (fact.key, desk.spreads[fact.key].competency.name, desk.spreads[fact.key].competency.hue)
        for fact in desk.facts
        if fact.easy and fact.key not in named and line.key == TOGETHER
    )
    title = _("Agree on these together") if line.key == TOGETHER else _("Choose your priorities")
    return Shown(line.key, minutes, title, "", 0, "", "", (), "", "", "", False, False, easy, first, last)


def _why(fact: Fact) -> tuple[str, ...]:
    said = []
    if fact.priority:
        said.append(_("a priority"))
    if fact.unsure:
        said.append(_("many are unsure"))
    if fact.bare:
        said.append(_("no evidence yet"))
    return tuple(said)


@for_members
@require_POST
def lead(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """Lead the talk at this competency, or lead it no longer."""
    loaded = round_or_404(request, round_id)
    school = request.seat.organisation.slug
    value = request.POST.get("competency", "")
    try:
        competency_id = UUID(value) if value else None
        lead_talk(
            place=loaded.place,
            round_id=round_id,
            competency_id=None if "stop" in request.POST else competency_id,
        )
    except ValueError:
        raise Http404 from None
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("journeys:round", school=school, round_id=round_id)
    if competency_id is None:
        return redirect("journeys:meeting", school=school, round_id=round_id)
    return redirect("journeys:agree", school=school, round_id=round_id, competency_id=competency_id)
