"""What became of a text: sittings, any version as it was, two of them compared, and who wrote what."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from throughline.elements.editing.queries import text_at
from throughline.elements.history.actions import name_version, restore_version, unname_version
from throughline.elements.history.comparing import compare
from throughline.elements.history.forms import CompareForm, NameForm
from throughline.elements.history.keeping import ledger_of, people_in
from throughline.elements.history.moments import beside
from throughline.elements.history.queries import (
    contributions_to,
    document_of,
    editions_of,
    named_versions,
    names_of,
    sittings_of,
)
from throughline.elements.history.showing import stretches
from throughline.elements.history.words import summary, title_of, when
from throughline.elements.models import ChangeKind, Element, NamedVersion, Sitting
from throughline.elements.policy import may_write
from throughline.elements.shortcuts import draft_or_404, head
from throughline.elements.writing.html import to_html
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

PAGE = 30
CHOICES = 100  # sittings among which one chooses two to compare


@dataclass(frozen=True, slots=True)
class Shown:
    """A sitting as a row: who, and how many words they added and removed."""

    start: int
    end: int
    began_at: datetime
    ended_at: datetime
    kinds: list[str]
    people: list[tuple[str, str]]


@require_safe
@for_members
def history(request: MemberRequest, kind: str) -> HttpResponseBase:
    """The sittings in which the text was written, the newest first, and the versions with a name."""
    part = draft_or_404(request, kind)
    ledger_of(part.element)
    page = Paginator(sittings_of(part.element), PAGE).get_page(request.GET.get("page"))
    sittings = list(page.object_list)
    names = names_of(part.element, people_in(sittings))
    context = {
        **head(request, part),
        "page": page,
        "sittings": [_shown(each, names) for each in sittings],
        "named": list(named_versions(part.element)),
        "editions": list(editions_of(part.element)),
        "may_write": may_write(part),
    }
    return render(request, "elements/history.html", context)


def _shown(sitting: Sitting, names: dict[str, str]) -> Shown:
    kinds = dict(ChangeKind.choices)
    usual = {ChangeKind.TYPED.value, ChangeKind.FORM.value}
    return Shown(
        sitting.start,
        sitting.end,
        sitting.began_at,
        sitting.ended_at,
        [str(kinds[each]) for each in sitting.kinds if each in kinds and each not in usual],
        [(names.get(each, "–"), _how_much(more, less)) for each, more, less in sitting.people],
    )


def _how_much(more: int, less: int) -> str:
    added = ngettext("%(count)s word added", "%(count)s words added", more) % {"count": more}
    removed = ngettext("%(count)s word removed", "%(count)s words removed", less) % {"count": less}
    if more and less:
        return _("%(added)s, %(removed)s") % {"added": added, "removed": removed}
    if more or less:
        return added if more else removed
    return _("no word added or removed")


@for_members
def version_page(request: MemberRequest, kind: str, version: int) -> HttpResponseBase:
    """The text as it was; from here it is restored, compared, and given a name."""
    part = draft_or_404(request, kind)
    if version > part.element.head:
        raise Http404
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        named = attempt(
            form,
            lambda: name_version(
                element=part.element,
                version=version,
                name=told["name"],
                text=told["text"],
                by=request.seat.membership,
            ),
        )
        if named is not None:
            messages.success(request, _("This version has a name now."))
            return _back(request, kind)
    text, may = text_at(part.element, version), may_write(part)
    named_here = list(named_versions(part.element).filter(version=version))
    context = {
        **head(request, part),
        "version": version,
        "written": to_html(text.document, image_url=_image_url(request), heading_offset=1),
        "sitting": _sitting(part.element, version),
        "named": named_here,
        "beside": beside(part.element, version, named_here) if may else None,
        "form": form,
        "may_write": may,
    }
    return render(request, "elements/version.html", context, status=422 if form.errors else 200)


def _sitting(element: Element, version: int) -> Sitting | None:
    """The sitting in which a version was written; whoever comes here first has the sittings worked out."""
    rows = sittings_of(element).filter(start__lt=version, end__gte=version)
    found = rows.first()
    if found is None and version:
        ledger_of(element)
        found = rows.all().first()
    return found


def _image_url(request: MemberRequest) -> Callable[[str], str]:
    school = request.seat.organisation.slug
    return lambda file: reverse("files:file", kwargs={"school": school, "file_id": file})


@require_POST
@for_members
def restore(request: MemberRequest, kind: str, version: int) -> HttpResponseBase:
    """Make the text what it was then, as a new change."""
    part = draft_or_404(request, kind)
    seen = request.POST.get("seen", "")
    with refusals_told(request):
        restore_version(
            element=part.element,
            version=version,
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else part.element.head,
            by=request.seat.membership,
            items=bool(request.POST.get("items")),
            sections=bool(request.POST.get("sections")),
        )
        messages.success(request, _("It is as it was then. What it said before is in its history."))
    return _back(request, kind)


@require_POST
@for_members
def unname(request: MemberRequest, kind: str, named_id: UUID) -> HttpResponseBase:
    """Take the name of a version away."""
    part = draft_or_404(request, kind)
    named = NamedVersion.objects.filter(organisation=request.seat.organisation, element=part.element)
    unname_version(named=get_object_or_404(named, pk=named_id), by=request.seat.membership)
    return _back(request, kind)


def _back(request: MemberRequest, kind: str) -> HttpResponseBase:
    return redirect("elements:history", school=request.seat.organisation.slug, kind=kind)


@require_safe
@for_members
def comparison(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Two versions or editions compared word by word: in one text, or side by side (`?view=sides`)."""
    part = draft_or_404(request, kind)
    element = part.element
    old, new = request.GET.get("old", "0"), request.GET.get("new", str(element.head))
    texts = [document_of(element, each) for each in (old, new)]
    if texts[0] is None or texts[1] is None:
        raise Http404
    choices = _choices(element)
    found = compare(texts[0], texts[1])
    sides = request.GET.get("view") == "sides"
    context = {
        **head(request, part),
        "form": CompareForm(choices, old, new),
        "titles": [title_of(each, choices) for each in (old, new)],
        "found": found,
        "summary": summary(found),
        "stretches": stretches(found, element.language, sides=sides),
        "sides": sides,
        "views": [
            (_("In one text"), f"?old={old}&new={new}", not sides),
            (_("Side by side"), f"?old={old}&new={new}&view=sides", sides),
        ],
    }
    return render(request, "elements/compare.html", context)


def _choices(element: Element) -> list[tuple[str, str]]:
    """What one can compare, the newest first. Three queries."""
    found = [(str(element.head), _("Now"))]
    found += [(f"edition-{each.number}", title_of(each, [])) for each in editions_of(element)]
    found += [(str(each.version), each.name) for each in named_versions(element)]
    known = {value for value, _words in found}
    for sitting in sittings_of(element)[:CHOICES]:
        if str(sitting.end) not in known:
            found.append((str(sitting.end), when(sitting.ended_at)))
    return [*found, ("0", _("Before anything was written"))]


@require_safe
@for_members
def authors(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Who wrote what, paragraph by paragraph, and which groups have not been heard."""
    part = draft_or_404(request, kind)
    context = {**head(request, part), "found": contributions_to(part.element)}
    return render(request, "elements/authors.html", context)
