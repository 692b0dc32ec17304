"""Bringing a framework file: choose it, watch it being read, look at what it becomes, publish or finish it first."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.files.uploading import takes_one_file
from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.case.mapping import Choice
from throughline.frameworks.importing.actions.background import ask_to_publish, takes_long
from throughline.frameworks.importing.actions.uploads import (
    bring_import,
    draft_import,
    drop_import,
    publish_import,
    source_of,
)
from throughline.frameworks.importing.forms import ChoiceForm, ImportForm
from throughline.frameworks.importing.matching import framework_of
from throughline.frameworks.importing.preview import (
    columns_of,
    preview_of,
    prospect_of,
    remarks_of,
    rows_of,
    shown_rows,
)
from throughline.frameworks.importing.sources import Source
from throughline.frameworks.limits import DEEPEST, KEPT_FOR, MOST_ITEMS, MOST_MB
from throughline.frameworks.models import FrameworkImport, FrameworkVersion
from throughline.frameworks.policy import may_publish
from throughline.frameworks.queries import imports_of
from throughline.frameworks.tables.writing import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx, template
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt

PER_PAGE = 200
State = FrameworkImport.State
UNDER_WAY = (State.WAITING, State.READING, State.PUBLISHING)


@takes_one_file(MOST_MB)
@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def imports(request: MemberRequest) -> HttpResponseBase:
    """Bring a file, and what was brought before."""
    seat = request.seat
    may_publish(seat.membership, seat.organisation).enforce()
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = ImportForm(request.POST, request.FILES)
        if form.is_valid():
            upload = form.cleaned_data["file"]
            kept = attempt(form, lambda: bring_import(by=seat.membership, upload=upload))
            if kept is not None:
                return redirect(_to(request, "import", kept))
    context = {
        "form": form,
        "kept": imports_of(seat.organisation).select_related("published"),
        "limits": {"megabytes": MOST_MB, "items": MOST_ITEMS, "levels": DEEPEST, "days": KEPT_FOR.days},
    }
    return render(request, "frameworks/imports.html", context, status=422 if form.errors else 200)


@require_safe
@for_members
def one_import(request: MemberRequest, import_id: UUID) -> HttpResponseBase:
    """A file that was brought: how far it is read, and then what it becomes."""
    kept = _import_or_404(request, import_id)
    if kept.state in (State.READY, State.PUBLISHED):
        return _preview(request, kept)
    return render(request, "frameworks/import_waiting.html", {"kept": kept, **_progress(kept)})


@require_safe
@for_members
def import_state(request: MemberRequest, import_id: UUID) -> HttpResponseBase:
    """The changing part of the page while the worker reads or publishes; then everyone is sent to where it leads."""
    kept = _import_or_404(request, import_id)
    alive = bool(request.headers.get("HX-Request"))
    if kept.state not in UNDER_WAY or not alive:
        there = _to(request, "import", kept)
        if kept.state == State.PUBLISHED and kept.published is not None:
            said = _("“%(title)s” is published.")
            messages.success(request, said % {"title": kept.published.title})
            there = _to_version(request, kept.published)
        if not alive:
            return redirect(there)
        answer = HttpResponse(status=200)
        answer["HX-Redirect"] = there
        return answer
    return render(request, "frameworks/_import_state.html", {"kept": kept, **_progress(kept)})


@require_POST
@for_members
def publish(request: MemberRequest, import_id: UUID) -> HttpResponseBase:
    """Publish what the page showed: at once, or by the worker if that takes long."""
    kept = _import_or_404(request, import_id)
    choice, said = _posted_choice(request, kept)
    try:
        if kept.state in (State.READY, State.PUBLISHED) and takes_long(kept):
            kept = ask_to_publish(by=request.seat.membership, kept=kept, choice=choice)
            return redirect(_to(request, "import", kept))
        done = publish_import(by=request.seat.membership, kept=kept, choice=choice)
    except FrameworkProblem as problem:
        return _preview(request, kept, said, refused=problem.sentence)
    if done.changed:
        messages.success(request, _("Published: “%(title)s”.") % {"title": done.version.title})
    else:
        messages.info(request, _("Nothing has changed. This framework was already published, word for word."))
    return redirect(_to_version(request, done.version))


@require_POST
@for_members
def draft(request: MemberRequest, import_id: UUID) -> HttpResponseBase:
    """Begin a draft of what the page showed."""
    kept = _import_or_404(request, import_id)
    choice, said = _posted_choice(request, kept)
    try:
        made = draft_import(by=request.seat.membership, kept=kept, choice=choice)
    except FrameworkProblem as problem:
        return _preview(request, kept, said, refused=problem.sentence)
    return redirect("frameworks:draft", school=request.seat.organisation.slug, draft_id=made.pk)


@require_POST
@for_members
def drop(request: MemberRequest, import_id: UUID) -> HttpResponseBase:
    """Throw it away."""
    kept = _import_or_404(request, import_id)
    drop_import(by=request.seat.membership, kept=kept)
    messages.info(request, _("“%(name)s” was deleted.") % {"name": kept.name})
    return redirect("frameworks:imports", school=request.seat.organisation.slug)


@require_safe
@for_members
def layout_csv(request: MemberRequest) -> HttpResponseBase:
    """The template of a table, as CSV."""
    return _download(as_csv(template()), CSV_TYPE, "framework.csv")


@require_safe
@for_members
def layout_xlsx(request: MemberRequest) -> HttpResponseBase:
    """The template of a table, as XLSX."""
    return _download(as_xlsx(template()), XLSX_TYPE, "framework.xlsx")


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _import_or_404(request: MemberRequest, import_id: UUID) -> FrameworkImport:
    kept = get_object_or_404(imports_of(request.seat.organisation), pk=import_id)
    may_publish(request.seat.membership, request.seat.organisation).enforce()
    return kept


def _to(request: MemberRequest, name: str, kept: FrameworkImport) -> str:
    return reverse(
        f"frameworks:{name}", kwargs={"school": request.seat.organisation.slug, "import_id": kept.pk}
    )


def _to_version(request: MemberRequest, version: FrameworkVersion) -> str:
    return reverse(
        "frameworks:framework",
        kwargs={"school": request.seat.organisation.slug, "version_id": version.pk},
    )


def _progress(kept: FrameworkImport) -> dict[str, Any]:
    megabyte = 1024 * 1024
    if kept.state == State.PUBLISHING:
        return {"publishing": True, "begun": kept.started_at is not None}
    return {
        "value": min(kept.seen, kept.size) // megabyte,
        "most": max(1, kept.size // megabyte),
        "reading": kept.state == State.READING,
    }


def _posted_choice(request: MemberRequest, kept: FrameworkImport) -> tuple[Choice, Any]:
    if kept.state not in (State.READY, State.PUBLISHED):
        return Choice(), {}
    form = _choice_form(request, source_of(kept), request.POST)
    return (form.choice() if form else Choice()), request.POST


def _choice_form(request: MemberRequest, source: Source, said: Any) -> ChoiceForm | None:
    """The choice that a package needs; what is known about it here is the first proposal."""
    if source.package is None:
        return None
    return ChoiceForm(source.package, said, framework_of(source.package, request.seat.organisation))


def _preview(
    request: MemberRequest, kept: FrameworkImport, said: Any = None, refused: str = ""
) -> HttpResponseBase:
    if kept.state not in (State.READY, State.PUBLISHED):
        return redirect(_to(request, "import", kept))
    source = source_of(kept)
    form = _choice_form(request, source, said or request.GET)
    here = request.seat.organisation
    preview = preview_of(source, form.choice() if form else Choice(), here, large=takes_long(kept))
    page = Paginator(rows_of(source), PER_PAGE).get_page(request.GET.get("page"))
    remarked = Paginator(source.remarked, PER_PAGE).get_page(request.GET.get("looking"))
    context = {
        "kept": kept,
        "source": source,
        "columns": columns_of(source),
        "remarked": remarked,
        "looks": remarks_of(list(remarked)),
        "lost": sum(bool(line.lost) for line in source.lines),
        "form": form,
        "preview": preview,
        "refused": refused or preview.refused,
        "prospect": prospect_of(preview.found),
        "problems": len(source.problems),
        "tree": source.package is not None and not source.problems,
        "rows": page,
        "shown": list(shown_rows(source, preview.found.says if preview.found else None, list(page))),
        "draft_url": _to(request, "import-draft", kept),
        "query": urlencode(form.said()) if form else "",
    }
    return render(request, "frameworks/import.html", context, status=422 if refused else 200)
