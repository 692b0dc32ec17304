"""What everybody who was asked reads at the address they know: what was heard, and what follows."""

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from throughline.kit.early import keep_briefly
from throughline.voices.answering.visits import Visit, choices, for_respondents
from throughline.voices.models import Listening, Reply
from throughline.voices.replying.document import languages_of
from throughline.voices.replying.queries import lines_read, newest_edition

KINDS = (Reply.Kind.WILL, Reply.Kind.LATER, Reply.Kind.NOT)


@require_safe
@for_respondents
def heard(visit: Visit) -> HttpResponseBase:
    """You said → we did, in the language that is read; kind words while nothing is published."""
    listening = visit.listening
    edition = newest_edition(listening) if listening.state == Listening.State.CLOSED else None
    if edition is None:
        told = {"closed": listening.state == Listening.State.CLOSED, "why": listening.unanswered_why}
        return visit.show("unheard.html", told)
    lines = lines_read(listening, edition.document, visit.language)
    told = {
        "lines": lines,
        "edition": edition,
        "counts": [(kind, sum(each.kind == kind for each in lines)) for kind in KINDS],
        "languages": choices(list(languages_of(edition.document)), visit.language),
    }
    answer = visit.show("heard.html", told)
    return answer if visit.request.COOKIES else keep_briefly(answer)
