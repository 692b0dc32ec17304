"""How I hear of what I have taken on; and, for those who look after the organisation, which letters did not arrive."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.plans.calendars.views import calendar_context
from throughline.plans.models import Reminder
from throughline.plans.readers import zone_for
from throughline.plans.reminders.actions import choose_reminders, withdraw_links
from throughline.plans.reminders.digests import line_of, parts_of
from throughline.plans.reminders.forms import ReminderForm
from throughline.plans.reminders.policy import may_see_letters
from throughline.plans.reminders.queries import digest_of, open_actions, reminder_of, undelivered
from throughline.plans.shortcuts import head
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt
from throughline.ui.handover import forget, handed_over

LOOK_AGAIN = 422


def _here(request: MemberRequest) -> str:
    return reverse("plans:reminders", kwargs={"school": request.seat.organisation.slug})


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def reminders(request: MemberRequest) -> HttpResponseBase:
    """The letter and the calendar, whose address is shown once when it was made."""
    me = request.seat.membership
    held = reminder_of(me)
    posted = request.method == "POST"
    form = ReminderForm(request.POST if posted else None, initial=ReminderForm.initial_of(held))
    if posted and form.is_valid():
        saved = attempt(form, lambda: choose_reminders(by=me, **form.cleaned_data))
        if saved is not None:
            messages.success(request, _("Saved."))
            return redirect(_here(request))
    context = {
        **head(request),
        "form": form,
        "zone": zone_for(me).key.replace("_", " "),
        "may_see_letters": may_see_letters(request.seat),
        "calendar": calendar_context(request, handed_over(request)),
        **_told_now(request, held),
    }
    response = render(request, "plans/reminders.html", context, status=LOOK_AGAIN if form.errors else 200)
    forget(request, response)
    return response


def _told_now(request: MemberRequest, held: Reminder) -> dict[str, Any]:
    """What a letter would say now, and when the next one comes."""
    actions = open_actions(request.seat)
    digest = digest_of(held, request.seat, actions, known=held.known)
    parts = [(words, [line_of(each) for each in found]) for words, found in parts_of(digest)]
    return {"parts": parts, "next_at": held.next_at, "has_actions": bool(actions or parts)}


@require_POST
@for_members
def withdraw(request: MemberRequest) -> HttpResponseBase:
    """The links of all letters so far do nothing any more."""
    withdraw_links(by=request.seat.membership)
    messages.success(request, _("The links in the emails you have had no longer work."))
    return redirect(_here(request))


@require_safe
@for_members
def letters(request: MemberRequest) -> HttpResponse:
    """Letters about the plan that did not arrive: to whom and since when, never what they say."""
    may_see_letters(request.seat).enforce()
    known = {**head(request), "letters": undelivered(request.seat.organisation)}
    return render(request, "plans/letters.html", known)
