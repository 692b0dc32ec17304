"""Building Blocks as a framework for learners' records: what will be in it, what changes, and on to the editor."""

from copy import deepcopy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.elements.credits.actions import draft_credits
from throughline.elements.credits.blueprint import blueprint_of_blocks, brought_up
from throughline.elements.credits.queries import open_draft, published_last
from throughline.elements.models import Element, ElementKind
from throughline.elements.policy import may_write
from throughline.elements.shortcuts import draft_or_404, head
from throughline.elements.structure.gaps import gaps_of, ground_of
from throughline.elements.structure.page import gap_rows
from throughline.elements.structure.queries import items_by_kind, ties_of
from throughline.frameworks.blueprint import Blueprint
from throughline.frameworks.draft_content import blueprint_of
from throughline.frameworks.drafting.changes import changes_between, same_in_words
from throughline.frameworks.models import FrameworkDraft
from throughline.frameworks.policy import may_publish
from throughline.frameworks.stored_blueprint import stored_blueprint
from throughline.schools.tenant import MemberRequest, for_members

ABOUT_CREDITS = ("credit-", "criterion-", "area-")


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def credits(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Look at what will change, then make the draft (or bring it up to date) and go on in the framework editor."""
    part = draft_or_404(request, kind)
    if kind != ElementKind.BUILDING_BLOCKS:
        raise Http404
    school, by = request.seat.organisation, request.seat.membership
    may = may_write(part) and may_publish(by, school)
    if request.method == "POST":
        try:
            draft = draft_credits(element=part.element, by=by)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(request.path)
        messages.success(
            request, _("The draft says what Building Blocks say. Nothing changes until you publish it.")
        )
        return redirect("frameworks:draft", school=school.slug, draft_id=draft.pk)
    items = items_by_kind(school)
    plan = blueprint_of_blocks(part.element, items.get(kind, []), school.name)
    gaps = [
        gap for gap in gaps_of(kind, ground_of(items, ties_of(school))) if gap.code.startswith(ABOUT_CREDITS)
    ]
    context = {
        **head(request, part),
        "plan": plan,
        "may_draft": may,
        "may_write": may_write(part),
        "gaps": gap_rows(part, gaps),
        **_compared(part.element, plan),
    }
    return render(request, "elements/credits.html", context)


def _compared(element: Element, plan: Blueprint) -> dict[str, Any]:
    """What a new draft would change against the version before, and whether the open draft is behind Building Blocks."""
    version, draft = published_last(element), open_draft(element)
    told: dict[str, Any] = {
        "version": version,
        "open_draft": draft,
        "behind": draft is not None and _is_behind(draft, plan),
    }
    if version is not None:
        origins = {each.code: (each.code,) for each in plan.competencies}
        old = stored_blueprint(version)
        known = {each.code for each in old.competencies}
        found = changes_between(
            old, plan, {code: was if code in known else () for code, was in origins.items()}, {}
        )
        told |= {
            "changes": found,
            "parts": found.parts(),
            "same": same_in_words(len(found.same)) if found.same else "",
        }
    return told


def _is_behind(draft: FrameworkDraft, plan: Blueprint) -> bool:
    content = deepcopy(draft.content)
    brought_up(content, plan)
    return blueprint_of(content).domains != blueprint_of(draft.content).domains
