"""The pages of the questionnaire: each saves what stands on it, wherever one goes from there."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.voices.answering.cookies import (
    DRAFT,
    LET_IN,
    LetIn,
    draft_in,
    forget,
    keep_draft,
    keep_let_in,
)
from throughline.voices.answering.drawing import drawn
from throughline.voices.answering.parts import Part
from throughline.voices.answering.views.arriving import first_open
from throughline.voices.answering.visits import LOOK_AGAIN, Visit, for_respondents
from throughline.voices.models import Draft
from throughline.voices.scales import is_step
from throughline.voices.spool.actions import hand_in, save_draft
from throughline.voices.spool.content import Given
from throughline.voices.spool.outcomes import Outcome, Unsaved

IN = "in:"


@require_http_methods(["GET", "HEAD", "POST"])
@for_respondents
def answer(visit: Visit, nth: int) -> HttpResponseBase:
    """One page of it."""
    draft = visit.draft
    if draft is None:
        return visit.to("welcome", "lost")
    if draft.handed_in:
        return visit.to("done")
    if not visit.can_go_on:
        return visit.to("welcome")
    parts = visit.whole.parts(draft.block)
    if not 1 <= nth <= len(parts):
        return visit.to("answer", nth=first_open(visit))
    if visit.request.method != "POST":
        return page(visit, parts, nth, draft.content, version=draft.version)
    return _sent(visit, draft, parts, nth)


def page(
    visit: Visit,
    parts: tuple[Part, ...],
    nth: int,
    content: Mapping[str, Any],
    *,
    version: int = 0,
    block: int | None = None,
    wrong: Mapping[str, str] | None = None,
    problem: str = "",
) -> HttpResponse:
    """The page as it is shown; `wrong` by the code of a question, `problem` above all of them."""
    part = parts[nth - 1]
    block = visit.draft.block if block is None and visit.draft else block or 0
    questions = drawn(visit.whole, part, block, visit.language, visit.interface)
    told = {
        "part": part,
        "name": visit.whole.name_of(part.domain, visit.language),
        "of": len(parts),
        "last": nth == len(parts),
        "version": version,
        "questions": questions.filled({**content, "wrong": wrong or {}}),
        "problem": problem,
        "here": visit.address("answer", nth=nth),
    }
    return visit.show("answer.html", told, LOOK_AGAIN if wrong or problem else 200)


def _sent(visit: Visit, draft: Draft, parts: tuple[Part, ...], nth: int) -> HttpResponseBase:
    post, token = visit.request.POST, draft_in(visit.request, visit.asked.place)
    stale = post.get("seen") != str(draft.version)
    given = _given(post, parts[nth - 1], visit, stale=stale)
    do, is_last = post.get("do", "next"), nth == len(parts)
    try:
        if is_last and not do.startswith(IN) and do not in ("back", "later"):
            return _handed_in(visit, draft, parts, nth, token, given)
        save_draft(token, steps=given.steps, background=given.background, words=given.words)
    except Unsaved as why:
        return _not_saved(visit, why.outcome)
    except ValidationError as error:
        return _look_again(visit, draft, parts, nth, given, error)
    if do.startswith(IN):
        visit.language = (
            do.removeprefix(IN) if do.removeprefix(IN) in visit.listening.languages else visit.language
        )
        return visit.to("answer", nth=nth)
    if do == "back":
        return visit.to("answer", nth=max(1, nth - 1))
    if do == "later":
        return visit.to("welcome", "later")
    then = visit.to("answer", nth=nth + 1)
    keep_draft(then, visit.asked.place, token, visit.held.code)
    return then


def _given(post: Any, part: Part, visit: Visit, *, stale: bool) -> Given:
    """What was chosen and written on this page; anything else in the form is not looked at.

    A page that was opened before another tab saved takes nothing back: what is empty on it may be answered there.
    """
    given = Given()
    for question in part.steps:
        said = post.get(f"q.{question.code}", "")
        if said.removeprefix("-").isdecimal() and len(said) < 3 and is_step(int(said)):
            given.steps[question.code] = int(said)
    for question in part.words:
        text = post.get(f"w.{question.code}")
        if text is not None and (text.strip() or not stale):
            given.words[question.code] = text
    for each in visit.listening.background if part.about_you else []:
        chosen = post.get(f"b.{each['code']}", "")
        if chosen in {choice["code"] for choice in each["choices"]}:
            given.background[each["code"]] = chosen
        elif chosen:  # rather not: what was said before is taken back
            given.background[each["code"]] = ""
    return given


def _not_saved(visit: Visit, outcome: Outcome) -> HttpResponseBase:
    if outcome == Outcome.ALREADY:
        return visit.to("done")
    return visit.to("welcome", "lost" if outcome == Outcome.GONE else "")


def _look_again(
    visit: Visit, draft: Draft, parts: tuple[Part, ...], nth: int, given: Given, error: ValidationError
) -> HttpResponse:
    """The page with what was typed, and what is wrong with it."""
    wrong = (
        {code: said[0] for code, said in error.message_dict.items()} if hasattr(error, "error_dict") else {}
    )
    problem = _("Something on this page is too long.") if wrong else error.messages[0]
    return page(
        visit, parts, nth, given.over(draft.content), version=draft.version, wrong=wrong, problem=problem
    )


def _handed_in(
    visit: Visit, draft: Draft, parts: tuple[Part, ...], nth: int, token: str, given: Given
) -> HttpResponseBase:
    place, held = visit.asked.place, visit.held
    outcome = hand_in(token, code=held.code, at_kiosk=visit.is_kiosk, last=given)
    if outcome in (Outcome.OK, Outcome.ALREADY):
        then = visit.to("done")
        if visit.is_kiosk:
            forget(then, place, DRAFT)
            keep_let_in(then, place, LetIn(kiosk=held.kiosk))
        else:
            forget(then, place, LET_IN)
        return then
    if outcome == Outcome.EMPTY:
        said = _(
            "Nothing is answered yet, so there is nothing to hand in. You can also stop and delete what you began."
        )
        return page(visit, parts, nth, given.over(draft.content), version=draft.version, problem=said)
    if outcome == Outcome.UNKNOWN_CODE:
        then = visit.to("welcome", "need")
        forget(then, place, LET_IN)
        return then
    if outcome == Outcome.SPENT_CODE:
        return visit.show("spent.html", {}, LOOK_AGAIN)
    return _not_saved(visit, outcome)
