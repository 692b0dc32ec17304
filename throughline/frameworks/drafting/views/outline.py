"""The outline of a draft: begin one, add to it, put it in order, take parts out and back."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.frameworks.draft_content import Content, Part, competencies_of, problems_of
from throughline.frameworks.drafting import editing
from throughline.frameworks.drafting.actions import (
    Meanwhile,
    change_draft,
    delete_draft,
    place_in_words,
    start_draft,
)
from throughline.frameworks.drafting.forms import HeadForm, StartForm
from throughline.frameworks.drafting.views.loading import (
    around,
    draft_or_404,
    mark_of,
    part_or_404,
    seen_of,
    to,
    to_published,
    untouched,
)
from throughline.frameworks.models import FrameworkDraft
from throughline.frameworks.policy import may_publish
from throughline.frameworks.queries import versions_visible_to
from throughline.kit.ids import parse_uuid
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt

MOST_ON_A_PAGE = 100
HUES = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A competency in the outline."""

    part: Part
    number: int
    problems: list[str]


@dataclass(frozen=True, slots=True)
class Section:
    """A domain in the outline; closed ones of a large framework show no rows."""

    part: Part
    number: int
    hue: int
    rows: list[Row]
    problems: list[str]
    open: bool


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def start(request: MemberRequest) -> HttpResponseBase:
    """Begin a framework from nothing, or (`base` sent along) a copy of a version."""
    by = request.seat.membership
    may_publish(by, request.seat.organisation).enforce()
    form = StartForm(request.POST if request.method == "POST" and "base" not in request.POST else None)
    draft = None
    if "base" in request.POST:
        visible = versions_visible_to(request.seat.organisation)
        base = get_object_or_404(visible, pk=parse_uuid(request.POST["base"]))
        draft = start_draft(by=by, base=base)
    elif request.method == "POST" and form.is_valid():
        draft = attempt(form, lambda: start_draft(by=by, title=form.cleaned_data["title"]))
    if draft is not None:
        return redirect(to(request, "draft", draft))
    status = 422 if form.errors else 200
    return render(request, "frameworks/draft_start.html", {"form": form}, status=status)


@require_safe
@for_members
def outline(request: MemberRequest, draft_id: UUID) -> HttpResponseBase:
    """Domains with their competencies, and what still stands in the way. A large one shows one domain at a time."""
    try:
        draft = draft_or_404(request, draft_id)
    except Http404:
        return to_published(request, draft_id)
    return render(request, "frameworks/draft.html", _outline(request, draft, request.GET.get("at", "")))


def _outline(request: MemberRequest, draft: FrameworkDraft, at: str = "") -> dict[str, Any]:
    """`at` is the button that has the focus after a move: "up-" or "down-" and the part."""
    content = draft.content
    problems: dict[str, list[str]] = defaultdict(list)
    for uid, said in problems_of({**content, "number": content.get("number") or "-"}):
        problems[uid].append(said)
    large = sum(1 for _each in competencies_of(content)) > MOST_ON_A_PAGE
    opened = request.GET.get("domain", "")
    moved = at.partition("-")[2]
    sections = []
    for number, domain in enumerate(content["domains"], start=1):
        inside = any(each["uid"] == moved for each in domain["competencies"])
        rows = [
            Row(each, place, problems.get(each["uid"], []))
            for place, each in enumerate(domain["competencies"], start=1)
        ]
        shown = not large or domain["uid"] == opened or inside
        wrong = problems.get(domain["uid"], [])
        sections.append(Section(domain, number, (number - 1) % HUES + 1, rows, wrong, shown))
    return {
        **around(request, draft),
        "sections": sections,
        "large": large,
        "problems": problems.get("", []),
        "wrong_parts": sum(1 for uid in problems if uid),
        "removed": content["removed"],
        "at": at,
    }


def _meanwhile(request: MemberRequest, draft: FrameworkDraft) -> HttpResponseBase:
    """Somebody changed the draft first: show it as it is now, and ask to do it again."""
    messages.warning(
        request,
        _(
            "Someone changed this draft while you had it open. This is the current version. Your change has "
            "not been made yet."
        ),
    )
    return redirect(to(request, "draft", draft))


@require_POST
@for_members
def move(request: MemberRequest, draft_id: UUID) -> HttpResponseBase:
    """One place up or down (`move` is "up:<uid>"), or into another domain (`uid`, `other`)."""
    draft = draft_or_404(request, draft_id)
    way, _colon, uid = request.POST.get("move", "").partition(":")
    if way not in ("up", "down"):
        way, uid = request.POST.get("other", ""), request.POST.get("uid", "")
    part_or_404(draft, uid)
    try:
        moved = change_draft(
            draft=draft,
            by=request.seat.membership,
            seen_version=seen_of(request),
            change=lambda content: editing.move(content, uid, way),
        )
    except Meanwhile:
        return _refused_move(request, draft)
    draft.refresh_from_db()
    said = place_in_words(draft.content, uid)
    if not moved:
        said = _("It cannot move any further that way. %(place)s") % {"place": said}
    at = f"{way}-{uid}" if way in ("up", "down") else f"up-{uid}"
    if request.headers.get("HX-Request"):
        context = _outline(request, draft, at) | {"said": said, "at": ""}
        return render(request, "frameworks/_outline.html", context)
    messages.info(request, said)
    # No fragment: a browser that follows one does not move the focus to the button.
    return redirect(f"{to(request, 'draft', draft)}?{urlencode({'at': at})}")


def _refused_move(request: MemberRequest, draft: FrameworkDraft) -> HttpResponseBase:
    if not request.headers.get("HX-Request"):
        return _meanwhile(request, draft)
    draft.refresh_from_db()
    said = _(
        "Someone changed this draft in the meantime. This is the current version. Move it again if you "
        "still want to."
    )
    return render(request, "frameworks/_outline.html", _outline(request, draft) | {"said": said})


@require_POST
@for_members
def add(request: MemberRequest, draft_id: UUID) -> HttpResponseBase:
    """A new domain, or (with `domain`) a new competency at its end; goes to its page."""
    draft = draft_or_404(request, draft_id)
    name, domain = request.POST.get("name", ""), request.POST.get("domain", "")

    def change(content: Content) -> str:
        return editing.add_competency(content, domain, name) if domain else editing.add_domain(content, name)

    try:
        uid = change_draft(
            draft=draft,
            by=request.seat.membership,
            seen_version=seen_of(request),
            change=change,
            untouched=lambda content: True,
        )
    except Meanwhile:
        return _meanwhile(request, draft)
    except ValidationError as error:
        context = _outline(request, draft) | {
            "wrong": domain or "whole",
            "wrong_name": name,
            "errors": error.messages,
        }
        return render(request, "frameworks/draft.html", context, status=422)
    return redirect(to(request, "draft-part", draft, uid))


@require_POST
@for_members
def put_back(request: MemberRequest, draft_id: UUID) -> HttpResponseBase:
    """Undo a removal."""
    draft = draft_or_404(request, draft_id)
    uid = request.POST.get("uid", "")
    try:
        change_draft(
            draft=draft,
            by=request.seat.membership,
            seen_version=seen_of(request),
            change=lambda content: editing.put_back(content, uid),
            untouched=lambda content: True,
        )
    except Meanwhile:
        return _meanwhile(request, draft)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(to(request, "draft", draft))
    messages.success(request, _("It has been restored."))
    return redirect(f"{to(request, 'draft', draft)}?{urlencode({'at': f'up-{uid}'})}")


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def head(request: MemberRequest, draft_id: UUID) -> HttpResponseBase:
    """Title, summary, source and steps."""
    draft = draft_or_404(request, draft_id)
    form = HeadForm(request.POST if request.method == "POST" else None, content=draft.content)
    theirs: Content | None = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            attempt(
                form,
                lambda: change_draft(
                    draft=draft,
                    by=request.seat.membership,
                    seen_version=seen_of(request),
                    change=lambda content: editing.change_head(content, said, form.said_steps()),
                    untouched=untouched(request, _head),
                ),
            )
        except Meanwhile as met:
            draft = met.draft
            theirs = _head(draft.content)
        if not form.errors and theirs is None:
            messages.success(request, _("Saved."))
            return redirect(to(request, "draft", draft))
    context = {
        **around(request, draft),
        "form": form,
        "mark": mark_of(_head(draft.content)),
        "theirs": theirs,
    }
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "frameworks/draft_head.html", context, status=status)


def _head(content: Content) -> Content:
    return {name: content.get(name) for name in ("title", "summary", "attribution", "source_url", "steps")}


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def delete(request: MemberRequest, draft_id: UUID) -> HttpResponseBase:
    """Throw a draft away, after asking."""
    draft = draft_or_404(request, draft_id)
    if request.method == "POST":
        delete_draft(draft=draft, by=request.seat.membership)
        messages.success(request, _("The draft “%(title)s” is deleted.") % {"title": draft.title})
        return redirect("frameworks:frameworks", school=request.seat.organisation.slug)
    return render(request, "frameworks/draft_delete.html", around(request, draft))
