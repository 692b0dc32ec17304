"""Pages on which something is said about a text, or suggested. What they answer scripts is JSON."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.elements.editing.lines import line_at
from throughline.elements.models import Element, Thread
from throughline.elements.policy import may_comment
from throughline.elements.shortcuts import draft_or_404, head
from throughline.elements.talk.actions.suggesting import suggest
from throughline.elements.talk.actions.talking import begin_thread
from throughline.elements.talk.forms import CommentForm, SuggestForm
from throughline.elements.talk.passages import passage_of_words
from throughline.elements.talk.showing import address_of, errors_told, wants_json
from throughline.elements.writing.places import readable, segment_at, segments
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt

Verb = Callable[[Element, dict[str, Any]], Thread]


@for_members
def begin(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Say something about a paragraph, words in it, a section, or the whole element."""

    def verb(element: Element, told: dict[str, Any]) -> Thread:
        passage = _passage(element, told) if told["at"] is not None else None
        return begin_thread(
            element=element,
            text=told["text"],
            by=request.seat.membership,
            passage=passage,
            section=told["section"],
        )

    words = gettext_lazy("Comment"), gettext_lazy("Your comment stands beside the text now.")
    return _one(request, kind, CommentForm, verb, words)


@for_members
def suggest_words(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Suggest other words for a passage of one paragraph."""

    def verb(element: Element, told: dict[str, Any]) -> Thread:
        return suggest(
            element=element,
            passage=_passage(element, told),
            words=told["instead"],
            proposed=told["proposed"],
            text=told["text"],
            by=request.seat.membership,
        )

    words = gettext_lazy("Suggest other words"), gettext_lazy("Your suggestion stands beside the text now.")
    return _one(request, kind, SuggestForm, verb, words)


def _passage(element: Element, told: dict[str, Any]) -> tuple[int, int, int]:
    """As an editor told it, or the words that were quoted from a paragraph."""
    place, version = told["at"] or 0, told["version"] or 0
    if told["to"] is not None:
        return place, told["to"], version
    return (*passage_of_words(element, place, version, told["words"]), version)


def _one(
    request: MemberRequest,
    kind: str,
    form_of: type[forms.Form],
    verb: Verb,
    words: tuple[str | Promise, str | Promise],
) -> HttpResponseBase:
    part = draft_or_404(request, kind)
    may_comment(part).enforce()
    sent = request.method == "POST"
    chosen = request.POST if sent else request.GET
    form = form_of(request.POST) if sent else form_of(initial=chosen.dict())
    if sent and form.is_valid():
        thread = attempt(form, lambda: verb(part.element, form.cleaned_data))
        if thread is not None and wants_json(request):
            where = address_of(part.element, "thread", thread_id=thread.pk)
            return JsonResponse({"id": str(thread.pk), "address": where}, status=201)
        if thread is not None:
            messages.success(request, str(words[1]))
            return redirect(address_of(part.element, "thread", thread_id=thread.pk))
    if sent and wants_json(request):
        return errors_told(form.errors)
    context = {**head(request, part), "form": form, "title": words[0], "suggests": form_of is SuggestForm}
    context |= _about(part.element, chosen.dict())
    return render(request, "elements/talk_new.html", context, status=422 if form.errors else 200)


def _about(element: Element, chosen: dict[str, Any]) -> dict[str, Any]:
    """What the form is about: a paragraph, a section, the whole; or everything that may be chosen."""
    place, version = chosen.get("at", ""), chosen.get("version", "")
    if place.isdecimal() and version.isdecimal() and int(version) <= element.head:
        then = line_at(element, int(version)).line
        to = chosen.get("to", "")
        if to.isdecimal() and int(place) < int(to) <= len(then):
            return {"paragraph": readable(then[int(place) : int(to)]), "chosen": True}
        return {"paragraph": segment_at(then, min(int(place), len(then))).words, "chosen": True}
    sections = {each.get("key", ""): each.get("title", "") for each in element.outline}
    if chosen.get("section") in sections:
        return {"about": sections[chosen["section"]], "chosen": True}
    if "whole" in chosen or "text" in chosen:
        return {"about": _("The whole element"), "chosen": True}
    line = line_at(element)
    return {
        "sections": [(key, title) for key, title in sections.items() if key],
        "paragraphs": [each for each in segments(line.line) if each.words],
        "version": line.version,
    }
