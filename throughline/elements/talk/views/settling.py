"""What becomes of a conversation or a suggestion, and changing what one said."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http.response import HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.elements.models import Remark, Thread
from throughline.elements.policy import Part
from throughline.elements.shortcuts import draft_or_404, head
from throughline.elements.talk.actions.suggesting import (
    PassageChanged,
    accept_suggestion,
    refuse_suggestion,
)
from throughline.elements.talk.actions.talking import (
    edit_remark,
    read_mentions,
    remove_remark,
    reopen,
    resolve,
)
from throughline.elements.talk.forms import RefuseForm, WordsForm
from throughline.elements.talk.policy import may_change_remark
from throughline.elements.talk.queries import said_in, with_remarks
from throughline.elements.talk.showing import address_of, errors_told, wants_json
from throughline.elements.talk.views.reading import render_thread
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt

_WAYS = {"resolve": resolve, "reopen": reopen, "read": read_mentions}


@require_POST
@for_members
def settle_thread(request: MemberRequest, kind: str, thread_id: UUID) -> HttpResponseBase:
    """Resolve a conversation, open it again, or say that one has read it (`to`)."""
    part, held = _held(request, kind, thread_id)
    way = _WAYS.get(request.POST.get("to", ""))
    try:
        if way is not None:
            way(thread=held, by=request.seat.membership)
    except ValidationError as refused:
        if wants_json(request):
            return errors_told({"__all__": refused.messages})
        messages.error(request, " ".join(refused.messages))
    return _done(request, part, held)


@require_POST
@for_members
def accept(request: MemberRequest, kind: str, thread_id: UUID) -> HttpResponseBase:
    """Put the suggested words into the text. `over`: what the passage says now, when whoever accepts has seen that."""
    part, held = _held(request, kind, thread_id)
    try:
        version = accept_suggestion(
            thread=held, by=request.seat.membership, over=request.POST.get("over", "")
        )
    except PassageChanged as changed:
        if wants_json(request):
            told = {"errors": {"__all__": changed.messages}, "then": changed.then, "now": changed.now}
            return JsonResponse(told, status=409)
        messages.error(request, " ".join(changed.messages))
    except ValidationError as refused:
        if wants_json(request):
            return errors_told({"__all__": refused.messages})
        messages.error(request, " ".join(refused.messages))
    else:
        if wants_json(request):
            return JsonResponse({"version": version})
        messages.success(request, _("The suggested words stand in the text now."))
    return _done(request, part, held)


@require_POST
@for_members
def refuse(request: MemberRequest, kind: str, thread_id: UUID) -> HttpResponseBase:
    """Leave the text as it is, with a reason."""
    part, held = _held(request, kind, thread_id)
    form = RefuseForm(request.POST)

    def verb() -> bool:
        refuse_suggestion(thread=held, reason=form.cleaned_data["reason"], by=request.seat.membership)
        return True

    if form.is_valid() and attempt(form, verb):
        return _done(request, part, held)
    if wants_json(request):
        return errors_told(form.errors)
    [said] = said_in(part.element, [held])
    return render_thread(request, part, said, refusing=form, status=422)


@for_members
def remark(request: MemberRequest, kind: str, remark_id: UUID) -> HttpResponseBase:
    """Change or remove what one said."""
    part = draft_or_404(request, kind)
    held = get_object_or_404(
        Remark.objects.select_related("thread"),
        organisation=request.seat.organisation,
        thread__element=part.element,
        pk=remark_id,
    )
    may_change_remark(part, held).enforce()
    removes = "remove" in request.POST
    form = WordsForm(request.POST) if request.method == "POST" else WordsForm(initial={"text": held.text})

    def verb() -> bool:
        if removes:
            remove_remark(remark=held, by=request.seat.membership)
        else:
            edit_remark(remark=held, text=form.cleaned_data["text"], by=request.seat.membership)
        return True

    if removes:
        form = WordsForm({"text": held.text or "-"})
    if request.method == "POST" and form.is_valid() and attempt(form, verb):
        return _done(request, part, held.thread)
    if request.method == "POST" and wants_json(request):
        return errors_told(form.errors)
    context = {**head(request, part), "form": form, "remark": held}
    return render(request, "elements/remark.html", context, status=422 if form.errors else 200)


def _held(request: MemberRequest, kind: str, thread_id: UUID) -> tuple[Part, Thread]:
    part = draft_or_404(request, kind)
    threads = Thread.objects.filter(organisation=request.seat.organisation, element=part.element)
    return part, get_object_or_404(with_remarks(threads), pk=thread_id)


def _done(request: MemberRequest, part: Part, held: Thread) -> HttpResponseBase:
    if wants_json(request):
        return JsonResponse({"id": str(held.pk)})
    return redirect(address_of(part.element, "thread", thread_id=held.pk))
