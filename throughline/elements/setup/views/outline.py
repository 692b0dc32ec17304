"""The sections of an element: the school's own copy of the template."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.elements.policy import Part, may_begin, may_write
from throughline.elements.setup.actions import (
    SAID,
    SectionChanged,
    add_section,
    change_section,
    move_section,
    remove_section,
    rename_element,
)
from throughline.elements.setup.forms import SectionForm, TitleForm
from throughline.elements.setup.views.beginning import told_sections
from throughline.elements.shortcuts import draft_or_404, head
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

ASKS = ["GET", "HEAD", "POST"]


def _back(part: Part) -> str:
    told = {"school": part.element.organisation.slug, "kind": part.element.kind}
    return reverse("elements:sections", kwargs=told)


@require_safe
@for_members
def sections(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Every section with its prompt, its example, what *done* means and who must be in it."""
    part = draft_or_404(request, kind)
    context = {
        **head(request, part),
        "sections": told_sections(part.element),
        "may_write": may_write(part),
        "may_begin": may_begin(request.seat.membership),
    }
    return render(request, "elements/sections.html", context)


@require_http_methods(ASKS)
@for_members
def add(request: MemberRequest, kind: str) -> HttpResponseBase:
    """A section of the school's own."""
    part = draft_or_404(request, kind)
    may_write(part).enforce()
    form = SectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by = request.seat.membership
        key = attempt(form, lambda: add_section(element=part.element, words=form.words(), by=by))
        if key is not None:
            messages.success(request, _("The section is added at the end."))
            return redirect(f"{_back(part)}#s-{key}")
    return _shown(request, part, form, {"here": _("Add a section")})


def _shown(request: MemberRequest, part: Part, form: Any, more: dict[str, Any]) -> HttpResponseBase:
    status = 409 if more.get("theirs") else 422 if form.errors else 200
    context = {**head(request, part), "form": form, "back": _back(part), **more}
    return render(request, "elements/section_form.html", context, status=status)


@require_http_methods(ASKS)
@for_members
def change(request: MemberRequest, kind: str, section: str) -> HttpResponseBase:
    """One section. When somebody else changed it meanwhile, their words stand above the form."""
    part = draft_or_404(request, kind)
    may_write(part).enforce()
    now = _section_or_404(part, section)
    theirs = None
    start = {**now, "who": now.get("who", "").split()}
    form = SectionForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        seen = {name: request.POST.get(f"seen-{name}", "").replace("\r\n", "\n") for name in SAID}
        words, by = form.words(), request.seat.membership
        try:
            change_section(element=part.element, key=section, words=words, seen=seen, by=by)
        except SectionChanged as met:
            theirs = now = met.section
        else:
            messages.success(request, _("The section is saved."))
            return redirect(f"{_back(part)}#s-{section}")
    here = _("Change this section")
    seen_now = [(f"seen-{name}", now.get(name, "")) for name in SAID]
    return _shown(request, part, form, {"here": here, "seen": seen_now, "theirs": theirs, "section": section})


def _section_or_404(part: Part, key: str) -> dict[str, str]:
    for each in part.element.outline:
        if each["key"] == key:
            return dict(each)
    raise Http404


@require_http_methods(ASKS)
@for_members
def title(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Another title for the element."""
    part = draft_or_404(request, kind)
    may_begin(request.seat.membership).enforce()
    form = TitleForm(
        request.POST if request.method == "POST" else None, initial={"title": part.element.title}
    )
    if request.method == "POST" and form.is_valid():
        wanted, by = form.cleaned_data["title"], request.seat.membership
        done = attempt(form, lambda: (rename_element(element=part.element, title=wanted, by=by),))
        if done:
            messages.success(request, _("The title is saved."))
            return redirect(_back(part))
    return _shown(request, part, form, {"here": _("Change the title")})


@require_POST
@for_members
def move(request: MemberRequest, kind: str) -> HttpResponseBase:
    """One place up or down, with what is written in it."""
    part = draft_or_404(request, kind)
    up = request.POST.get("up", "")
    key = up or request.POST.get("down", "")
    with refusals_told(request):
        move_section(element=part.element, key=key, up=bool(up), by=request.seat.membership)
    return redirect(f"{_back(part)}#s-{key}")


@require_http_methods(ASKS)
@for_members
def remove(request: MemberRequest, kind: str, section: str) -> HttpResponseBase:
    """Take a section out; what is written in it stays in the text."""
    part = draft_or_404(request, kind)
    may_write(part).enforce()
    told = _section_or_404(part, section)
    if request.method == "POST":
        with refusals_told(request):
            remove_section(element=part.element, key=section, by=request.seat.membership)
            messages.success(
                request, _("The section is removed. What was written in it is still in the text.")
            )
        return redirect(_back(part))
    context = {**head(request, part), "section": told, "back": _back(part)}
    return render(request, "elements/section_remove.html", context)
