"""The groups of a listening, and the questions of each."""

from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.frameworks.tree import tree
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told
from throughline.voices.asking.actions import (
    add_own_question,
    ask_groups,
    bring_back_question,
    change_group,
    change_question,
    drop_group,
    drop_question,
)
from throughline.voices.asking.checking import ToldOfGroup
from throughline.voices.asking.filling import from_bank, left_out, rows_of
from throughline.voices.asking.forms.groups import GroupForm, GroupsForm, OwnForm, WordsForm
from throughline.voices.asking.outlook import outlooks
from throughline.voices.asking.queries import asked_in, groups_of, question_in, questions_of
from throughline.voices.asking.standing import group_lines, promise_in_words
from throughline.voices.asking.views.composing import (
    ASKS,
    composed,
    protected_words,
    show,
    tell_protected,
    to,
)
from throughline.voices.groups import BY_CODE, GROUPS
from throughline.voices.models import OWN_QUESTIONS, Asked, Listening, Question
from throughline.voices.policy import may_compose
from throughline.voices.scales import SCALES
from throughline.voices.shortcuts import head, part_or_404


@require_http_methods(ASKS)
@for_members
def groups(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """Who is asked, what will be visible of each, and asking more."""
    part = composed(request, listening_id)
    held, known = part.listening, groups_of(part.listening)
    asked = {each.group for each in known}
    form = GroupsForm(request.POST or None, groups=[each for each in GROUPS if each.code not in asked])
    if request.method == "POST" and form.is_valid():
        by = request.seat.membership
        if attempt(form, lambda: ask_groups(listening=held, groups=form.chosen(), by=by)):
            messages.success(request, _("Kept."))
            return to("groups", request, held)
    lines = group_lines(held, outlooks(held, known, questions_of(held)), {})
    return show(request, part, "groups.html", {"form": form, "lines": lines})


def _asked_or_404(listening: Listening, asked_id: UUID) -> Asked:
    asked = asked_in(listening, asked_id)
    if asked is None:
        raise Http404
    return asked


@require_http_methods(ASKS)
@for_members
def group(request: MemberRequest, listening_id: UUID, asked_id: UUID) -> HttpResponseBase:
    """How a group is asked; leaving it out."""
    part = composed(request, listening_id)
    held, by = part.listening, request.seat.membership
    asked = _asked_or_404(held, asked_id)
    if "drop" in request.POST:
        with refusals_told(request):
            drop_group(asked=asked, by=by)
            messages.success(request, _("This group is not asked."))
        return to("groups", request, held)
    known = groups_of(held)
    others = [each for each in known if each.pk != asked.pk and not each.counted_with]
    names = ("invited", "expected", "young", "by_link", "by_code", "counted_with")
    initial = {name: getattr(asked, name) for name in names}
    form = GroupForm(request.POST or None, asked=asked, others=others, initial=initial)
    if request.method == "POST" and form.is_valid():
        told: ToldOfGroup = form.cleaned_data  # type: ignore[assignment]
        if attempt(form, lambda: change_group(asked=asked, by=by, **told)):
            messages.success(request, _("Kept."))
            return to("groups", request, held)
    expected = outlooks(held, known, questions_of(held))
    line = next(each for each in group_lines(held, expected, {}) if each.asked.pk == asked.pk)
    word, why = promise_in_words(line.expected)
    told_here = {"form": form, "asked": asked, "line": line, "word": word, "why": why}
    return show(request, part, "group.html", told_here)


class Line(NamedTuple):
    """A question on the page of its group."""

    question: Question
    texts: list[tuple[str, str, str]]  # language, what is asked, the same more simply
    answers: str
    protected: str


def _line(question: Question, languages: list[str]) -> Line:
    told = [(code, question.words[code]) for code in languages if code in question.words]
    scale = SCALES.get(question.scale)
    checked = question.own or question.edited
    return Line(
        question,
        [(code, words.get("text", ""), words.get("simple", "")) for code, words in told],
        " · ".join(map(str, scale.labels)) if scale else "",
        ", ".join(protected_words(question.words)) if checked else "",
    )


@require_http_methods(ASKS)
@for_members
def questions(request: MemberRequest, listening_id: UUID, asked_id: UUID) -> HttpResponseBase:
    """Every question of a group, competency by competency; leaving one out and bringing it back."""
    part = part_or_404(request, listening_id)
    held = part.listening
    asked = _asked_or_404(held, asked_id)
    rows = rows_of(asked)
    if request.method == "POST":
        with refusals_told(request):
            _drop_or_bring_back(request, asked, rows)
        return _to_questions(request, asked)
    known, languages = groups_of(held), held.languages
    composes = may_compose(part)
    expected = outlooks(held, known, rows if held.state != "draft" else questions_of(held))
    framework = tree(held.journey.record.version_id)
    names = {each.code: each.name for each in framework.competencies} | {
        each.code: each.name for each in framework.domains
    }
    blocks: dict[str, list[Line]] = {}
    for row in rows:
        name = _("Your own questions") if row.own else names.get(row.competency or row.domain, "")
        blocks.setdefault(name, []).append(_line(row, languages))
    out = left_out(from_bank(held, asked), rows) if composes else []
    told: dict[str, Any] = {
        **head(request, part),
        "asked": asked,
        "others": [each for each in known if each.pk != asked.pk],
        "blocks": list(blocks.items()),
        "left_out": [(each.code, next(iter(each.words.values()))["text"]) for each in out],
        "line": next(each for each in group_lines(held, expected, {}) if each.asked.pk == asked.pk),
        "may_compose": composes,
        "children": BY_CODE[asked.group].children,
        "many_languages": len(languages) > 1,
        "simple_first": asked.young,
    }
    return render(request, "voices/questions.html", told)


def _drop_or_bring_back(request: MemberRequest, asked: Asked, rows: list[Question]) -> None:
    by = request.seat.membership
    dropped = next((row for row in rows if str(row.pk) == request.POST.get("drop")), None)
    if dropped is not None:
        dropped.asked = asked
        drop_question(question=dropped, by=by)
        messages.success(request, _("This question is left out."))
    elif code := request.POST.get("back"):
        bring_back_question(asked=asked, code=code, by=by)
        messages.success(request, _("This question is asked again."))


def _to_questions(request: MemberRequest, asked: Asked) -> HttpResponseBase:
    return redirect(
        "voices:questions-of",
        school=request.seat.organisation.slug,
        listening_id=asked.listening_id,
        asked_id=asked.pk,
    )


@require_http_methods(ASKS)
@for_members
def change(request: MemberRequest, listening_id: UUID, wording_id: UUID) -> HttpResponseBase:
    """Word a question differently."""
    part = composed(request, listening_id)
    row = question_in(part.listening, wording_id)
    if row is None:
        raise Http404
    languages = part.listening.languages
    initial = {
        f"{name}-{code}": row.words.get(code, {}).get(name, "")
        for code in languages
        for name in ("text", "simple")
    }
    form = WordsForm(
        request.POST or None, languages=languages, learners=BY_CODE[row.asked.group].children, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        words, by = form.words(), request.seat.membership
        if attempt(form, lambda: change_question(question=row, words=words, by=by)):
            messages.success(request, _("Kept."))
            if BY_CODE[row.asked.group].children:
                tell_protected(request, [words])
            return _to_questions(request, row.asked)
    return show(request, part, "question.html", {"form": form, "asked": row.asked, "question": row})


@require_http_methods(ASKS)
@for_members
def own(request: MemberRequest, listening_id: UUID, asked_id: UUID) -> HttpResponseBase:
    """Add a question of the school's own."""
    part = composed(request, listening_id)
    held, by = part.listening, request.seat.membership
    asked = _asked_or_404(held, asked_id)
    form = OwnForm(
        request.POST or None,
        languages=held.languages,
        learners=BY_CODE[asked.group].children,
        framework=tree(held.journey.record.version_id),
        about=held.competencies,
    )
    if request.method == "POST" and form.is_valid():
        words, said = form.words(), form.cleaned_data
        scale, competency = said["scale"], said["competency"]
        if attempt(
            form,
            lambda: add_own_question(asked=asked, words=words, scale=scale, competency=competency, by=by),
        ):
            messages.success(request, _("Your own question is added."))
            if BY_CODE[asked.group].children:
                tell_protected(request, [words])
            return _to_questions(request, asked)
    return show(request, part, "question.html", {"form": form, "asked": asked, "most": OWN_QUESTIONS})
