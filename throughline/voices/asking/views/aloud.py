"""A question read aloud: bringing a recording, listening to it, taking it out."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from throughline.files.uploading import takes_one_file
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt
from throughline.ui.middleware import PERMISSIONS, POLICY
from throughline.voices.asking.actions import drop_recording, keep_recording
from throughline.voices.asking.aloud import MOST_MB, wordings
from throughline.voices.asking.filling import rows_of
from throughline.voices.asking.forms.aloud import AloudForm
from throughline.voices.asking.queries import question_in, read_aloud_in, recording_of, recordings_of
from throughline.voices.asking.views.composing import ASKS, composed, show
from throughline.voices.models import Listening, Question
from throughline.voices.playing import played
from throughline.voices.shortcuts import part_or_404


@takes_one_file(MOST_MB)
@require_http_methods(ASKS)
@for_members
def aloud(request: MemberRequest, listening_id: UUID, wording_id: UUID) -> HttpResponseBase:
    """The words of a question, each with its recording."""
    part = composed(request, listening_id)
    row = question_in(part.listening, wording_id)
    if row is None:
        raise Http404
    if "remove" in request.POST:
        _remove(request, row)
        return _here(request, row)
    forms = _forms(request, part.listening, row)
    sent = next((form for form in forms if form.is_bound), None)
    if sent is not None and sent.is_valid() and _kept(request, row, sent):
        messages.success(request, _("The recording is kept. Listen to it once."))
        return _here(request, row, sent.slot)
    told = {
        "form": sent or forms[0],
        "used": [form for form in forms if form.of.used],
        "others": [form for form in forms if not form.of.used],
        "others_open": any(form.errors or form.there for form in forms if not form.of.used),
        "asked": row.asked,
        "question": row,
        "next": _next(row, part.listening),
    }
    page = show(request, part, "aloud.html", told)
    page.headers["Content-Security-Policy"] = f"{POLICY}; media-src 'self' blob:"
    page.headers["Permissions-Policy"] = PERMISSIONS.replace("microphone=()", "microphone=(self)")
    return page


def _forms(request: MemberRequest, listening: Listening, row: Question) -> list[AloudForm]:
    """One for each of its words; the one that was sent holds what came."""
    there = recordings_of(row)
    sent = (request.POST.get("language"), request.POST.get("simple") == "True")
    return [
        AloudForm(
            *([request.POST, request.FILES] if (of.language, of.simple) == sent else []),
            of=of,
            there=there.get((of.language, of.simple)),
        )
        for of in wordings(row, row.asked, listening.languages)
    ]


def _kept(request: MemberRequest, row: Question, form: AloudForm) -> bool:
    upload, by, of = form.cleaned_data["file"], request.seat.membership, form.of
    made = attempt(
        form,
        lambda: keep_recording(question=row, language=of.language, simple=of.simple, upload=upload, by=by),
    )
    return made is not None


def _remove(request: MemberRequest, row: Question) -> None:
    found = next(
        (each for each in recordings_of(row).values() if str(each.pk) == request.POST["remove"]), None
    )
    if found is None:
        return
    found.question = row
    drop_recording(recording=found, by=request.seat.membership)
    messages.success(request, _("The recording is taken out."))


def _here(request: MemberRequest, row: Question, slot: str = "") -> HttpResponseBase:
    there = redirect(
        "voices:aloud",
        school=request.seat.organisation.slug,
        listening_id=row.asked.listening_id,
        wording_id=row.pk,
    )
    if slot:
        there.headers["Location"] += f"#{slot}"
    return there


def _next(row: Question, listening: Listening) -> Question | None:
    """The next question of the group of which something that is asked is not read aloud yet. Two queries."""
    done, rows = read_aloud_in(row.asked), rows_of(row.asked)
    at = next((place for place, each in enumerate(rows) if each.pk == row.pk), 0)
    for each in [*rows[at + 1 :], *rows[:at]]:
        wanted = {
            (each.pk, of.language, of.simple)
            for of in wordings(each, row.asked, listening.languages)
            if of.used
        }
        if not wanted <= done:
            return each
    return None


@require_safe
@for_members
def hear(request: MemberRequest, listening_id: UUID, recording_id: UUID) -> HttpResponseBase:
    """A recording, for those who see the listening."""
    part = part_or_404(request, listening_id)
    found = recording_of(part.listening, recording_id)
    if found is None:
        raise Http404
    return played(found.file, request.headers.get("Range", ""))
