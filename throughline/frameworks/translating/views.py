"""Translating a framework: which languages there are, one part side by side, the texts as a table out and in."""

from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.forms.utils import ErrorList
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from throughline.frameworks.blueprint import Blueprint
from throughline.frameworks.languages import language_names, name_of
from throughline.frameworks.models import FrameworkVersion, TranslationEdition, VersionTranslation
from throughline.frameworks.policy import may_translate
from throughline.frameworks.queries import versions_visible_to
from throughline.frameworks.stored_blueprint import stored_blueprint
from throughline.frameworks.tables.csv_reading import Problem
from throughline.frameworks.translating.actions import translate_texts
from throughline.frameworks.translating.csv_table import read, written
from throughline.frameworks.translating.editions import How, newest_edition
from throughline.frameworks.translating.forms import LoadTexts, NewLanguage
from throughline.frameworks.translating.parts import parts_of, state_in_words, texts_of_part
from throughline.frameworks.translating.texts import Entries, entries_of, sources_of, state_of
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt

asks_and_takes = require_http_methods(["GET", "HEAD", "POST"])
EDITIONS_SHOWN = 30


@asks_and_takes
@for_members
def translations(request: MemberRequest, version_id: UUID) -> HttpResponseBase:
    """The languages of a version with how far each is, and who worked on them; another one can be begun."""
    version = _version(request, version_id)
    form = NewLanguage(request.POST or None, version=version)
    if form.is_valid():
        return redirect(_there(request, version, "translate", form.cleaned_data["language"]))
    total = len(sources_of(stored_blueprint(version)))
    rows = VersionTranslation.objects.filter(version=version).order_by("language")
    context = {
        "version": version,
        "form": form,
        "total": total,
        "rows": [
            (
                name_of(row.language),
                row.language,
                state_in_words(total, len(row.behind), len(row.missing)),
                _there(request, version, "translate", row.language),
            )
            for row in rows
        ],
        "editions": [
            (each, name_of(each.language))
            for each in TranslationEdition.objects.filter(version=version)
            .defer("entries")
            .order_by("-at", "-number")[:EDITIONS_SHOWN]
        ],
        "source": name_of(version.language),
    }
    status = 422 if form.is_bound else 200
    return render(request, "frameworks/translations/list.html", context, status=status)


@asks_and_takes
@for_members
def translate(request: MemberRequest, version_id: UUID, language: str) -> HttpResponseBase:
    """One part of the framework, source and translation side by side, kept in one form."""
    version, plan, entries, around = _around(request, version_id, language)
    parts = parts_of(plan, entries)
    asked, problem = request.GET.get("part", ""), ErrorList()
    part = next((each for each in parts if each.key == asked), parts[0])
    if request.method == "POST":
        texts = {
            path: request.POST.get(f"t:{path}", "") for path in part.paths if f"t:{path}" in request.POST
        }
        number = request.POST.get("seen", "")
        form = Form(request.POST)
        form.is_valid()
        kept = attempt(
            form,
            lambda: translate_texts(
                version=version,
                language=language,
                by=request.seat.membership,
                texts=texts,
                still_right=request.POST.getlist("right"),
                seen_edition=int(number) if number.isdecimal() and len(number) < 9 else 0,
            ),
        )
        if kept is not None:
            messages.success(request, _kept(kept.changed))
            return redirect(f"{request.path}?part={part.key}")
        problem = form.non_field_errors()
    context = {
        **around,
        "problem": problem,
        "parts": parts,
        "part": part,
        "texts": texts_of_part(plan, entries, part, request.POST if request.method == "POST" else None),
        "next": next((each for each in parts[parts.index(part) + 1 :]), None),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "frameworks/translations/translate.html", context, status=status)


@require_safe
@for_members
def texts_csv(request: MemberRequest, version_id: UUID, language: str) -> HttpResponse:
    """All texts as a table for a spreadsheet."""
    version, plan, entries, _context = _around(request, version_id, language)
    said = {path: entry.said for path, entry in entries.items()}
    response = HttpResponse(written(sources_of(plan), said), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="texts-{version.number}-{language}.csv"'
    return response


@asks_and_takes
@for_members
def load(request: MemberRequest, version_id: UUID, language: str) -> HttpResponseBase:
    """A table in: rows that fit are kept, every other one is named with its reason."""
    version, plan, _entries, around = _around(request, version_id, language)
    form = LoadTexts(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    changed: int | None = None
    if form.is_valid():
        found = read(form.cleaned_data["file"], sources_of(plan))
        problems = found.problems
        kept = attempt(
            form,
            lambda: translate_texts(
                version=version,
                language=language,
                by=request.seat.membership,
                texts=found.texts,
                still_right=set(found.texts),
                how=How.TABLE,
            ),
        )
        changed = kept.changed if kept else None
        if kept is not None and not problems:
            messages.success(request, _kept(kept.changed))
            return redirect(around["url"]["translate"])
    context = {
        **around,
        "form": form,
        "problems": problems[:100],
        "kept": _kept(changed) if changed is not None else "",
    }
    status = 422 if form.is_bound else 200
    return render(request, "frameworks/translations/load.html", context, status=status)


def _version(request: MemberRequest, version_id: UUID) -> FrameworkVersion:
    version = get_object_or_404(versions_visible_to(request.seat.organisation), pk=version_id)
    may_translate(request.seat.membership, version.framework).enforce()
    return version


def _around(
    request: MemberRequest, version_id: UUID, language: str
) -> tuple[FrameworkVersion, Blueprint, Entries, dict[str, Any]]:
    version = _version(request, version_id)
    if language == version.language or language not in language_names():
        raise Http404
    plan = stored_blueprint(version)
    edition = newest_edition(version, language)
    entries = entries_of(edition.entries) if edition else {}
    state = state_of(sources_of(plan), entries)
    return (
        version,
        plan,
        entries,
        {
            "version": version,
            "language": language,
            "language_name": name_of(language),
            "edition": edition.number if edition else 0,
            "state": state_in_words(state.total, len(state.behind), len(state.missing)),
            "url": {
                key: _there(request, version, name, language)
                for key, name in (("translate", "translate"), ("csv", "texts-csv"), ("load", "load-texts"))
            },
        },
    )


def _there(request: MemberRequest, version: FrameworkVersion, name: str, language: str) -> str:
    return reverse(f"frameworks:{name}", args=[request.seat.organisation.slug, version.pk, unquote(language)])


def _kept(changed: int) -> str:
    if not changed:
        return _("There was nothing to change.")
    return ngettext("%(count)s text is saved.", "%(count)s texts are saved.", changed) % {"count": changed}
