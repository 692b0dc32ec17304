"""One part of a draft at a time: its texts, and what can be done with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.frameworks.draft_content import Content, Part, problems_of
from throughline.frameworks.drafting import editing
from throughline.frameworks.drafting.actions import Meanwhile, change_draft
from throughline.frameworks.drafting.forms import (
    ChooseForm,
    CompetencyForm,
    DomainForm,
    OriginForm,
    SplitForm,
)
from throughline.frameworks.drafting.views.loading import (
    around,
    competency_or_404,
    draft_or_404,
    mark_of,
    names_before,
    others_of,
    part_or_404,
    seen_of,
    to,
    untouched,
)
from throughline.frameworks.models import FrameworkDraft
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt

ASKS = ["GET", "HEAD", "POST"]


@require_http_methods(ASKS)
@for_members
def part(request: MemberRequest, draft_id: UUID, part: str) -> HttpResponseBase:
    """The texts of a domain or a competency. Two people at once: both versions are shown, nothing is lost."""
    draft = draft_or_404(request, draft_id)
    gone = _taken_out(draft, part) if request.method == "POST" else None
    home, found = gone or part_or_404(draft, part)
    kind = CompetencyForm if home else DomainForm
    form = kind(request.POST if request.method == "POST" else None, content=draft.content, part=found)
    if gone:
        return _copy_kept(request, draft, form)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            done = attempt(form, lambda: _keep(request, draft, part, form))
        except Meanwhile as met:
            draft = met.draft
            home, theirs = _theirs(draft, part)
            if theirs is None:
                return _copy_kept(request, draft, form)
        else:
            if done and not form.errors:
                return _after(request, draft, part)
    context = _around_part(request, draft, home, theirs or found) | {"form": form, "theirs": theirs}
    status = 409 if theirs else 422 if form.errors else 200
    name = "frameworks/draft_competency.html" if home else "frameworks/draft_domain.html"
    return render(request, name, context, status=status)


def _copy_kept(request: MemberRequest, draft: FrameworkDraft, form: forms.Form) -> HttpResponseBase:
    """Somebody took the part out: what was typed is shown once more, to be taken along."""
    typed = [(field.label, field.value()) for field in form.visible_fields() if field.value()]
    return render(
        request, "frameworks/draft_gone.html", around(request, draft) | {"typed": typed}, status=409
    )


def _taken_out(draft: FrameworkDraft, uid: str) -> tuple[Part | None, Part] | None:
    """A part that was taken out on its own, with something to stand for its domain."""
    for entry in draft.content["removed"]:
        if entry["item"]["uid"] == uid:
            return ({"name": ""} if "domain" in entry else None), entry["item"]
    return None


def _theirs(draft: FrameworkDraft, uid: str) -> tuple[Part | None, Part | None]:
    try:
        return editing.found(draft.content, uid)
    except editing.Gone:
        pass
    try:
        return None, editing.domain_of(draft.content, uid)
    except editing.Gone:
        return None, None


def _pick(uid: str) -> Callable[[Content], Any]:
    """A part's own words; a domain without what is in it."""

    def pick(content: Content) -> Any:
        try:
            return editing.found(content, uid)[1]
        except editing.Gone:
            domain = editing.domain_of(content, uid)
            return {name: value for name, value in domain.items() if name != "competencies"}

    return pick


def _keep(request: MemberRequest, draft: FrameworkDraft, uid: str, form: forms.Form) -> bool:
    def change(content: Content) -> None:
        if isinstance(form, CompetencyForm):
            editing.change_competency(content, uid, form.texts())
        else:
            said = form.cleaned_data
            editing.change_domain(
                content,
                uid,
                name=said["name"],
                question=said["question"],
                design_element=said.get("design_element"),
            )

    change_draft(
        draft=draft,
        by=request.seat.membership,
        seen_version=seen_of(request),
        change=change,
        untouched=untouched(request, _pick(uid)),
    )
    return True


def _after(request: MemberRequest, draft: FrameworkDraft, uid: str) -> HttpResponseBase:
    messages.success(request, _("Saved."))
    if "stay" in request.POST:
        return redirect(to(request, "draft-part", draft, uid))
    return redirect(f"{to(request, 'draft', draft)}#part-{uid}")


def _around_part(
    request: MemberRequest, draft: FrameworkDraft, home: Part | None, found: Part
) -> dict[str, Any]:
    uid = found["uid"]
    problems = problems_of({**draft.content, "number": "-"})
    names = dict(names_before(draft)) if home else {}
    return {
        **around(request, draft),
        "part": found,
        "home": home,
        "mark": mark_of(_pick(uid)(draft.content)),
        "problems": [said for where, said in problems if where == uid],
        "continues": [names[code] for code in found.get("was", []) if code in names] if home else [],
        "has_base": draft.base_id is not None,
    }


def _change(
    request: MemberRequest,
    draft: FrameworkDraft,
    form: forms.Form | None,
    change: Callable[[Content], Any],
    said: str,
) -> HttpResponseBase | None:
    """Carry out one edit of the structure, go back to the outline and say so. None: the form was refused."""

    def verb() -> bool:
        change_draft(draft=draft, by=request.seat.membership, seen_version=seen_of(request), change=change)
        return True

    try:
        done = verb() if form is None else attempt(form, verb)
    except Meanwhile:
        messages.warning(
            request,
            _(
                "Someone changed this draft while you had it open. This is the current version. Your change has "
                "not been made yet."
            ),
        )
        return redirect(to(request, "draft", draft))
    if not done:
        return None
    messages.success(request, said)
    return redirect(to(request, "draft", draft))


@require_http_methods(ASKS)
@for_members
def remove(request: MemberRequest, draft_id: UUID, part: str) -> HttpResponseBase:
    """Take a part out, after asking; it can be put back as long as this is a draft."""
    draft = draft_or_404(request, draft_id)
    home, found = part_or_404(draft, part)
    if request.method == "POST":
        said = _("“%(name)s” has been removed. You can restore it below.") % {"name": found["name"]}
        done = _change(request, draft, None, lambda content: editing.remove(content, part), said)
        assert done is not None
        return done
    return render(request, "frameworks/draft_remove.html", _around_part(request, draft, home, found))


@require_http_methods(ASKS)
@for_members
def split(request: MemberRequest, draft_id: UUID, part: str) -> HttpResponseBase:
    """Make two competencies of one."""
    draft = draft_or_404(request, draft_id)
    home, found = competency_or_404(draft, part)
    form = SplitForm(request.POST if request.method == "POST" else None, part=found)
    if request.method == "POST" and form.is_valid():
        name, ideas = form.cleaned_data["name"], form.cleaned_data.get("ideas", [])
        said = _("“%(name)s” is now a competency of its own.") % {"name": name}
        done = _change(request, draft, form, lambda content: editing.split(content, part, name, ideas), said)
        if done is not None:
            return done
    context = _around_part(request, draft, home, found) | {"form": form}
    return render(request, "frameworks/draft_split.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@for_members
def merge(request: MemberRequest, draft_id: UUID, part: str) -> HttpResponseBase:
    """Make one competency of two."""
    draft = draft_or_404(request, draft_id)
    home, found = competency_or_404(draft, part)
    form = ChooseForm(
        request.POST if request.method == "POST" else None,
        choices=others_of(draft, part),
        label=_("Which one should be merged into it?"),
        help_text=_("Its indicators and examples come along. The wording of this one stays."),
    )
    if request.method == "POST" and form.is_valid():
        other = form.cleaned_data["other"]
        said = _("Two competencies are now one: “%(name)s”.") % {"name": found["name"]}
        done = _change(request, draft, form, lambda content: editing.merge(content, part, other), said)
        if done is not None:
            return done
    context = _around_part(request, draft, home, found) | {"form": form}
    return render(request, "frameworks/draft_merge.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@for_members
def into(request: MemberRequest, draft_id: UUID, part: str) -> HttpResponseBase:
    """Move a competency into another domain."""
    draft = draft_or_404(request, draft_id)
    home, found = competency_or_404(draft, part)
    others = [(each["uid"], each["name"]) for each in draft.content["domains"] if each is not home]
    form = ChooseForm(
        request.POST if request.method == "POST" else None, choices=others, label=_("To which domain?")
    )
    if request.method == "POST" and form.is_valid():
        other = form.cleaned_data["other"]
        said = _("“%(name)s” is now in “%(domain)s”.") % {
            "name": found["name"],
            "domain": dict(others)[other],
        }
        done = _change(request, draft, form, lambda content: editing.move(content, part, other), said)
        if done is not None:
            return done
    context = _around_part(request, draft, home, found) | {"form": form, "others": others}
    return render(request, "frameworks/draft_into.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@for_members
def origin(request: MemberRequest, draft_id: UUID, part: str) -> HttpResponseBase:
    """Correct which competencies of the version before this one continues."""
    draft = draft_or_404(request, draft_id)
    home, found = competency_or_404(draft, part)
    names = names_before(draft)
    form = OriginForm(request.POST if request.method == "POST" else None, choices=names, chosen=found["was"])
    if request.method == "POST" and form.is_valid():
        codes, known = form.cleaned_data["was"], [code for code, _name in names]
        said = _("Saved. The list of changes is up to date.")
        done = _change(
            request, draft, form, lambda content: editing.say_origins(content, part, codes, known), said
        )
        if done is not None:
            return redirect(to(request, "draft-changes", draft))
    context = _around_part(request, draft, home, found) | {"form": form}
    return render(request, "frameworks/draft_origin.html", context, status=422 if form.errors else 200)
