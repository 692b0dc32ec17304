"""For those inside: the page as it is being written, section by section; publish it; say who can read it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from throughline.plans.families.actions.writing import (
    begin_page,
    check_page,
    open_page,
    publish_page,
    replace_family_link,
    withdraw_family_link,
    write_section,
)
from throughline.plans.families.document import words_in
from throughline.plans.families.forms import BeginForm, OpenForm, SectionForm
from throughline.plans.families.heard import TOPIC
from throughline.plans.families.policy import may_open_page, may_see_drafts, may_write_page
from throughline.plans.families.queries import (
    draft_document,
    drafts_of,
    editions_of,
    newest_replies,
    page_for,
    page_of,
    questions_of,
    ties_to_choose,
    vocabulary_of,
)
from throughline.plans.families.reading import reading_of
from throughline.plans.families.sections import BY_KEY, SECTIONS
from throughline.plans.families.state import state_of
from throughline.plans.families.views.asking import page_or_404
from throughline.plans.families.views.reading import drawn
from throughline.plans.models import FamilyQuestion, PageForFamilies
from throughline.plans.shortcuts import head
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told
from throughline.ui.handover import forget, hand_over, handed_over


def _here(request: MemberRequest, name: str = "families", **known: str) -> str:
    return reverse(f"plans:{name}", kwargs={"school": request.seat.organisation.slug, **known})


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def page(request: MemberRequest) -> HttpResponseBase:
    """How the page stands: its sections, what to look at, who reads it. Or the way to begin one."""
    may_see_drafts(request.seat).enforce()
    held = page_for(request.seat.organisation)
    if held is None:
        return _beginning(request)
    by = request.seat.membership
    if request.method == "POST":
        with refusals_told(request):
            _do(request, held)
        return redirect(_here(request))
    context = {
        **head(request),
        "page": held,
        "state": state_of(held),
        "may": may_write_page(by),
        "may_open": may_open_page(by),
        "waiting": questions_of(held).filter(state=FamilyQuestion.State.HELD).count(),
        "public_url": request.build_absolute_uri(
            reverse("plans:family-page", kwargs={"place": request.seat.organisation.slug})
        ),
    }
    return render(request, "plans/families.html", context)


def _do(request: MemberRequest, held: PageForFamilies) -> None:
    by = request.seat.membership
    if request.POST.get("do") == "publish":
        publish_page(page=held, by=by)
        messages.success(request, _("Published. This is what families read now."))
    elif request.POST.get("do") == "check":
        check_page(page=held, by=by)
        messages.success(request, _("Thank you. The page says that it was checked today."))


def _beginning(request: MemberRequest) -> HttpResponseBase:
    by = request.seat.membership
    initial = {"language": request.seat.organisation.language.split("-")[0]}
    form = BeginForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        made = attempt(form, lambda: begin_page(language=form.cleaned_data["language"], by=by))
        if made is not None:
            return redirect(_here(request))
    context = {**head(request), "form": form, "may": may_write_page(by), "sections": SECTIONS}
    return render(request, "plans/families_begin.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def section(request: MemberRequest, topic: str) -> HttpResponseBase:
    """Write one section; beside it how it reads."""
    held, known = page_or_404(request), BY_KEY.get(topic)
    if known is None:
        raise Http404
    by = request.seat.membership
    may = may_write_page(by)
    draft = drafts_of(held).get(topic)
    content = draft.content if draft else {}
    ties = _ties(request, content) if known.tied else []
    form = SectionForm(
        request.POST if request.method == "POST" else None, section=known, content=content, ties=ties
    )
    if request.method == "POST":
        may.enforce()
    if form.is_valid():
        told = form.told()
        if attempt(form, lambda: write_section(page=held, section=topic, told=told, by=by)) is not None:
            messages.success(request, _("Saved as a draft. Families read it once the page is published."))
            return redirect(_here(request, "family-section", topic=topic))
    words = words_in(content, topic)
    place = SECTIONS.index(known)
    context = {
        **head(request),
        "page": held,
        "section": known,
        "form": form,
        "draft": draft,
        "may": may,
        "replies": newest_replies(request.seat.organisation) if topic == TOPIC and may else None,
        "reading": reading_of(words, held.language, vocabulary_of(request.seat.organisation))
        if words
        else None,
        "next": SECTIONS[place + 1] if place + 1 < len(SECTIONS) else None,
    }
    return render(request, "plans/family_section.html", context, status=422 if form.errors else 200)


def _ties(request: MemberRequest, content: dict[str, Any]) -> list[Any]:
    groups: list[Any] = [*ties_to_choose(request.seat.organisation)]
    there = {key for _label, rows in groups for key, _title in rows}
    gone = {each["tie"] for each in content.get("items", ()) if each.get("tie")} - there
    return [*groups, *((key, _("no longer in the plan")) for key in sorted(gone))]


@require_safe
@for_members
def preview(request: MemberRequest) -> HttpResponse:
    """The drafts as families would read them."""
    held = page_or_404(request)
    shown = page_of(held, draft_document(held), request.GET.get("in", ""))
    response = drawn(request, shown, _here(request, "family-preview"), "", draft=True)
    response["X-Robots-Tag"] = "noindex,nofollow"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def opening(request: MemberRequest) -> HttpResponseBase:
    """Who can read it, the link, and whether people can ask."""
    held = page_or_404(request)
    by = request.seat.membership
    may = may_open_page(by)
    token = handed_over(request) if request.method == "GET" else ""
    initial = {"way": held.way, "may_be_found": held.may_be_found, "takes_questions": held.takes_questions}
    doing = request.POST.get("do", "")
    form = OpenForm(request.POST if request.method == "POST" and not doing else None, initial=initial)
    if request.method == "POST":
        may.enforce()
    if doing == "link":
        response = redirect(request.path)
        hand_over(response, replace_family_link(page=held, by=by).token, to=request.path)
        return response
    if doing == "withdraw":
        withdraw_family_link(page=held, by=by)
        messages.success(request, _("The link opens nothing any more."))
        return redirect(request.path)
    if form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: open_page(page=held, by=by, **said)) is not None:
            messages.success(request, _("Saved."))
            return redirect(request.path)
    link = reverse("plans:family-link", kwargs={"token": token}) if token else ""
    public = reverse("plans:family-page", kwargs={"place": request.seat.organisation.slug})
    context = {
        **head(request),
        "page": held,
        "form": form,
        "may": may,
        "published": editions_of(held).exists(),
        "link": request.build_absolute_uri(link) if link else "",
        "public_url": request.build_absolute_uri(public),
    }
    page = render(request, "plans/family_open.html", context, status=422 if form.errors else 200)
    forget(request, page)
    return page
