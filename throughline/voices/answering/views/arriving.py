"""The first page at the address of a group, a code from a slip or a letter, and a school's own tablet."""

from http import HTTPStatus
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from throughline.activity.middleware import counts_tries
from throughline.kit import clock
from throughline.kit.access import Door, open_to
from throughline.kit.early import keep_briefly
from throughline.people.devices import address_of, wait_in_words
from throughline.schools.models import hash_of
from throughline.voices.answering import notices
from throughline.voices.answering.cookies import DRAFT, LetIn, draft_in, forget, keep_draft, keep_let_in
from throughline.voices.answering.crowd import crowd, room, with_one_code
from throughline.voices.answering.knocking import Found, TooSoon, look_up
from throughline.voices.answering.queries import was_answered
from throughline.voices.answering.visits import LOOK_AGAIN, Visit, for_respondents, quiet
from throughline.voices.models import Listening
from throughline.voices.spool.actions import begin_draft, withdraw_draft
from throughline.voices.spool.marks import clean_code, code_hash
from throughline.voices.spool.outcomes import Outcome, Unsaved

State = Listening.State


@counts_tries
@require_http_methods(["GET", "HEAD", "POST"])
@for_respondents
def welcome(visit: Visit) -> HttpResponseBase:
    """What is asked, why, and who sees it; beginning, with a code where one is needed, or going on."""
    if visit.request.method == "POST":
        return _begin(visit)
    if visit.is_kiosk:  # whoever comes next begins anew
        visit.draft = None
    answer = _welcome(visit)
    if visit.is_kiosk:
        forget(answer, visit.asked.place, DRAFT)
    return answer if visit.request.COOKIES else keep_briefly(answer)


def _welcome(visit: Visit, wrong: str = "", status: int = 200) -> HttpResponse:
    told = {**_told(visit), "wrong": wrong, "goes_on": _goes_on(visit)}
    if not visit.can_begin:
        return visit.show("shut.html", {**told, **_shut(visit)}, status)
    whole = visit.whole
    more = {
        "why": notices.why(whole),
        "points": notices.points(whole),
        "until": notices.until(whole),
        "beside": whole.beside if visit.asked.group == "family" else (),
        "code_known": bool(visit.held.code),
        "by_link": visit.asked.by_link or visit.is_kiosk,
        "handed_in": bool(visit.draft and visit.draft.handed_in),
    }
    return visit.show("welcome.html", {**told, **more}, status)


def _goes_on(visit: Visit) -> str:
    """Where what was begun here goes on; nothing where nothing was, or it is too late."""
    draft = visit.draft
    if draft is None or draft.handed_in or not visit.can_go_on:
        return ""
    return visit.address("answer", nth=first_open(visit))


def first_open(visit: Visit) -> int:
    """The first page on which nothing was answered yet, or the last one."""
    draft = visit.draft
    assert draft is not None
    parts = visit.whole.parts(draft.block)
    steps = draft.content.get("steps", {})
    fresh = [part.number for part in parts if part.codes and part.codes.isdisjoint(steps)]
    return fresh[0] if fresh else len(parts)


def _told(visit: Visit) -> dict[str, Any]:
    """What an address says that somebody was just sent to. Each is a sentence of ours, and nothing else."""
    said = {
        "later": _(
            "What you answered is kept until the end of tomorrow. Come back to this address on this device."
        ),
        "gone": _("What you had begun is deleted."),
        "lost": _(
            "No answer was found that was begun on this device. If you have just begun one, let this browser keep cookies, "
            "then begin again."
        ),
        "used": _("This code has been used. Each code counts once. Thank you for your answers."),
        "need": _("Type your code, then you can hand in. What you answered is kept."),
    }
    return {"said": next((said[name] for name in said if name in visit.request.GET), "")}


def _shut(visit: Visit) -> dict[str, Any]:
    """Why nothing can be begun."""
    listening, today = visit.listening, clock.today()
    published = listening.state == State.CLOSED and was_answered(listening)
    opens = listening.opens_on
    if listening.state == State.PAUSED:
        why = "paused"
    elif listening.state == State.DRAFT or (listening.state == State.OPEN and opens and opens > today):
        why = "soon"
    else:
        why = "closed"
    return {
        "why_shut": why,
        "opens": opens if why == "soon" and opens and opens > today else None,
        "may_read": listening.state != State.DRAFT,
        "heard": f"/v/{visit.asked.place}/heard/{visit.context['query']}" if published else "",
    }


def _begin(visit: Visit) -> HttpResponseBase:
    post = visit.request.POST
    if post.get("website"):  # nobody sees this field; what fills in forms by itself does
        return visit.to("welcome")
    if clean_code(post.get("code", "")):
        try:
            return _with_code(visit, look_up(post["code"], address=address_of(visit.request)))
        except TooSoon as soon:
            return _wait(_welcome(visit, wait_in_words(soon.wait), HTTPStatus.TOO_MANY_REQUESTS), soon)
    if post.get("do") == "code":
        return _welcome(visit, _("Type the code from your slip or letter."), LOOK_AGAIN)
    return _begun(visit, visit.held)


def _with_code(visit: Visit, found: Found) -> HttpResponseBase:
    if found.asked is None:
        said = _("We don’t know this code. Compare it with your slip, letter by letter, and try again.")
        return _welcome(visit, said, LOOK_AGAIN)
    if found.outcome != Outcome.OK:
        return visit.to("welcome", "used")
    held = LetIn(clean_code(visit.request.POST["code"]), visit.held.kiosk)
    if found.asked.pk != visit.asked.pk:  # a code of another group: there it is right
        there = HttpResponseRedirect(reverse("voices:welcome", kwargs={"place": found.asked.place}))
        keep_let_in(there, found.asked.place, LetIn(held.code))
        return there
    return _begun(visit, held)


def _begun(visit: Visit, held: LetIn) -> HttpResponseBase:
    place, anew = visit.asked.place, visit.request.POST.get("do") == "anew"
    if not (held.code or visit.asked.by_link or visit.is_kiosk):
        return _welcome(visit, _("Type the code from your slip or letter."), LOOK_AGAIN)
    # Somebody else with a code of their own, on the same device: what was begun there stays that person's.
    mine = draft_in(visit.request, place, held.code)
    draft = visit.draft if mine else None
    token = ""
    if draft is None or draft.handed_in or anew:
        if not visit.can_begin:
            return _welcome(visit)
        if full := _too_many(visit, held):
            return _welcome(visit, full, HTTPStatus.TOO_MANY_REQUESTS)
        if draft is not None and not draft.handed_in:
            withdraw_draft(mine)
        try:
            token = begin_draft(visit.asked)
        except Unsaved:
            return _welcome(visit)
    at = first_open(visit) if draft is not None and not token else 1
    answer = visit.to("answer", nth=at)
    if token:
        keep_draft(answer, place, token, held.code)
    if held.code and held != visit.held:
        keep_let_in(answer, place, held)
    return answer


def _too_many(visit: Visit, held: LetIn) -> str:
    """Why nothing more is begun just now. Whoever has a code is kept out by nobody else."""
    if held.code:
        if with_one_code.lets_in(code_hash(held.code)):
            return ""
        return _(
            "With this code an answer was begun too often. Go on where you began, or wait a few minutes."
        )
    if not crowd.lets_in(address_of(visit.request)):
        return _("Too many begin from here at once. Please wait a minute.")
    if not room.is_left(visit.asked):
        return _(
            "Too many answers were begun here and not handed in. They are deleted after a day: please come back tomorrow. "
            "If you have a code, type it and you can begin now."
        )
    return ""


def _wait(answer: HttpResponse, soon: TooSoon) -> HttpResponse:
    answer["Retry-After"] = str(ceil(soon.wait.total_seconds()))
    return answer


@counts_tries
@open_to(Door.EVERYONE)
@require_GET
def open_code(request: HttpRequest, token: str) -> HttpResponseBase:
    """A code as a link: it goes into a cookie for its group's address. Looking at it, however often, spends nothing."""
    try:
        found = look_up(token, address=address_of(request))
    except TooSoon as soon:
        told = {"wait": wait_in_words(soon.wait)}
        return quiet(_wait(render(request, "voices/answering/unknown.html", told, status=429), soon))
    if found.asked is None:
        return quiet(render(request, "voices/answering/unknown.html", {"is_code": True}, status=404))
    place = found.asked.place
    there = reverse("voices:welcome", kwargs={"place": place})
    language = request.GET.get("in", "")  # a letter says in which one it was written
    read_in = f"in={language}" if language in found.asked.listening.languages else ""
    if found.asked.listening.state == State.CLOSED and was_answered(found.asked.listening):
        return quiet(_off_to(f"{there}heard/", read_in))  # a used code finds what came of it
    if found.outcome != Outcome.OK:
        return quiet(_off_to(there, "used=1", read_in))
    answer = _off_to(there, read_in)
    keep_let_in(answer, place, LetIn(clean_code(token)))
    return quiet(answer)


def _off_to(there: str, *told: str) -> HttpResponseRedirect:
    query = "&".join(filter(None, told))
    return HttpResponseRedirect(f"{there}?{query}" if query else there)


@require_http_methods(["GET", "HEAD"])
@for_respondents
def open_kiosk(visit: Visit, token: str) -> HttpResponseBase:
    """Make this device one on which many answer after each other. Whether the secret is right is looked at on each page."""
    answer = visit.to("welcome")
    keep_let_in(answer, visit.asked.place, LetIn(kiosk=hash_of(token)))
    forget(answer, visit.asked.place, DRAFT)
    return answer
