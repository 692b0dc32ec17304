"""Close a listening: what happens then, who has answered so far, and the button."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt
from throughline.voices.closing.actions import RUNNING, close_listening
from throughline.voices.models import Asked
from throughline.voices.policy import may_run
from throughline.voices.shortcuts import head, part_or_404
from throughline.voices.spool.queries import being_written, how_many_answered
from throughline.voices.spool.times import GRACE


@for_members
def close(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """What closing does, and the button; back to the listening when it is not open."""
    part = part_or_404(request, listening_id)
    may_run(part).enforce()
    if part.listening.state not in RUNNING:
        return _back(request, listening_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        closed = attempt(form, lambda: close_listening(listening=part.listening, by=request.seat.membership))
        if closed:
            messages.success(request, _closed_words(finished=closed.keep_until is not None))
            return _back(request, listening_id)
    answered = how_many_answered(part.listening)
    groups = Asked.objects.filter(organisation=request.seat.organisation, listening=part.listening)
    told = {
        **head(request, part),
        "form": form,
        "writing": being_written(part.listening).count(),
        "minutes": int(GRACE.total_seconds() // 60),
        "groups": [
            (each.get_group_display(), answered[each.pk], each.invited) for each in groups.order_by("pk")
        ],
    }
    return render(request, "voices/close.html", told, status=422 if form.errors else 200)


def _closed_words(*, finished: bool) -> str:
    if finished:
        return _(
            "The listening is closed. Thank everyone who answered, and tell them when they will hear back."
        )
    return _(
        "The listening is closed to new answers. Whoever is writing has a few minutes more; then everything is counted."
    )


def _back(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    return redirect("voices:listening", school=request.seat.organisation.slug, listening_id=listening_id)
