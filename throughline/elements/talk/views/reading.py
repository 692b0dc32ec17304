"""What is said about a text, beside the passages that it is about; one conversation; and the same for scripts."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http.response import HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from throughline.elements.models import Thread
from throughline.elements.policy import Part, may_comment, may_write
from throughline.elements.shortcuts import draft_or_404, head
from throughline.elements.talk.actions.talking import reply
from throughline.elements.talk.forms import RefuseForm, WordsForm
from throughline.elements.talk.policy import may_settle
from throughline.elements.talk.queries import (
    MINE,
    OPEN,
    SETTLED,
    SUGGESTIONS,
    Said,
    said_in,
    threads_of,
    waiting_mentions,
    with_remarks,
)
from throughline.elements.talk.showing import address_of, as_data, errors_told, wants_json
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt

PAGE = 20
PIECE = 500  # threads in one answer to a script


@require_safe
@for_members
def talk(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Conversations and suggestions in the order of the text, each beside its passage."""
    part = draft_or_404(request, kind)
    shows = {
        OPEN: _("Open"),
        SUGGESTIONS: _("Suggestions"),
        MINE: _("With me"),
        SETTLED: _("Done"),
    }
    show = request.GET.get("show", OPEN)
    show = show if show in shows else OPEN
    found = with_remarks(threads_of(part.element, show, request.seat.membership))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        **head(request, part),
        "page": page,
        "said": said_in(part.element, list(page.object_list)),
        "sections": _sections(part),
        "show": show,
        "views": [(words, f"?show={name}", name == show) for name, words in shows.items()],
        "may_comment": may_comment(part),
    }
    return render(request, "elements/talk.html", context)


def _sections(part: Part) -> dict[str, str]:
    return {each.get("key", ""): each.get("title", "") for each in part.element.outline}


@require_safe
@for_members
def threads_json(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Open threads with their positions in the text at `version`, 500 at a time (`?page=2`), for the live editor.

    Positions are those of the newest version; an editor that has not heard of it yet carries them back or waits.
    """
    part = draft_or_404(request, kind)
    found = with_remarks(threads_of(part.element, OPEN, request.seat.membership))
    page = Paginator(found, PIECE).get_page(request.GET.get("page"))
    said = said_in(part.element, list(page.object_list))
    return JsonResponse(
        {
            "version": part.element.head,
            "threads": as_data(part, said),
            "next": page.next_page_number() if page.has_next() else None,
            "may_comment": bool(may_comment(part)),
        }
    )


@for_members
def thread(request: MemberRequest, kind: str, thread_id: UUID) -> HttpResponseBase:
    """One conversation: all that was said, an answer, and what becomes of it."""
    part = draft_or_404(request, kind)
    held = get_object_or_404(
        with_remarks(Thread.objects.filter(organisation=request.seat.organisation, element=part.element)),
        pk=thread_id,
    )
    sent = request.method == "POST"
    form = WordsForm(request.POST if sent else None)
    if sent and form.is_valid():
        said = attempt(
            form,
            lambda: reply(thread=held, text=form.cleaned_data["text"], by=request.seat.membership),
        )
        if said is not None and wants_json(request):
            return JsonResponse({"id": str(said.pk)}, status=201)
        if said is not None:
            messages.success(request, _("Your answer is here for everyone who takes part."))
            return redirect(address_of(part.element, "thread", thread_id=held.pk))
    if sent and wants_json(request):
        return errors_told(form.errors)
    [told] = said_in(part.element, [held])
    return render_thread(request, part, told, form=form, status=422 if form.errors else 200)


def render_thread(
    request: MemberRequest,
    part: Part,
    said: Said,
    *,
    form: WordsForm | None = None,
    refusing: RefuseForm | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """The page of a conversation, with the forms as they were sent."""
    context = {
        **head(request, part),
        "said": said,
        "sections": _sections(part),
        "form": form or WordsForm(),
        "refusing": refusing or RefuseForm(),
        "may_comment": may_comment(part),
        "may_write": may_write(part),
        "may_settle": may_settle(part, said.thread),
        "waits": waiting_mentions(said.thread, request.seat.membership).exists(),
    }
    return render(request, "elements/thread.html", context, status=status)
