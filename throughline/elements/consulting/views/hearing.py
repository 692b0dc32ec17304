"""What was said: read it beside its paragraph, take it in or leave it out, many at once; group and answer it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.elements.consulting.actions.answering import (
    AnsweredMeanwhile,
    add_theme,
    answer_theme,
    moderate,
    remove_theme,
)
from throughline.elements.consulting.forms import NewThemeForm, ThemeForm, WantedForm
from throughline.elements.consulting.policy import may_moderate
from throughline.elements.consulting.queries import (
    Wanted,
    comments_of,
    counts_of,
    paragraphs_of,
    themes_of,
)
from throughline.elements.consulting.views.running import found_or_404
from throughline.elements.consulting.words import changed_in_words, counted
from throughline.elements.models import Consultation, OutsideComment, Theme
from throughline.elements.shortcuts import head
from throughline.elements.writing.schema import plain_text
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

PER_PAGE = 50
State = OutsideComment.State


@require_safe
@for_members
def comments(request: MemberRequest, kind: str, consultation_id: UUID) -> HttpResponse:
    """A page of comments. Those who don't moderate see what was taken in."""
    part, found = found_or_404(request, kind, consultation_id)
    may = may_moderate(part.element, request.seat.membership)
    themes = themes_of(found)
    form = WantedForm(request.GET, themes=themes)
    wanted = form.wanted() if may else Wanted(state=State.TAKEN)
    page = Paginator(comments_of(found, wanted), PER_PAGE).get_page(request.GET.get("page"))
    words = {
        name: Truncator(plain_text(block.node)).words(40)
        for name, block in paragraphs_of(found.document).items()
    }
    context = {
        **head(request, part),
        "consultation": found,
        "form": form,
        "may": may,
        "themes": themes,
        "page": page,
        "rows": [(each, words.get(each.about, ""), _question(found, each)) for each in page],
        "told": counted(counts_of(found)) if may else [],
        "query": _query(request),
        "states": State.choices,
    }
    return render(request, "elements/comments.html", context)


def _question(found: Consultation, each: OutsideComment) -> str:
    asked = found.questions
    return str(asked[each.question]) if each.question is not None and each.question < len(asked) else ""


def _query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


@require_POST
@for_members
def moderating(request: MemberRequest, kind: str, consultation_id: UUID) -> HttpResponseBase:
    """What becomes of the comments that were ticked."""
    part, found = found_or_404(request, kind, consultation_id)
    may_moderate(part.element, request.seat.membership).enforce()
    with refusals_told(request):
        number = moderate(
            consultation=found,
            comments=_ids(request.POST.getlist("comment")),
            state=request.POST.get("state", ""),
            theme=next(iter(_ids([request.POST.get("theme", "")])), None),
            by=request.seat.membership,
        )
        messages.success(request, changed_in_words(number))
    back = redirect(
        "elements:comments", school=request.seat.organisation.slug, kind=kind, consultation_id=consultation_id
    )
    query = request.GET.urlencode()
    if query:
        back["Location"] += f"?{query}"
    return back


def _ids(told: list[str]) -> list[UUID]:
    found = []
    for each in told:
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def themes(request: MemberRequest, kind: str, consultation_id: UUID) -> HttpResponseBase:
    """What the comments have in common, each with what it was answered."""
    part, found = found_or_404(request, kind, consultation_id)
    may = may_moderate(part.element, request.seat.membership)
    form = NewThemeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        may.enforce()
    if form.is_valid():
        title = form.cleaned_data["title"]
        if attempt(form, lambda: add_theme(consultation=found, title=title, by=request.seat.membership)):
            return redirect(request.path)
    context = {
        **head(request, part),
        "consultation": found,
        "themes": themes_of(found),
        "may": may,
        "form": form,
    }
    return render(request, "elements/themes.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def theme(request: MemberRequest, kind: str, consultation_id: UUID, theme_id: UUID) -> HttpResponseBase:
    """One theme: its comments, and its answer."""
    part, found = found_or_404(request, kind, consultation_id)
    held = next((each for each in themes_of(found) if each.pk == theme_id), None)
    if held is None:
        raise Http404
    may = may_moderate(part.element, request.seat.membership)
    if request.method == "POST":
        may.enforce()
    if request.method == "POST" and request.POST.get("do") == "remove":
        remove_theme(theme=held, by=request.seat.membership)
        return redirect(
            "elements:themes", school=request.seat.organisation.slug, kind=kind, consultation_id=found.pk
        )
    form, theirs = _theme_form(request, held), None
    if form.is_valid():
        try:
            done = attempt(
                form, lambda: answer_theme(theme=held, by=request.seat.membership, **form.cleaned_data)
            )
        except AnsweredMeanwhile as met:
            done, theirs = None, met.theme
            data = request.POST.copy()
            data["seen"] = str(met.theme.revision)
            form.data = data
        if done is not None:
            return redirect(
                "elements:themes", school=request.seat.organisation.slug, kind=kind, consultation_id=found.pk
            )
    taken = comments_of(found, Wanted(state=State.TAKEN, theme=held.pk))
    context: dict[str, Any] = {
        **head(request, part),
        "consultation": found,
        "theme": held,
        "form": form,
        "may": may,
        "theirs": theirs,
        "page": Paginator(taken, PER_PAGE).get_page(request.GET.get("page")),
    }
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "elements/theme.html", context, status=status)


def _theme_form(request: HttpRequest, held: Theme) -> ThemeForm:
    initial = {"title": held.title, "heard": held.heard, "answer": held.answer, "seen": held.revision}
    return ThemeForm(request.POST if request.method == "POST" else None, initial=initial)
