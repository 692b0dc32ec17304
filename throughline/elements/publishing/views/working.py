"""For those inside: show it to everyone, translate it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from throughline.elements.adopting.queries import edition_in_force, editions_of
from throughline.elements.adopting.showing import images_for_members
from throughline.elements.models import Edition
from throughline.elements.policy import may_decide, may_write
from throughline.elements.publishing.actions import (
    Typed,
    may_be_language,
    publish_element,
    translate_edition,
)
from throughline.elements.publishing.forms import LanguageForm, PublishForm, typed_in
from throughline.elements.publishing.page import direction_of
from throughline.elements.publishing.queries import (
    edition_before,
    edition_to_translate,
    languages_of,
    publication_of,
    said_in,
)
from throughline.elements.publishing.typed import to_typed
from throughline.elements.publishing.units import Behind, Unit, behind, units_of
from throughline.elements.publishing.views.reading import pdf_of
from throughline.elements.shortcuts import draft_or_404, head, part_or_404
from throughline.elements.writing.html import to_html
from throughline.elements.writing.schema import plain_text
from throughline.frameworks.languages import name_of
from throughline.schools.tenant import MemberRequest, for_members

PER_PAGE = 25


@require_safe
@for_members
def edition_as_pdf(request: MemberRequest, kind: str, number: int) -> HttpResponse:
    """An edition on paper, in its own language."""
    part = part_or_404(request, kind)
    edition = get_object_or_404(
        editions_of(part.element).select_related("element__organisation"), number=number
    )
    return pdf_of(request, edition, {}, edition.language)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def publish(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Whether everyone can read it, and in which languages."""
    part = draft_or_404(request, kind)
    may = may_decide(part)
    held = publication_of(part.element)
    initial = {"is_open": held.is_open, "may_be_found": held.may_be_found} if held else {}
    form = PublishForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        may.enforce()
    if form.is_valid():
        publish_element(element=part.element, by=request.seat.membership, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(request.path)
    there = reverse("elements:public", kwargs={"place": request.seat.organisation.slug, "kind": kind})
    context = {
        **head(request, part),
        "form": form,
        "may": may,
        "publication": held,
        "edition": edition_in_force(part.element),
        "path": there,
        "public_url": request.build_absolute_uri(there),
    }
    return render(request, "elements/publish.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def translations(request: MemberRequest, kind: str) -> HttpResponseBase:
    """The languages of an element, how far each is, and a new one."""
    part = draft_or_404(request, kind)
    edition = edition_to_translate(part.element)
    form = LanguageForm(
        request.POST if request.method == "POST" else None,
        source=edition.language if edition else part.element.language,
    )
    known = {"school": request.seat.organisation.slug, "kind": kind}
    if request.method == "POST":
        may_write(part).enforce()
    if form.is_valid():
        there = {**known, "language": form.cleaned_data["language"]}
        return redirect(reverse("elements:translate", kwargs=there))
    rows = []
    if edition is not None:
        units = units_of(edition)
        for code in languages_of(part.element):
            said = said_in(part.element, code)
            done = sum(each.name in said for each in units)
            rows.append((name_of(code), code, done, len(units)))
    context = {**head(request, part), "edition": edition, "rows": rows, "form": form, "may": may_write(part)}
    return render(request, "elements/translations.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def translate(request: MemberRequest, kind: str, language: str) -> HttpResponseBase:
    """The newest edition, paragraph by paragraph: source beside translation."""
    part = draft_or_404(request, kind)
    may_write(part).enforce()
    edition = edition_to_translate(part.element)
    if edition is None or not may_be_language(language) or language == edition.language:
        raise Http404
    edition.element = part.element
    typed = typed_in(request.POST) if request.method == "POST" else {}
    problems, clashes = [], frozenset[str]()
    if request.method == "POST":
        try:
            kept = translate_edition(
                edition=edition, language=language, typed=typed, by=request.seat.membership
            )
            clashes = kept.clashes
            if not clashes:
                messages.success(request, _kept_in_words(kept.number))
                return redirect(f"{request.path}?page={request.GET.get('page', '1')}")
        except ValidationError as error:
            problems = list(error.messages)
    context = {
        **head(request, part),
        **_table(request, edition, language, typed, clashes),
        "edition": edition,
        "language": language,
        "language_name": name_of(language),
        "direction": direction_of(language),
        "problems": problems,
        "clashes": bool(clashes),
    }
    status = 409 if clashes else 422 if problems else 200
    return render(request, "elements/translate.html", context, status=status)


def _kept_in_words(number: int) -> str:
    if not number:
        return _("Nothing has changed.")
    return ngettext("%(n)d paragraph kept.", "%(n)d paragraphs kept.", number) % {"n": number}


def _table(
    request: MemberRequest,
    edition: Edition,
    language: str,
    typed: dict[str, Typed],
    clashes: frozenset[str],
) -> dict[str, Any]:
    units, said = units_of(edition), said_in(edition.element, language)
    earlier = edition_before(edition)
    older = behind(units, units_of(earlier), said) if earlier else {}
    page = Paginator(units, PER_PAGE).get_page(request.GET.get("page"))
    image_url = images_for_members(request.seat.organisation.slug)
    rows = []
    for unit in page:
        row, late = said.get(unit.name), older.get(unit.name)
        given = typed.get(unit.name)
        now = to_typed(row.block) if row and row.block else ""
        rows.append(
            {
                "name": unit.name,
                "source": _source(unit, image_url),
                "short": plain_text(unit.node)[:80],
                "typed": given.text if given else now or _old(late),
                "theirs": now if unit.name in clashes else "",
                "seen": row.pk if row else "",
                "state": "done" if row else "behind" if late else "missing",
                "was": plain_text(late.was) if late else "",
                "lines": max(2, len(plain_text(unit.node)) // 60 + 1),
            }
        )
    return {"page": page, "rows": rows, "done": sum(each.name in said for each in units), "total": len(units)}


def _old(late: Behind | None) -> str:
    return to_typed(late.row.block) if late and late.row.block else ""


def _source(unit: Unit, image_url: Any) -> SafeString:
    return to_html({"type": "doc", "content": [unit.node]}, image_url=image_url, notes=f"n-{unit.name}")
