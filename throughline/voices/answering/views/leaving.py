"""After handing in, taking back what was not handed in, and making room for the next person on a school's own tablet."""

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.voices.answering.cookies import DRAFT, LetIn, draft_in, forget, keep_let_in
from throughline.voices.answering.visits import Visit, for_respondents
from throughline.voices.spool.actions import withdraw_draft


@require_safe
@for_respondents
def done(visit: Visit) -> HttpResponseBase:
    """Thanks, what happens next, and where to read what came of it."""
    if not visit.is_kiosk and not (visit.draft and visit.draft.handed_in):
        return visit.to("welcome")
    return visit.show("done.html", {"again": visit.asked.by_link or visit.asked.by_code})


@require_http_methods(["GET", "HEAD", "POST"])
@for_respondents
def withdraw(visit: Visit) -> HttpResponseBase:
    """Delete what was begun, after one question."""
    if visit.draft is None or visit.draft.handed_in:
        return visit.to("done" if visit.draft else "welcome")
    if visit.request.method != "POST":
        return visit.show("withdraw.html", {})
    withdraw_draft(draft_in(visit.request, visit.asked.place))
    gone = visit.to("welcome", "gone")
    forget(gone, visit.asked.place, DRAFT)
    return gone


@require_POST
@for_respondents
def next_person(visit: Visit) -> HttpResponseBase:
    """On a tablet: delete what was begun, and begin with somebody else."""
    if visit.draft and not visit.draft.handed_in:
        withdraw_draft(draft_in(visit.request, visit.asked.place))
    answer = visit.to("welcome")
    forget(answer, visit.asked.place, DRAFT)
    if visit.is_kiosk:
        keep_let_in(answer, visit.asked.place, LetIn(kiosk=visit.held.kiosk))
    return answer
