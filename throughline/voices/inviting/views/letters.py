"""Codes by mail: paste a list, look at what it means, send. Nothing of a list is kept while it is looked at."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from throughline.activity.mail import letters_go_out
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt
from throughline.voices.answering.languages import direction_of
from throughline.voices.groups import BY_CODE
from throughline.voices.inviting.actions import MOST_LETTERS, write_letters
from throughline.voices.inviting.forms import ListForm
from throughline.voices.inviting.preview import Preview, preview
from throughline.voices.inviting.queries import how_many_opted_out
from throughline.voices.inviting.views.common import asked_or_404, back_to_ways, part_to_run
from throughline.voices.inviting.wording import body_of, spoken, subject_of
from throughline.voices.models import Asked, Listening
from throughline.voices.policy import Part
from throughline.voices.shortcuts import head

EXAMPLE = "abcdefghjkmn"


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def letters(request: MemberRequest, listening_id: UUID, asked_id: UUID) -> HttpResponse:
    """Paste a list; a post shows what it means and changes nothing."""
    part = part_to_run(request, listening_id)
    asked = asked_or_404(part, asked_id)
    form = _form(request, part)
    return _page(request, part, asked, form, _read(asked, form) if form.is_bound else None)


@require_POST
@for_members
def send(request: MemberRequest, listening_id: UUID, asked_id: UUID) -> HttpResponseBase:
    """Write to everybody on the list who has no letter yet, or to nobody."""
    part = part_to_run(request, listening_id)
    asked, by = asked_or_404(part, asked_id), request.seat.membership
    form = _form(request, part)
    seen = _read(asked, form)
    if seen is None or not seen.is_ready:
        return _page(request, part, asked, form, seen)
    sent = attempt(form, lambda: write_letters(asked=asked, to=seen.addressees, by=by))
    if sent is None:
        return _page(request, part, asked, form, seen)
    said = ngettext(
        "%(n)d letter is on its way. Below you see how many are still waiting.",
        "%(n)d letters are on their way. Below you see how many are still waiting.",
        sent,
    )
    messages.success(request, said % {"n": sent})
    return back_to_ways(request, part)


def _form(request: MemberRequest, part: Part) -> ListForm:
    posted, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return ListForm(posted, files, languages=part.listening.languages)


def _read(asked: Asked, form: ListForm) -> Preview | None:
    """None when the form itself is wrong, or the list says nothing."""
    if not form.is_valid():
        return None
    seen = preview(asked, text=form.cleaned_data["addresses"], usual=form.cleaned_data["language"])
    if seen.error:
        form.add_error("addresses", seen.error)
        return None
    return seen


def _page(
    request: MemberRequest, part: Part, asked: Asked, form: ListForm, seen: Preview | None
) -> HttpResponse:
    wrong = form.is_bound and (bool(form.errors) or (seen is not None and bool(seen.wrong)))
    told = {
        **head(request, part),
        "asked": asked,
        "name": BY_CODE[asked.group].name,
        "form": form,
        "seen": seen,
        "most": MOST_LETTERS,
        "blocked": _blocked(part, asked),
        "opted_out": how_many_opted_out(asked) if BY_CODE[asked.group].children else 0,
        "example": _example(request, asked, form),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    answer = render(request, "voices/letters.html", told, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _blocked(part: Part, asked: Asked) -> str:
    """Why no letter can be sent now; the verb has the last word."""
    if not letters_go_out():
        return _(
            "This server sends no mail, so no letter can go out. Print slips instead, or ask whoever runs the server to set a "
            "mail account."
        )
    if part.listening.state != Listening.State.OPEN:
        return _("Letters can be sent while the listening is open.")
    if not asked.by_code:
        return _("This group does not answer by code. Change how it is asked first.")
    return ""


def _example(request: MemberRequest, asked: Asked, form: ListForm) -> dict[str, Any]:
    """The letter as it will read, with a code that opens nothing."""
    chosen = form["language"].value()
    language = chosen if chosen in asked.listening.languages else asked.listening.languages[0]
    asked.organisation = asked.listening.organisation = request.seat.organisation
    with translation.override(spoken(language)):
        return {
            "subject": subject_of(asked),
            "body": body_of(asked, EXAMPLE, language),
            "language": spoken(language),
            "direction": direction_of(spoken(language)),
        }
