"""Writing what was heard and what follows, publishing it, and putting the listening away."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.frameworks.languages import name_of
from throughline.journeys.models import Priority
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told
from throughline.voices.answering.languages import Said, said_in
from throughline.voices.models import Listening, Reply
from throughline.voices.policy import Part, may_put_away, may_run, may_write_replies
from throughline.voices.replying import actions
from throughline.voices.replying.checking import HEARD, PARTS, field_of, missing_in
from throughline.voices.replying.document import document_of, lines_of, same_words
from throughline.voices.replying.following import Choices, plans, steps_of
from throughline.voices.replying.forms import AwayForm, ReplyForm
from throughline.voices.replying.queries import (
    draft_named,
    drafts_for,
    names_of,
    newest_edition,
    places_of,
    priorities_of,
    replies_of,
    reply_in,
)
from throughline.voices.replying.suggesting import Draft
from throughline.voices.shortcuts import head, part_or_404

ASKS = ["GET", "HEAD", "POST"]


@require_safe
@for_members
def replies(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """The lines, what is published of them, and where it is read."""
    return _page(request, part_or_404(request, listening_id), AwayForm())


def _page(request: MemberRequest, part: Part, away: AwayForm) -> HttpResponseBase:
    listening, language = part.listening, get_language() or "en"
    rows, edition = replies_of(listening), newest_edition(listening)
    steps = steps_of(listening.organisation_id, request.seat.organisation.slug, rows)
    document = document_of(listening, rows, steps)
    priorities = {str(each.priority_id): each.priority for each in rows if each.priority}
    read = lines_of(document, language, priorities, names_of(listening, language)) if rows else []
    missing = missing_in([each.words for each in rows], listening.languages)
    sees = any(plan.may_see(request.seat) for plan in plans)
    may_write = may_write_replies(part)
    told = {
        **head(request, part),
        "drafts": _told_drafts(drafts_for(listening, rows), language) if may_write else [],
        "rows": [
            (row, line, steps.get(row.pk, []) if sees else []) for row, line in zip(rows, read, strict=True)
        ],
        "edition": edition,
        "changed": edition is not None and edition.document != document,
        "only_steps": edition is not None and same_words(edition.document, document),
        "missing": [name_of(each) for each in missing],
        "places": places_of(listening),
        "papers": [(each, name_of(each)) for each in listening.languages],
        "may_write": may_write,
        "may_publish": may_run(part) and may_write,
        "may_put_away": may_put_away(part),
        "away": away,
    }
    return render(request, "voices/replying/replies.html", told, status=422 if away.errors else 200)


def _told_drafts(found: list[Draft], language: str) -> list[tuple[Draft, Said, str]]:
    """Each with its words in the reader's language, and its key for a link."""
    return [(each, said_in(each.words, language), urlencode({"from": each.key})) for each in found]


def _form(request: MemberRequest, part: Part, held: Reply | None) -> tuple[ReplyForm, dict[str, Priority]]:
    listening = part.listening
    names = names_of(listening, get_language() or "en")
    known = {str(each.pk): each for each in priorities_of(listening)}
    if held is not None and held.priority is not None:
        known.setdefault(str(held.priority_id), held.priority)
    sees = any(plan.may_see(request.seat) for plan in plans)
    chosen = _chosen(request, held) if held is not None and sees else []
    initial: dict[str, Any] = {"kind": Reply.Kind.WILL, "competency": request.GET.get("competency", "")}
    if held is None and request.method != "POST":
        draft = draft_named(listening, request.GET.get("from", ""), initial["competency"])
        if draft is not None:
            initial["competency"] = draft.competency
            initial |= {field_of(HEARD, code): text for code, text in draft.words.items()}
    if held is not None:
        initial = {"kind": held.kind, "competency": held.competency, "priority": held.priority_id}
        initial |= {"steps": chosen, "tells": held.tells}
        for language in listening.languages:
            for each in PARTS:
                initial[field_of(each, language)] = held.words.get(language, {}).get(each, "")
    form = ReplyForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        languages=listening.languages,
        competencies=names,
        priorities=[
            (key, names.get(each.competency.code, each.competency.code)) for key, each in known.items()
        ],
        steps=_choices(listening, chosen) if sees else [],
    )
    return form, known


def _chosen(request: MemberRequest, held: Reply) -> list[str]:
    organisation = request.seat.organisation
    steps = steps_of(organisation.pk, organisation.slug, [held])
    return [each.key for each in steps.get(held.pk, [])]


def _choices(listening: Listening, chosen: list[str]) -> Choices:
    return [group for plan in plans for group in plan.choices(listening.organisation_id, chosen)]


def _form_page(request: MemberRequest, part: Part, form: ReplyForm, held: Reply | None) -> HttpResponseBase:
    told = {**head(request, part), "form": form, "reply": held}
    return render(request, "voices/replying/reply.html", told, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@for_members
def new(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """A new line. A link may name the competency."""
    part, by = part_or_404(request, listening_id), request.seat.membership
    may_write_replies(part).enforce()
    form, known = _form(request, part, None)
    if form.is_valid():
        told = form.told(known)
        if attempt(form, lambda: actions.add_reply(listening=part.listening, by=by, **told)):
            messages.success(request, _("The line is added."))
            return _back(request, listening_id)
    return _form_page(request, part, form, None)


def _reply_or_404(part: Part, reply_id: UUID) -> Reply:
    found = reply_in(part.listening, reply_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(ASKS)
@for_members
def change(request: MemberRequest, listening_id: UUID, reply_id: UUID) -> HttpResponseBase:
    """Change a line; whoever changed it meanwhile is seen beside."""
    part, by = part_or_404(request, listening_id), request.seat.membership
    held = _reply_or_404(part, reply_id)
    may_write_replies(part).enforce()
    form, known = _form(request, part, held)
    if form.is_valid():
        told, seen = form.told(known), held.version
        if attempt(form, lambda: actions.change_reply(reply=held, by=by, seen_version=seen, **told)):
            messages.success(request, _("Kept."))
            return _back(request, listening_id)
    return _form_page(request, part, form, held)


@require_POST
@for_members
def move(request: MemberRequest, listening_id: UUID, reply_id: UUID) -> HttpResponseBase:
    """Up or down by one."""
    held = _reply_or_404(part_or_404(request, listening_id), reply_id)
    actions.move_reply(reply=held, up="up" in request.POST, by=request.seat.membership)
    return _back(request, listening_id)


@require_POST
@for_members
def drop(request: MemberRequest, listening_id: UUID, reply_id: UUID) -> HttpResponseBase:
    """Take a line out."""
    held = _reply_or_404(part_or_404(request, listening_id), reply_id)
    actions.drop_reply(reply=held, by=request.seat.membership)
    messages.success(request, _("The line is taken out."))
    return _back(request, listening_id)


@require_POST
@for_members
def publish(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """Give it to everybody who has the address."""
    part = part_or_404(request, listening_id)
    with refusals_told(request):
        actions.publish_replies(listening=part.listening, by=request.seat.membership)
        messages.success(request, _("Published. Everybody who was asked reads it at the address they know."))
    return _back(request, listening_id)


@require_POST
@for_members
def put_away(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """Put the listening away."""
    part, by = part_or_404(request, listening_id), request.seat.membership
    may_put_away(part).enforce()
    form = AwayForm(request.POST)
    if form.is_valid():
        why = form.cleaned_data["without_reply"]
        held = part.listening
        if attempt(form, lambda: actions.archive_listening(listening=held, by=by, without_reply=why)):
            messages.success(request, _("The listening is put away."))
            return _back(request, listening_id)
    return _page(request, part, form)


@require_POST
@for_members
def bring_back(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """Bring it back."""
    part = part_or_404(request, listening_id)
    actions.unarchive_listening(listening=part.listening, by=request.seat.membership)
    messages.success(request, _("The listening is back."))
    return _back(request, listening_id)


def _back(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    return redirect("voices:replies", school=request.seat.organisation.slug, listening_id=listening_id)
