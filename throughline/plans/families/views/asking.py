"""The box for questions, outside; and inside the questions that wait, and their answers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from throughline.activity.middleware import counts_tries
from throughline.kit.access import Door, open_to
from throughline.people.devices import address_of, say_when
from throughline.people.secret_links import quiet
from throughline.plans.families.actions.asking import answer_question, ask, set_aside
from throughline.plans.families.forms import AnswerForm, AskForm
from throughline.plans.families.languages import wanted_language
from throughline.plans.families.policy import may_see_drafts, may_write_page
from throughline.plans.families.queries import languages_of, page_at, page_by_link, page_for, questions_of
from throughline.plans.families.views.reading import LINKS, Way, gone, link_address
from throughline.plans.families.words import speaks
from throughline.plans.models import FamilyQuestion, PageForFamilies
from throughline.plans.shortcuts import head
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

PER_PAGE = 50
THANKS = "thanks"
State = FamilyQuestion.State


@counts_tries
@open_to(Door.EVERYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_in_public(request: HttpRequest, place: str) -> HttpResponseBase:
    """Ask at the public address."""
    page = page_at(place)
    if page is None:
        raise Http404
    if page.way != Way.EVERYONE:
        return gone(request, page)
    return _asked(request, page, reverse("plans:family-page", kwargs={"place": place}))


@counts_tries
@csrf_exempt  # such a page names no origin (no-referrer), and no other site can bring our cookie along (SameSite)
@quiet
@require_http_methods(["GET", "HEAD", "POST"])
def ask_by_link(request: HttpRequest, key: str) -> HttpResponseBase:
    """Ask with the link."""
    page = page_by_link(LINKS.entry(request, link_address(key)).link)
    if page is None:
        return render(request, "people/link_closed.html", status=404)
    if page.way == Way.NOBODY:
        return gone(request, page)
    return _asked(request, page, link_address(key))


def _asked(request: HttpRequest, page: PageForFamilies, back: str) -> HttpResponseBase:
    languages = [page.language, *languages_of(page)]
    language = wanted_language(request, languages)
    form = AskForm(request.POST if request.method == "POST" else None, language=language)
    with translation.override(language if speaks(language) else settings.LANGUAGE_CODE):
        if form.is_valid():
            said = form.cleaned_data
            kept = attempt(
                form,
                lambda: ask(
                    page=page,
                    text=said["text"],
                    language=said["language"],
                    key=said["key"],
                    address=address_of(request),
                ),
            )
            if kept is not None:
                return redirect(f"{request.path}?in={language}&{THANKS}=1")
        context = {
            "organisation": page.organisation.name,
            "form": form,
            "back": f"{back}?in={language}",
            "thanks": THANKS in request.GET,
            "takes": page.takes_questions,
        }
        answer = render(request, "plans/family_ask.html", context, status=422 if form.errors else 200)
    return say_when(answer, form)


@require_safe
@for_members
def questions(request: MemberRequest) -> HttpResponse:
    """What people asked: first what waits."""
    page = page_or_404(request)
    wanted = request.GET.get("state", State.HELD.value)
    rows = questions_of(page)
    if wanted in State.values:
        rows = rows.filter(state=wanted)
    context = {
        **head(request),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "states": [(*each, each[0] == wanted) for each in State.choices],
        "query": f"state={wanted}",
        "may": may_write_page(request.seat.membership),
    }
    return render(request, "plans/family_questions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def question(request: MemberRequest, question_id: UUID) -> HttpResponseBase:
    """Answer one, or leave it out."""
    page = page_or_404(request)
    found = questions_of(page).filter(pk=question_id).first()
    if found is None:
        raise Http404
    by = request.seat.membership
    may = may_write_page(by)
    back = redirect("plans:family-questions", school=request.seat.organisation.slug)
    if request.method == "POST":
        may.enforce()
        if request.POST.get("do") in State.values:
            with refusals_told(request):
                set_aside(question=found, state=request.POST["do"], by=by)
            return back
    initial = {"wording": found.wording or found.text, "answer": found.answer}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        done: Callable[[], object] = lambda: answer_question(question=found, by=by, **said)  # noqa: E731
        if attempt(form, done) is not None:
            messages.success(request, _("Answered. The question and the answer now stand on the page."))
            return back
    context = {**head(request), "question": found, "form": form, "may": may, "language": page.language}
    return render(request, "plans/family_question.html", context, status=422 if form.errors else 200)


def page_or_404(request: MemberRequest) -> PageForFamilies:
    """The page of the organization, for those who may see it as it is being written; 404 otherwise."""
    page = page_for(request.seat.organisation) if may_see_drafts(request.seat) else None
    if page is None:
        raise Http404
    return page
