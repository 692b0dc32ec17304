"""The questions of a group: as respondents meet them, worded, left out, moved, and added."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.frameworks.tree import Tree, tree
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told
from throughline.voices.asking.actions import (
    add_own_question,
    bring_back_question,
    change_question,
    drop_question,
    move_question,
)
from throughline.voices.asking.aloud import wordings
from throughline.voices.asking.filling import from_bank, left_out, rows_of
from throughline.voices.asking.forms.groups import OwnForm, OwnWordsForm, WordsForm
from throughline.voices.asking.order import as_asked, together
from throughline.voices.asking.outlook import outlooks
from throughline.voices.asking.queries import groups_of, question_in, questions_of, read_aloud_in
from throughline.voices.asking.standing import group_lines
from throughline.voices.asking.views.composing import ASKS, composed, protected_words, show, tell_protected
from throughline.voices.asking.views.groups import asked_or_404
from throughline.voices.groups import BY_CODE
from throughline.voices.models import OWN_QUESTIONS, Asked, Question
from throughline.voices.policy import may_compose
from throughline.voices.scales import SCALES
from throughline.voices.shortcuts import head, part_or_404


class Line(NamedTuple):
    """A question on the page of its group. `up` and `down`: beside which other it is put, for one of the school's own."""

    question: Question
    texts: list[tuple[str, str]]  # language, what is asked
    answers: str
    protected: str
    about: str
    spoken: str
    up: Question | None
    down: Question | None


class Section(NamedTuple):
    """A domain: what is asked about each of its competencies, and what is answered in one's own words."""

    name: str
    runs: list[tuple[str, list[Line]]]


def _line(rows: Sequence[Question], at: int, asked: Asked, names: dict[str, str], done: set[Any]) -> Line:
    row, languages = rows[at], asked.listening.languages
    used = [each for each in wordings(row, asked, languages) if each.used]
    scale = SCALES.get(row.scale)
    before = rows[at - 1] if at and together(rows[at - 1], row) else None
    after = rows[at + 1] if at + 1 < len(rows) and together(rows[at + 1], row) else None
    return Line(
        row,
        [(each.language, each.text) for each in used],
        " · ".join(map(str, scale.labels)) if scale else "",
        ", ".join(protected_words(row.words)) if row.own or row.edited else "",
        names.get(row.competency, "") if row.own else "",
        _spoken(sum((row.pk, each.language, each.simple) in done for each in used), len(used)),
        before if row.own else None,
        after if row.own else None,
    )


def _spoken(done: int, of: int) -> str:
    if not done:
        return ""
    if done >= of:
        return _("read aloud")
    return _("read aloud in %(done)d of %(of)d languages") % {"done": done, "of": of}


def _sections(rows: Sequence[Question], asked: Asked, framework: Tree, done: set[Any]) -> list[Section]:
    """As respondents meet them. A question of the school's own breaks no run: it says itself what it is about."""
    names = {each.code: each.name for each in framework.competencies}
    domains = {each.code: each.name for each in framework.domains}
    found: dict[str, Section] = {}
    for at, row in enumerate(rows):
        name = domains.get(row.domain) or _("Your own questions")
        runs = found.setdefault(row.domain, Section(name, [])).runs
        run = names.get(row.competency, "")
        if row.kind == Question.Kind.OPEN:
            run = _("In one’s own words")
        elif row.own:
            run = runs[-1][0] if runs else ""
        if not runs or runs[-1][0] != run:
            runs.append((run, []))
        runs[-1][1].append(_line(rows, at, asked, names, done))
    return list(found.values())


@require_http_methods(ASKS)
@for_members
def questions(request: MemberRequest, listening_id: UUID, asked_id: UUID) -> HttpResponseBase:
    """Every question of a group, domain by domain; leaving one out and bringing it back, moving one's own."""
    part = part_or_404(request, listening_id)
    held = part.listening
    asked = asked_or_404(held, asked_id)
    rows = as_asked(rows_of(asked))
    if request.method == "POST":
        there = ""
        with refusals_told(request):
            there = _act(request, asked, rows)
        return _to_questions(request, asked, there)
    known = groups_of(held)
    composes = may_compose(part)
    expected = outlooks(held, known, rows if held.state != "draft" else questions_of(held))
    out = left_out(from_bank(held, asked), rows) if composes else []
    told: dict[str, Any] = {
        **head(request, part),
        "asked": asked,
        "others": [each for each in known if each.pk != asked.pk],
        "sections": _sections(rows, asked, tree(held.journey.record.version_id), read_aloud_in(asked)),
        "left_out": [(each.code, next(iter(each.words.values()))["text"]) for each in out],
        "line": next(each for each in group_lines(held, expected, {}) if each.asked.pk == asked.pk),
        "may_compose": composes,
        "children": BY_CODE[asked.group].children,
    }
    return render(request, "voices/questions.html", told)


def _act(request: MemberRequest, asked: Asked, rows: list[Question]) -> str:
    """What a button of the page does; where one goes on reading."""
    by, post = request.seat.membership, request.POST
    known = {str(row.pk): row for row in rows}
    for row in rows:
        row.asked = asked
    if dropped := known.get(post.get("drop", "")):
        drop_question(question=dropped, by=by)
        messages.success(request, _("This question is left out."))
    elif code := post.get("back"):
        bring_back_question(asked=asked, code=code, by=by)
        messages.success(request, _("This question is asked again."))
    elif "move" in post:
        way, own, beside = [*post["move"].split(" "), "", ""][:3]
        if own in known and beside in known:
            move_question(question=known[own], beside=known[beside], up=way == "up", by=by)
            return f"q-{own}"
        messages.error(
            request, _("The questions were changed meanwhile. Look where it stands now, then move it again.")
        )
    return ""


def _to_questions(request: MemberRequest, asked: Asked, there: str = "") -> HttpResponseBase:
    answer = redirect(
        "voices:questions-of",
        school=request.seat.organisation.slug,
        listening_id=asked.listening_id,
        asked_id=asked.pk,
    )
    if there:
        answer.headers["Location"] += f"#{there}"
    return answer


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
    told: dict[str, Any] = {"languages": languages, "learners": BY_CODE[row.asked.group].children}
    if row.own:
        told["framework"] = tree(part.listening.journey.record.version_id)
        told["about"] = [*part.listening.competencies, row.competency]
        initial["competency"] = row.competency
    form = (OwnWordsForm if row.own else WordsForm)(request.POST or None, initial=initial, **told)
    if request.method == "POST" and form.is_valid():
        words, by, about = form.words(), request.seat.membership, form.cleaned_data.get("competency")
        if attempt(form, lambda: change_question(question=row, words=words, competency=about, by=by)):
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
    asked = asked_or_404(held, asked_id)
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
