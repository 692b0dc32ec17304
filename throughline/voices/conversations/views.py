"""Conversations: the lists, one of them, writing one down, the kit."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey
from throughline.kit import clock
from throughline.records.paper.compiling import PAPERS
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt
from throughline.voices.conversations import actions
from throughline.voices.conversations.bands import BANDS
from throughline.voices.conversations.forms import ChangeForm, ConversationForm
from throughline.voices.conversations.guide import after, before, first, guide_pdf, questions_for
from throughline.voices.conversations.offers import offered_on_conversation
from throughline.voices.conversations.policy import may_change, may_see_conversations, may_write
from throughline.voices.conversations.queries import (
    competencies_named,
    conversation_in,
    conversations_of,
    journeys_to_choose,
    listening_named,
    too_small_in,
)
from throughline.voices.groups import BY_CODE, GROUPS
from throughline.voices.models import Conversation, Listening
from throughline.voices.queries import part_of
from throughline.voices.shortcuts import head, part_or_404

ASKS = ["GET", "HEAD", "POST"]
AT_ONCE = 30


def _rows(page: Any) -> list[tuple[Conversation, Any]]:
    return [(each, BANDS.get(each.how_many, "")) for each in page]


@require_safe
@for_members
def conversations(request: MemberRequest) -> HttpResponse:
    """Every conversation that this person may read; for most that is none."""
    page = Paginator(conversations_of(request.seat), AT_ONCE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": _rows(page), "may_write": may_write(request.seat.membership)}
    return render(request, "voices/conversations.html", context)


@require_safe
@for_members
def beside(request: MemberRequest, listening_id: UUID) -> HttpResponse:
    """The conversations beside a listening, and whom to hear in one because they are too few for figures."""
    part = part_or_404(request, listening_id)
    may_see_conversations(part).enforce()
    rows = conversations_of(request.seat).filter(listening=part.listening)
    page = Paginator(rows, AT_ONCE).get_page(request.GET.get("page"))
    context = {
        **head(request, part),
        "page": page,
        "rows": _rows(page),
        "too_small": too_small_in(part.listening),
        "may_write": True,
    }
    return render(request, "voices/listening_conversations.html", context)


@require_safe
@for_members
def conversation(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """One conversation: what was heard, and where people saw it differently."""
    held = _or_404(request, conversation_id)
    context = {
        "held": held,
        "how_many": BANDS.get(held.how_many, ""),
        "about": competencies_named(held.journey, held.competencies),
        "may_change": may_change(held, request.seat.membership),
        "offers": offered_on_conversation(held, request.seat),
    }
    return render(request, "voices/conversation.html", context)


def _or_404(request: MemberRequest, conversation_id: UUID) -> Conversation:
    held = conversation_in(request.seat, conversation_id)
    if held is None:
        raise Http404
    return held


@require_http_methods(ASKS)
@for_members
def new(request: MemberRequest) -> HttpResponseBase:
    """Write down a conversation; `?listening=` beside a listening, `?journey=`, `?group=`."""
    seat = request.seat
    listening = listening_named(seat, request.GET.get("listening", ""))
    hosts = part_of(listening, seat.membership).hosts if listening else False
    may_write(seat.membership, hosts=hosts).enforce()
    journey = listening.journey if listening else _journey(request)
    if journey is None:
        return render(request, "voices/conversation_form.html", {"form": None})
    initial = {
        "group": request.GET.get("group", ""),
        "held_on": clock.today(),
        "competencies": listening.competencies if listening else [],
    }
    form = _form(request, journey, initial)
    if request.method == "POST" and form.is_valid():
        verb: Any = partial(actions.add_conversation, journey=journey, listening=listening)
        made = attempt(form, partial(verb, by=seat.membership, **form.told()))
        if made is not None:
            messages.success(request, _("It is written down. Destroy your notes now."))
            return redirect("voices:conversation", school=seat.organisation.slug, conversation_id=made.pk)
    context = {"form": form, "listening": listening, "journey": journey, "held": None}
    return render(request, "voices/conversation_form.html", context, status=422 if form.errors else 200)


def _journey(request: MemberRequest) -> Journey | None:
    found = journeys_to_choose(request.seat)
    asked = request.GET.get("journey", "")
    return next((each for each in found if str(each.pk) == asked), found[0] if found else None)


def _form(
    request: MemberRequest, journey: Journey, initial: dict[str, Any], *, new: bool = True
) -> ConversationForm:
    sent = request.POST if request.method == "POST" else None
    kind = ConversationForm if new else ChangeForm
    return kind(sent, initial=initial, known=tree(journey.record.version_id).competencies)


@require_http_methods(ASKS)
@for_members
def change(request: MemberRequest, conversation_id: UUID) -> HttpResponseBase:
    """Change what was written down; whoever changed it meanwhile is seen beside."""
    held, by = _or_404(request, conversation_id), request.seat.membership
    may_change(held, by).enforce()
    names = ("group", "held_on", "how_many", "competencies", "heard", "differs")
    form = _form(request, held.journey, {name: getattr(held, name) for name in names}, new=False)
    if request.method == "POST" and form.is_valid():
        verb: Any = partial(actions.change_conversation, conversation=held, seen_version=held.version)
        if attempt(form, partial(verb, by=by, **form.told())):
            messages.success(request, _("Kept."))
            return redirect("voices:conversation", school=by.organisation.slug, conversation_id=held.pk)
    context = {"form": form, "listening": held.listening, "journey": held.journey, "held": held}
    return render(request, "voices/conversation_form.html", context, status=422 if form.errors else 200)


@require_safe
@for_members
def kit(request: MemberRequest) -> HttpResponse:
    """How to hold a conversation, and the guide to print for each group."""
    listening = listening_named(request.seat, request.GET.get("listening", ""))
    _may_use_kit(request, listening)
    about = {"listening": str(listening.pk)} if listening else {}
    files = [
        (group, [(size, f"?{urlencode({**about, 'group': group.code, 'paper': size})}") for size in PAPERS])
        for group in GROUPS
    ]
    parts = [(_("Before"), before()), (_("Say this first"), first()), (_("At the end, and after"), after())]
    context = {"listening": listening, "files": files, "parts": parts}
    return render(request, "voices/conversation_kit.html", context)


@require_safe
@for_members
def guide(request: MemberRequest) -> HttpResponse:
    """The guide as a PDF; `?group=`, `?listening=`, `?paper=letter`."""
    listening = listening_named(request.seat, request.GET.get("listening", ""))
    _may_use_kit(request, listening)
    group, paper = request.GET.get("group", "learner"), request.GET.get("paper", "a4")
    journey = listening.journey if listening else _journey(request)
    if group not in BY_CODE or paper not in PAPERS or journey is None:
        raise Http404
    about = listening.competencies if listening else _about(journey)
    content = guide_pdf(journey, group, questions_for(listening, group, about), paper)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="conversation-{group}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _about(journey: Journey) -> list[str]:
    return [
        each.competencies[0].code for each in tree(journey.record.version_id).domains if each.competencies
    ]


def _may_use_kit(request: MemberRequest, listening: Listening | None) -> None:
    hosts = part_of(listening, request.seat.membership).hosts if listening else False
    may_write(request.seat.membership, hosts=hosts).enforce()
