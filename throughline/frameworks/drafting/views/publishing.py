"""What a draft changes, and making it a version."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from throughline.frameworks.draft_content import competencies_of, problems_of
from throughline.frameworks.drafting.actions import Meanwhile, publish_draft
from throughline.frameworks.drafting.changes import Changes, changes_of, same_in_words
from throughline.frameworks.drafting.forms import PublishForm
from throughline.frameworks.drafting.views.loading import (
    around,
    draft_or_404,
    part_or_404,
    seen_of,
    to,
    to_published,
)
from throughline.frameworks.models import FrameworkDraft
from throughline.frameworks.stored_blueprint import stored_blueprint
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


def _changes(draft: FrameworkDraft) -> Changes | None:
    return changes_of(stored_blueprint(draft.base), draft.content) if draft.base else None


def _context(request: MemberRequest, draft: FrameworkDraft) -> dict[str, Any]:
    changed = _changes(draft)
    return {
        **around(request, draft),
        "changes": changed,
        "parts": changed.parts() if changed else [],
        "same": same_in_words(len(changed.same)) if changed and changed.same else "",
        "count": sum(1 for _each in competencies_of(draft.content)),
    }


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in the way, and the part that it is about (none: the framework as a whole)."""

    said: str
    name: str = ""
    href: str = ""


def _problem(request: MemberRequest, draft: FrameworkDraft, uid: str, said: str) -> Problem:
    if not uid:
        return Problem(said)
    _home, part = part_or_404(draft, uid)
    return Problem(said, part["name"], to(request, "draft-part", draft, uid))


@require_safe
@for_members
def changes(request: MemberRequest, draft_id: UUID) -> HttpResponseBase:
    """What changes against the version that the draft was made from, in plain words."""
    draft = draft_or_404(request, draft_id)
    return render(request, "frameworks/draft_changes.html", _context(request, draft))


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def publish(request: MemberRequest, draft_id: UUID) -> HttpResponseBase:
    """Give it a number, confirm what becomes of the old competencies, publish for good."""
    try:
        draft = draft_or_404(request, draft_id)
    except Http404:
        return to_published(request, draft_id)
    start = {"number": draft.content.get("number", "")}
    form = PublishForm(request.POST if request.method == "POST" else None, initial=start)
    problems = [_problem(request, draft, *each) for each in problems_of({**draft.content, "number": "-"})]
    if request.method == "POST" and form.is_valid():
        try:
            version = attempt(
                form,
                lambda: publish_draft(
                    draft=draft,
                    number=form.cleaned_data["number"],
                    seen_version=seen_of(request),
                    by=request.seat.membership,
                ),
            )
        except Meanwhile:
            messages.warning(
                request,
                _("Someone changed this draft while you had it open. Please check the changes again."),
            )
            return redirect(to(request, "draft-changes", draft))
        if version is not None:
            said = _("“%(title)s”, version %(number)s, is published.")
            messages.success(request, said % {"title": version.title, "number": version.number})
            return redirect(
                "frameworks:framework", school=request.seat.organisation.slug, version_id=version.pk
            )
    context = _context(request, draft) | {"form": form, "problems": problems}
    return render(request, "frameworks/draft_publish.html", context, status=422 if form.errors else 200)
