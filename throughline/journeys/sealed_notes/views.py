"""Sealed notes: leave one, and read what was left when the next round has opened."""

from uuid import UUID

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.journeys.policy import may_leave_note
from throughline.journeys.sealed_notes.actions import delete_note, seal_note
from throughline.journeys.sealed_notes.forms import NoteForm
from throughline.journeys.sealed_notes.queries import notes_of
from throughline.journeys.shortcuts import round_or_404, spread_or_404
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told


@for_members
def notes(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """Leave a note for the next round; once that has opened, read one's own and those to the team."""
    loaded = spread_or_404(request, round_id)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kept = attempt(form, lambda: seal_note(place=loaded.place, round_id=round_id, **form.cleaned()))
        if kept is not None:
            messages.success(request, _("Sealed. No one can read it before the next round opens."))
            return _here(request, round_id)
    context = {
        **loaded.head(),
        "form": form,
        "notes": notes_of(loaded.place, loaded.round),
        "may": may_leave_note(loaded.place),
    }
    return render(request, "journeys/notes.html", context, status=422 if form.errors else 200)


@for_members
@require_POST
def delete(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """Take one's own note away for good."""
    loaded = round_or_404(request, round_id)
    with refusals_told(request):
        delete_note(place=loaded.place, round_id=round_id)
        messages.success(request, _("Your note has been deleted."))
    return _here(request, round_id)


def _here(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    return redirect("journeys:notes", school=request.seat.organisation.slug, round_id=round_id)
