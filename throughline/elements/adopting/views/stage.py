"""Where an element stands, and the pages that bring it somewhere else."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from throughline.elements.adopting.actions import Meanwhile, adopt, change_stage
from throughline.elements.adopting.forms import AdoptForm, SeenForm, StageForm
from throughline.elements.adopting.freezing import Frozen, frozen
from throughline.elements.adopting.queries import Road, editions_of, road_of, written_since
from throughline.elements.adopting.stages import ORDER
from throughline.elements.adopting.words import ABOUT_VERB, MEANING, VERB, standing_in_words
from throughline.elements.models import Element, Stage
from throughline.elements.policy import Part, may_decide
from throughline.elements.shortcuts import head, part_or_404
from throughline.elements.writing.schema import plain_text
from throughline.files.models import StoredFile
from throughline.files.queries import files_visible_to
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt

NEEDS_REASON = (Stage.DRAFTING, Stage.SUPERSEDED)


@require_safe
@for_members
def stage(request: MemberRequest, kind: str) -> HttpResponse:
    """The line of stages, what can be done, and how it came here."""
    part = part_or_404(request, kind)
    road = road_of(part.element)
    may = may_decide(part)
    context = {
        **head(request, part),
        "line": [(each, MEANING[each], each == part.element.stage) for each in ORDER],
        "told": standing_in_words(road),
        "verbs": _verbs(part) if may else [],
        "may": may,
        "changes": road.changes,
    }
    return render(request, "elements/stage.html", context)


def _verbs(part: Part) -> list[tuple[str, str | Promise]]:
    """Where each verb is done, and its words. One can adopt and put in force again without going back."""
    again = (Stage.ADOPTED, Stage.IN_FORCE)
    return [
        (_address(part.element, each), VERB[each])
        for each in ORDER
        if each != part.element.stage or each in again
    ]


def _address(element: Element, to: str) -> str:
    known = {"school": element.organisation.slug, "kind": element.kind}
    if to == Stage.ADOPTED:
        return reverse("elements:adopt", kwargs=known)
    return reverse("elements:to-stage", kwargs={**known, "stage": to})


def _back(element: Element) -> HttpResponseBase:
    return redirect("elements:stage", school=element.organisation.slug, kind=element.kind)


def _seen(road: Road, now: Frozen | None = None) -> dict[str, Any]:
    return {
        "seen_change": road.last.pk if road.last else None,
        "seen_version": now.version if now else 0,
        "seen_digest": now.digest if now else "",
    }


def _again(form: SeenForm, seen: dict[str, Any]) -> None:
    """The form as it comes back: with what was typed, on what stands now."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data.update({name: str(value or "") for name, value in seen.items()})
    form.data = data


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def to_stage(request: MemberRequest, kind: str, stage: str) -> HttpResponseBase:
    """One verb: from when, and why."""
    part = part_or_404(request, kind)
    may_decide(part).enforce()
    if stage not in VERB or stage == Stage.ADOPTED:
        raise Http404
    road = road_of(part.element)
    editions = list(editions_of(part.element).defer("document", "items")) if stage == Stage.IN_FORCE else []
    if stage in (Stage.IN_FORCE, Stage.SUPERSEDED) and road.edition is None:
        return redirect(_address(part.element, Stage.ADOPTED))
    form = StageForm(
        request.POST if request.method == "POST" else None,
        editions=editions,
        needs_reason=stage in NEEDS_REASON,
        initial=_seen(road),
    )
    conflict = None
    if form.is_valid():
        try:
            changed = attempt(
                form,
                lambda: change_stage(
                    element=part.element,
                    to=stage,
                    on=form.cleaned_data["on"],
                    seen=form.seen(),
                    by=request.seat.membership,
                    reason=form.cleaned_data["reason"],
                    number=form.cleaned_data.get("number"),
                ),
            )
        except Meanwhile:
            changed, conflict = None, road.last
            _again(form, _seen(road))
        if changed is not None:
            messages.success(request, _("Done. This is where it stands now."))
            return _back(part.element)
    context = {
        **head(request, part),
        "form": form,
        "verb": VERB[stage],
        "about": ABOUT_VERB[stage],
        "conflict": conflict,
        "to_consultation": stage == Stage.CONSULTATION,
    }
    return render(request, "elements/to_stage.html", context, status=_status(form, conflict))


def _status(form: SeenForm, conflict: object) -> int:
    return 409 if conflict else 422 if form.errors else 200


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def adopt_page(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Freeze what stands there, or a file, in the name of a body and on a day."""
    part = part_or_404(request, kind)
    may_decide(part).enforce()
    road, now = road_of(part.element), frozen(part.element)
    form = _adopt_form(request, part, road, now)
    conflict: Meanwhile | None = None
    if form.is_valid():
        try:
            edition = attempt(
                form,
                lambda: adopt(
                    element=part.element,
                    adoption=form.adoption(),
                    seen=form.seen(),
                    by=request.seat.membership,
                ),
            )
        except Meanwhile as met:
            edition, conflict = None, met
        if edition is not None:
            messages.success(
                request, _("Adopted. Edition %(number)d is frozen.") % {"number": edition.number}
            )
            return redirect(
                "elements:edition", school=request.seat.organisation.slug, kind=kind, number=edition.number
            )
    since = None
    if conflict is not None and not conflict.moved:
        since = written_since(part.element, form.seen().version)
    if conflict is not None:
        _again(form, _seen(road, now))
    context = {
        **head(request, part),
        "form": form,
        "words": len(plain_text(now.document).split()),
        "items": len(now.items),
        "conflict": conflict,
        "since": since,
        "last": road.last,
        "kept": form["kept"].value() and _kept(request, form["kept"].value()),
    }
    return render(request, "elements/adopt.html", context, status=_status(form, conflict))


def _kept(request: MemberRequest, key: UUID | str) -> StoredFile | None:
    """A file that this person has brought before, and that is still there."""
    try:
        return files_visible_to(request.seat).filter(brought_by=request.seat.membership, pk=key).first()
    except (ValidationError, ValueError):
        return None


def _adopt_form(request: MemberRequest, part: Part, road: Road, now: Frozen) -> AdoptForm:
    files = request.FILES if request.method == "POST" else None
    kept = _kept(request, request.GET["file"]) if "file" in request.GET else None
    return AdoptForm(
        request.POST if request.method == "POST" else None,
        files,
        number=road.edition.number + 1 if road.edition else 1,
        kept=lambda key: _kept(request, key),
        initial={**_seen(road, now), **({"of": "file", "kept": kept.pk} if kept else {})},
    )
