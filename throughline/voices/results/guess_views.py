"""Guessing what learners will say, before anybody knows."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from throughline.schools.tenant import MemberRequest, for_members
from throughline.voices.models import Question
from throughline.voices.policy import results_open
from throughline.voices.results.actions import guess
from throughline.voices.results.guessing import guessable, guesses_of, may_guess, on_team
from throughline.voices.scales import SCALES
from throughline.voices.shortcuts import head, part_or_404


@for_members
def guesses(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """What somebody of the team thinks that learners will mostly say."""
    part = part_or_404(request, listening_id)
    there = redirect("voices:results", school=request.seat.organisation.slug, listening_id=listening_id)
    if results_open(part.listening):
        return there
    may_guess(part, on_team(part.listening, part.member)).enforce()
    asked, error, mine = guessable(part.listening), "", guesses_of(part)
    if request.method == "POST":
        given = {each.code: _step(request.POST.get(f"q.{each.code}", "")) for each in asked}
        try:
            guess(listening=part.listening, steps=given, by=part.member)
        except ValidationError as wrong:
            error = " ".join(wrong.messages)
        else:
            messages.success(request, _("Kept. Only you see what you guessed."))
            return there
        mine = {code: step for code, step in given.items() if step is not None}
    told = {**head(request, part), "questions": [_field(each, mine) for each in asked], "error": error}
    return render(request, "voices/guess.html", told, status=422 if error else 200)


def _step(given: str) -> int | None:
    """The step that was chosen; what is none of them is refused by the verb."""
    if not given:
        return None
    return int(given) if given in {"0", "1", "2", "3", "4"} else -9


def _field(question: Question, mine: dict[str, int]) -> dict[str, Any]:
    scale, young = SCALES[question.scale], question.asked.young
    spoken = (get_language() or "en").split("-")[0]
    words: dict[str, str] = question.words.get(spoken) or next(iter(question.words.values()), {})
    chosen = mine.get(question.code)
    return {
        "name": f"q.{question.code}",
        "text": (words.get("simple") if young else "") or words.get("text", ""),
        "choices": [
            (step, label, step == chosen)
            for step, label in enumerate(scale.simple if young else scale.labels)
        ],
        "none": chosen is None,
    }
