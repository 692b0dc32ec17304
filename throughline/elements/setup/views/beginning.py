"""The list of the five elements, beginning one, and the first page of one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from throughline.elements.groups import names_of
from throughline.elements.models import Element, ElementKind
from throughline.elements.policy import STAFF, Part, may_begin, may_see_draft, may_write
from throughline.elements.queries import part_in, parts_of
from throughline.elements.setup.actions import begin_element
from throughline.elements.setup.forms import BeginForm
from throughline.elements.setup.queries import groups_heard, latest_in, participants_of
from throughline.elements.setup.registry import NextStep, next_steps, panels, texts
from throughline.elements.setup.sections import words_in
from throughline.elements.setup.templates_read import Template, template_of
from throughline.elements.shortcuts import head, part_or_404
from throughline.schools.log import describe
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


@dataclass(frozen=True, slots=True)
class Row:
    """One of the five on the list of all."""

    kind: ElementKind
    template: Template
    part: Part | None
    step: NextStep | None
    missing: str


def template_in_use(kind: str) -> Template:
    """The template of a kind in the language in force."""
    return template_of(kind, get_language() or "en")


def missing_in(template: Template, heard: set[str]) -> str:
    """The groups that have to be in it and are not yet, in words."""
    return ", ".join(names_of(set(template.who) - heard))


@require_safe
@for_members
def list_elements(request: MemberRequest) -> HttpResponseBase:
    """The five elements in the framework's order: what each answers, where it stands, what is next, who is missing."""
    parts = parts_of(request.seat)
    begun = {part.element.kind: part for part in parts}
    drafts = [part for part in parts if may_see_draft(part)]
    heard = groups_heard(request.seat.organisation) if drafts else {}
    steps: dict[Any, NextStep] = {}
    for ask in next_steps:
        steps = {**ask(request.seat, drafts), **steps}
    rows = []
    for kind in ElementKind:
        template, part = template_in_use(kind.value), begun.get(kind.value)
        element = part.element if part in drafts and part else None
        missing = missing_in(template, heard.get(element.pk, set())) if element else ""
        rows.append(Row(kind, template, part, steps.get(element.pk) if element else None, missing))
    context = {
        "rows": rows,
        "may_begin": may_begin(request.seat.membership),
        "may_see_line": bool(request.seat.has(*STAFF)),
    }
    return render(request, "elements/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def begin(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Begin one of the five: its title, its language, and the template as it will be copied."""
    if kind not in ElementKind.values:
        raise Http404
    may_begin(request.seat.membership).enforce()
    school = request.seat.organisation.slug
    if part_in(request.seat, kind):
        return redirect("elements:element", school=school, kind=kind)
    template = template_in_use(kind)
    language = (get_language() or "en").split("-")[0]
    form = BeginForm(
        request.POST if request.method == "POST" else None,
        initial={"title": template.title, "language": language},
    )
    if request.method == "POST" and form.is_valid():
        element = attempt(form, lambda: _begun(request, kind, form.cleaned_data))
        if element is not None:
            messages.success(request, _("“%(title)s” has begun.") % {"title": element.title})
            return redirect("elements:element", school=school, kind=kind)
    context = {"form": form, "template": template, "sections": [_told(each) for each in template.outline()]}
    return render(request, "elements/begin.html", context, status=422 if form.errors else 200)


def _begun(request: MemberRequest, kind: str, said: dict[str, str]) -> Element:
    return begin_element(
        kind=kind,
        title=said["title"],
        language=said["language"],
        outline=template_of(kind, said["language"]).outline(),
        by=request.seat.membership,
    )


def _told(section: dict[str, str], words: int | None = None) -> dict[str, Any]:
    return {**section, "groups": ", ".join(names_of(section.get("who", "").split())), "words": words}


def told_sections(element: Element) -> list[dict[str, Any]]:
    """The sections of an element with how many words stand in each."""
    counts = words_in(texts[0](element)) if texts else {}
    return [_told(each, counts.get(each["key"], 0)) for each in element.outline]


@require_safe
@for_members
def element(request: MemberRequest, kind: str) -> HttpResponseBase:
    """The first page of an element: its sections and how far they are, what is missing, who takes part, what happened."""
    part = part_or_404(request, kind)
    template, shown = template_in_use(kind), may_see_draft(part)
    context = {
        **head(request, part),
        "template": template,
        "draft": shown,
        "panels": [
            drawn for _at, draw in sorted(panels, key=lambda each: each[0]) if (drawn := draw(request, part))
        ],
    }
    if shown:
        heard = groups_heard(request.seat.organisation).get(part.element.pk, set())
        context |= {
            "sections": told_sections(part.element),
            "missing": missing_in(template, heard),
            "heard": ", ".join(names_of(heard)),
            "may_write": may_write(part),
            "may_begin": may_begin(request.seat.membership),
        }
    if request.seat.has(*STAFF):
        context["participants"] = [each.membership.name for each in participants_of(part.element)]
        context["latest"] = [(each, describe(each)) for each in latest_in(part.element)]
    return render(request, "elements/element.html", context)
