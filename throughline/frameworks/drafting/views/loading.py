"""A draft for those who lead, and what every page about it has around its content."""

import hashlib
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from throughline.frameworks.draft_content import Content, Part, competencies_of
from throughline.frameworks.drafting.editing import Gone, domain_of, found
from throughline.frameworks.drafting.registry import links_to
from throughline.frameworks.models import FrameworkDraft
from throughline.frameworks.policy import may_publish
from throughline.frameworks.queries import drafts_of
from throughline.schools.tenant import MemberRequest


def draft_or_404(request: MemberRequest, draft_id: UUID) -> FrameworkDraft:
    """A draft of this organisation that is not published yet; only those who may publish work on it."""
    rows = drafts_of(request.seat.organisation).defer(None)
    draft = get_object_or_404(rows, pk=draft_id)
    may_publish(request.seat.membership, request.seat.organisation).enforce()
    return draft


def to_published(request: MemberRequest, draft_id: UUID) -> HttpResponseBase:
    """To the version that a draft has become, for those who come back to its address."""
    rows = FrameworkDraft.objects.filter(organisation=request.seat.organisation, published__isnull=False)
    done = get_object_or_404(rows.only("published_id"), pk=draft_id)
    may_publish(request.seat.membership, request.seat.organisation).enforce()
    return redirect(
        "frameworks:framework", school=request.seat.organisation.slug, version_id=done.published_id
    )


def part_or_404(draft: FrameworkDraft, uid: str) -> tuple[Part | None, Part]:
    """A part of a draft: its domain (None for a domain itself) and the part."""
    try:
        return found(draft.content, uid)
    except Gone:
        pass
    try:
        return None, domain_of(draft.content, uid)
    except Gone:
        raise Http404 from None


def competency_or_404(draft: FrameworkDraft, uid: str) -> tuple[Part, Part]:
    """A competency of a draft with its domain before it."""
    home, part = part_or_404(draft, uid)
    if home is None:
        raise Http404
    return home, part


def to(request: MemberRequest, name: str, draft: FrameworkDraft, part: str = "") -> str:
    """The address of a page about a draft or one of its parts."""
    told: dict[str, Any] = {"school": request.seat.organisation.slug, "draft_id": draft.pk}
    return reverse(f"frameworks:{name}", kwargs=told | ({"part": part} if part else {}))


def around(request: MemberRequest, draft: FrameworkDraft) -> dict[str, Any]:
    """The part of a page's context that tells of its draft."""
    return {
        "draft": draft,
        "draft_url": to(request, "draft", draft),
        "links": links_to(request.seat.organisation.slug, draft.pk),
    }


def seen_of(request: MemberRequest) -> int:
    """The version of the draft that the person had before them."""
    said = request.POST.get("seen", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1


def mark_of(part: Any) -> str:
    """A short sign of a part's words, to tell whether somebody changed them meanwhile."""
    words = json.dumps(part, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def untouched(request: MemberRequest, pick: Callable[[Content], Any]) -> Callable[[Content], bool]:
    """Whether the part that a form was about is still as the person saw it."""

    def still(content: Content) -> bool:
        try:
            return mark_of(pick(content)) == request.POST.get("mark", "")
        except Gone:
            return False

    return still


def names_before(draft: FrameworkDraft) -> list[tuple[str, str]]:
    """The competencies of the version before, by code, in their order."""
    if draft.base is None:
        return []
    rows = draft.base.competencies.order_by("domain__position", "position")
    return list(rows.values_list("code", "name"))


def others_of(draft: FrameworkDraft, uid: str) -> list[tuple[str, str]]:
    """Every other competency, with its name."""
    return [
        (each["uid"], each["name"]) for _home, each in competencies_of(draft.content) if each["uid"] != uid
    ]
