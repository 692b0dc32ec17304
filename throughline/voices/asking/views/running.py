"""Opening a listening, pausing it, going on, and giving it more time."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told
from throughline.voices.asking.actions import (
    extend_listening,
    open_listening,
    pause_listening,
    resume_listening,
)
from throughline.voices.asking.forms.whole import ExtendForm
from throughline.voices.asking.views.composing import to
from throughline.voices.asking.views.whole import first_page
from throughline.voices.policy import Part, may_run
from throughline.voices.shortcuts import part_or_404


def _run(request: MemberRequest, listening_id: UUID) -> Part:
    part = part_or_404(request, listening_id)
    may_run(part).enforce()
    return part


@require_POST
@for_members
def open_it(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """Open it; what is missing is said."""
    part = _run(request, listening_id)
    try:
        open_listening(listening=part.listening, by=request.seat.membership)
    except ValidationError as error:
        return first_page(request, part, wrong=error.messages)
    messages.success(request, _("The listening is open. Now let everyone know."))
    return to("listening", request, part.listening)


def _with(verb: Callable[..., object], request: MemberRequest, part: Part, said: str) -> HttpResponseBase:
    with refusals_told(request):
        verb(listening=part.listening, by=request.seat.membership)
        messages.success(request, said)
    return to("listening", request, part.listening)


@require_POST
@for_members
def pause(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """Take no answers for a while."""
    return _with(pause_listening, request, _run(request, listening_id), _("No answers are taken for now."))


@require_POST
@for_members
def resume(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """Take answers again."""
    return _with(resume_listening, request, _run(request, listening_id), _("Answers are taken again."))


@require_POST
@for_members
def extend(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """Another last day."""
    part = _run(request, listening_id)
    form = ExtendForm(request.POST)
    if form.is_valid():
        day, by = form.cleaned_data["closes_on"], request.seat.membership
        if attempt(form, lambda: extend_listening(listening=part.listening, closes_on=day, by=by)):
            messages.success(request, _("Kept."))
            return to("listening", request, part.listening)
    return first_page(request, part, extend=form)
