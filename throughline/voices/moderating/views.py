"""What people wrote: the reader's page, the moderator's pages, and what the team reads."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.frameworks.tree import tree
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt
from throughline.voices.models import Listening, Words
from throughline.voices.moderating import actions
from throughline.voices.moderating.forms import ReadForm, WordingForm
from throughline.voices.moderating.names import marked, words_of
from throughline.voices.moderating.policy import may_look_after, may_moderate, may_read_words
from throughline.voices.moderating.pressing import sorted_by_need
from throughline.voices.moderating.queries import (
    as_remarks,
    domains_with_words,
    names_of_members,
    progress_of,
    shown_words,
    unread,
    words_in,
    words_of_children,
)
from throughline.voices.shortcuts import head, part_or_404

ASKS = ["GET", "HEAD", "POST"]
AT_ONCE = 20


@require_safe
@for_members
def words(request: MemberRequest, listening_id: UUID) -> HttpResponse:
    """What people wrote in their own words, after moderating; domain by domain, searchable."""
    part = part_or_404(request, listening_id)
    may_read_words(part).enforce()
    listening = part.listening
    names = _domains(listening)
    domain = request.GET.get("domain", "")
    domain = domain if domain in names else ""
    search = request.GET.get("q", "").strip()[:100]
    found = shown_words(listening, domain=domain, search=search)
    page = Paginator(found, AT_ONCE).get_page(request.GET.get("page"))
    context = {
        **head(request, part),
        "page": page,
        "remarks": [(each, names.get(each.domain, "")) for each in as_remarks(listening, page)],
        "domains": names,
        "domain": domain,
        "search": search,
        "query": urlencode({key: said for key, said in (("domain", domain), ("q", search)) if said}),
        "progress": progress_of(listening),
        "may_moderate": may_moderate(part),
    }
    return render(request, "voices/words.html", context)


def _domains(listening: Listening) -> dict[str, str]:
    """Code → name of the domains that were asked about, in order."""
    known = {each.code: each.name for each in tree(listening.journey.record.version_id).domains}
    return {code: known.get(code, code) for code in domains_with_words(listening)}


@require_http_methods(ASKS)
@for_members
def read(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """What children wrote, for the one adult who looks after them: twenty at a time, the pressing ones first."""
    part = part_or_404(request, listening_id)
    may_look_after(part).enforce()
    listening, by = part.listening, request.seat.membership
    form = ReadForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        verb = partial(actions.mark_words_read, listening=listening, by=by, **form.cleaned_data)
        done = attempt(form, verb)
        if done is not None:
            said = ngettext("%(n)d text is marked as read.", "%(n)d texts are marked as read.", done)
            messages.success(request, said % {"n": done})
            return redirect("voices:read-words", school=by.organisation.slug, listening_id=listening_id)
    waiting = unread(listening)
    keys = sorted_by_need([((key, text), text) for key, text in waiting])
    context = {
        **head(request, part),
        "form": form,
        "texts": keys[:AT_ONCE],
        "waiting": len(waiting),
        "more": max(0, len(waiting) - AT_ONCE),
        "worrying": words_of_children(listening).filter(worrying=True).values_list("pk", "text"),
    }
    return render(request, "voices/read_words.html", context, status=422 if form.errors else 200)


@require_POST
@for_members
def calm(request: MemberRequest, listening_id: UUID, words_id: UUID) -> HttpResponseBase:
    """A text is not worrying after all."""
    part = part_or_404(request, listening_id)
    actions.take_back_worry(listening=part.listening, words=words_id, by=request.seat.membership)
    return redirect("voices:read-words", school=request.seat.organisation.slug, listening_id=listening_id)


@require_safe
@for_members
def moderating(request: MemberRequest, listening_id: UUID) -> HttpResponse:
    """How far moderating is, the way on, and what was decided."""
    part = part_or_404(request, listening_id)
    may_moderate(part).enforce()
    found = words_in(part.listening).exclude(state=Words.State.WAITING)
    context = {
        **head(request, part),
        "progress": progress_of(part.listening),
        "next": _next(part.listening),
        "page": Paginator(found, AT_ONCE).get_page(request.GET.get("page")),
        "before_spread": _before_spread(part.listening),
    }
    return render(request, "voices/moderating.html", context)


@require_http_methods(ASKS)
@for_members
def moderate(request: MemberRequest, listening_id: UUID, words_id: UUID) -> HttpResponseBase:
    """One text: take names and harm out and show it, or leave it out; then the next that waits."""
    part = part_or_404(request, listening_id)
    may_moderate(part).enforce()
    held = words_in(part.listening).filter(pk=words_id).first()
    if held is None:
        raise Http404
    initial = {"wording": held.wording or held.text, "why": held.why_left_out, "seen": held.state}
    sent = request.POST if request.method == "POST" else None
    leaves_out = "leave" in request.POST if sent is not None else None
    form = WordingForm(sent, initial=initial, leaves_out=leaves_out)
    if form.is_valid():
        by = request.seat.membership
        said, seen = form.cleaned_data, form.cleaned_data["seen"] or None
        if leaves_out:
            verb: Any = partial(actions.leave_out_words, words=held, why=said["why"])
        else:
            verb = partial(actions.show_words, words=held, wording=said["wording"])
        if attempt(form, partial(verb, by=by, seen_state=seen)):
            return _on(request, part.listening, held.pk)
    names = words_of(names_of_members(request.seat.organisation))
    pieces = marked(held.text, names)
    context = {
        **head(request, part),
        "form": form,
        "held": held,
        "pieces": pieces,
        "names": any(each.marked for each in pieces),
        "progress": progress_of(part.listening),
        "following": _next(part.listening, held.pk),
        "domain": _domains(part.listening).get(held.question.domain, ""),
    }
    return render(request, "voices/moderate.html", context, status=422 if form.errors else 200)


def _next(listening: Listening, after: UUID | None = None) -> UUID | None:
    """The next that waits, from there on and then from the beginning."""
    waiting = words_in(listening).filter(state=Words.State.WAITING)
    rows = waiting.exclude(pk=after) if after else waiting
    later = rows.filter(pk__gt=after).values_list("pk", flat=True).first() if after else None
    return later or rows.values_list("pk", flat=True).first()


def _on(request: MemberRequest, listening: Listening, after: UUID) -> HttpResponseBase:
    here: dict[str, Any] = {"school": request.seat.organisation.slug, "listening_id": listening.pk}
    following = _next(listening, after)
    if following:
        there = reverse("voices:moderate-words", kwargs={**here, "words_id": following})
        return HttpResponseRedirect(there)
    messages.success(request, _("Every text has been looked at."))
    return HttpResponseRedirect(reverse("voices:moderate", kwargs=here))


def _before_spread(listening: Listening) -> bool:
    return listening.round is not None and listening.round.spread_opened_at is None
