"""The page in other languages: which there are, how far each is, and the pieces side by side."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from throughline.elements.publishing.page import direction_of
from throughline.frameworks.languages import language_names, name_of
from throughline.plans.families.actions.translating import Typed, translate_page
from throughline.plans.families.forms import LanguageForm
from throughline.plans.families.policy import may_write_page
from throughline.plans.families.queries import said_in
from throughline.plans.families.sections import BY_KEY
from throughline.plans.families.translations import late_in, progress_of, sources_of, to_translate
from throughline.plans.families.views.asking import page_or_404
from throughline.plans.families.words import speaks
from throughline.plans.models import PageForFamilies
from throughline.plans.shortcuts import head
from throughline.schools.tenant import MemberRequest, for_members

PER_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def translations(request: MemberRequest) -> HttpResponseBase:
    """The languages of the page, how far each is, and a new one."""
    page = page_or_404(request)
    may = may_write_page(request.seat.membership)
    form = LanguageForm(request.POST if request.method == "POST" else None, source=page.language)
    if request.method == "POST":
        may.enforce()
    if form.is_valid():
        there = {"school": request.seat.organisation.slug, "language": form.cleaned_data["language"]}
        return redirect(reverse("plans:family-translate", kwargs=there))
    rows = progress_of(page, sources_of(page))
    context = {
        **head(request),
        "page": page,
        "rows": rows,
        "form": form,
        "may": may,
        "source": name_of(page.language),
    }
    return render(request, "plans/family_translations.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def translate(request: MemberRequest, language: str) -> HttpResponseBase:
    """Piece by piece: what the page says, beside its translation."""
    page = page_or_404(request)
    may_write_page(request.seat.membership).enforce()
    if language not in language_names() or (language == page.language and speaks(language)):
        raise Http404
    typed = typed_in(request.POST) if request.method == "POST" else {}
    problems, clashes = [], frozenset[str]()
    if request.method == "POST":
        try:
            kept = translate_page(page=page, language=language, typed=typed, by=request.seat.membership)
            clashes = kept.clashes
            if not clashes:
                messages.success(request, _kept_in_words(kept.number))
                return redirect(f"{request.path}?page={_number(request)}")
        except ValidationError as error:
            problems = list(error.messages)
    context = {
        **head(request),
        **_table(request, page, language, typed, clashes),
        "language": language,
        "language_name": name_of(language),
        "direction": direction_of(language),
        "source": page.language,
        "problems": problems,
        "clashes": bool(clashes),
    }
    return render(
        request, "plans/family_translate.html", context, status=409 if clashes else 422 if problems else 200
    )


def _number(request: HttpRequest) -> int:
    told = request.GET.get("page", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 5 else 1


def typed_in(data: QueryDict) -> dict[str, Typed]:
    """Each piece's field (`t:` and its fingerprint), with the translation that stood there (`s:`)."""
    return {
        name.removeprefix("t:"): Typed(
            str(data[name]), _id(str(data.get(f"s:{name.removeprefix('t:')}", "")))
        )
        for name in data
        if name.startswith("t:")
    }


def _id(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None


def _kept_in_words(number: int) -> str:
    if not number:
        return _("Nothing has changed.")
    return ngettext("%(n)d piece kept.", "%(n)d pieces kept.", number) % {"n": number}


def _section_in_words(section: str) -> str:
    """Where a piece stands on the page, for whoever translates it."""
    if section in BY_KEY:
        return str(BY_KEY[section].title)
    return _("Questions and answers") if section == "questions" else _("Fixed words of the page")


def _table(
    request: HttpRequest,
    page: PageForFamilies,
    language: str,
    typed: dict[str, Typed],
    clashes: frozenset[str],
) -> dict[str, Any]:
    sources, said = sources_of(page), said_in(page, language)
    units = to_translate(page, language, sources)
    older = late_in(sources, units, said)
    shown = Paginator(units, PER_PAGE).get_page(_number(request))
    rows: list[dict[str, Any]] = []
    section = ""
    for unit in shown:
        row, late, given = said.get(unit.name), older.get(unit.name), typed.get(unit.name)
        now = row.text if row else ""
        rows.append(
            {
                "name": unit.name,
                "heading": _section_in_words(unit.section) if unit.section != section else "",
                "source": unit.text,
                "source_language": unit.language or page.language,
                "typed": given.text if given else now or (late.row.text if late else ""),
                "theirs": now if unit.name in clashes else "",
                "seen": row.pk if row else "",
                "state": "done" if row else "behind" if late else "missing",
                "was": late.was if late else "",
                "lines": max(2, len(unit.text) // 55 + 1),
            }
        )
        section = unit.section
    return {
        "units": shown,
        "rows": rows,
        "done": sum(each.name in said for each in units),
        "total": len(units),
    }
