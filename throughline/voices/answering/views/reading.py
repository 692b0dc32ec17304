"""Every question beforehand, for families and anybody else; and a question read aloud."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from throughline.kit.early import keep_briefly
from throughline.voices.answering import notices
from throughline.voices.answering.drawing import background_of, field_of, word_of
from throughline.voices.answering.languages import said_in
from throughline.voices.answering.queries import Questionnaire, recording_in
from throughline.voices.answering.visits import Visit, for_respondents
from throughline.voices.groups import BY_CODE
from throughline.voices.models import Listening, Question
from throughline.voices.playing import played

Kind = Question.Kind


@require_safe
@for_respondents
def questions(visit: Visit) -> HttpResponseBase:
    """Everything that anybody of this group may be asked, as soon as it is fixed."""
    if visit.listening.state == Listening.State.DRAFT:
        return visit.to("welcome")
    answer = all_questions(visit)
    return answer if visit.request.COOKIES else keep_briefly(answer)


def all_questions(visit: Visit, **more: object) -> HttpResponse:
    """The page with all of them."""
    whole = visit.whole
    told = {
        "domains": domains_of(whole, visit.language),
        "background": background_of(whole, visit.language),
        "contact": said_in(visit.listening.contact, visit.language) if whole.asks_in_words else "",
        "group": BY_CODE[visit.asked.group].name,
        "children": BY_CODE[visit.asked.group].children,
        "may_opt_out": BY_CODE[visit.asked.group].children
        and visit.listening.state != Listening.State.CLOSED,
        "in_blocks": visit.asked.blocks > 1,
        "points": notices.points(whole),
        **more,
    }
    return visit.show("questions.html", told)


def domains_of(whole: Questionnaire, language: str) -> list[dict[str, object]]:
    """Domain by domain what is asked and what can be answered, whoever is asked which of it."""
    found: dict[str, list[Question]] = {}
    for question in whole.questions:
        found.setdefault(question.domain, []).append(question)
    return [
        {
            "name": whole.name_of(domain, language),
            "steps": [field_of(whole, each, language) for each in asked if each.kind == Kind.STEPS],
            "words": [word_of(whole, each, language) for each in asked if each.kind == Kind.OPEN],
        }
        for domain, asked in found.items()
    ]


@require_safe
@for_respondents
def recording(visit: Visit, recording_id: UUID) -> HttpResponseBase:
    """A question read aloud, while the listening is open. Some phones play nothing unless they may ask for a part of it."""
    found = recording_in(visit.asked, recording_id) if visit.can_go_on else None
    if found is None:
        raise Http404
    return played(found.file, visit.request.headers.get("Range", ""))
