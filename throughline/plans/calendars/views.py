"""The calendar at its secret address, and the verbs of whoever owns it."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from throughline.people.secret_links import quiet
from throughline.plans.calendars.actions import choose_scope, make_feed, read_feed, withdraw_feed
from throughline.plans.calendars.forms import ScopeForm
from throughline.plans.calendars.ics import calendar_text
from throughline.plans.calendars.queries import Now, feed_by_token, feed_of
from throughline.plans.calendars.wording import dated
from throughline.plans.coming.words import page_of
from throughline.plans.models import CalendarFeed
from throughline.plans.policy import may_see_plan
from throughline.plans.readers import as_read_by
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import refusals_told
from throughline.ui.handover import hand_over

TYPE = "text/calendar; charset=utf-8"


@quiet
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The dates. An address that is wrong, replaced or of somebody who has left is answered alike."""
    held = feed_by_token(token)
    if held is None:
        return HttpResponse(_("There is no calendar at this address."), content_type="text/plain", status=404)
    held.membership.organisation = held.organisation
    with as_read_by(held.membership):
        dates, telling = read_feed(held)
        school = held.organisation
        events = dated(dates, telling, _addresses(school.slug))
        mark = f'"{sha256(repr((get_language(), school.name, school.time_zone, events)).encode()).hexdigest()[:32]}"'
        response: HttpResponseBase | None = get_conditional_response(request, etag=mark)
        if response is None:
            name = _("%(organization)s: plan") % {"organization": school.name}
            response = HttpResponse(calendar_text(name, events, zone=school.time_zone), content_type=TYPE)
            response["Content-Disposition"] = 'inline; filename="plan.ics"'
            response["ETag"] = mark
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _addresses(school: str) -> Callable[[Now], str]:
    """Where each date leads. Five hundred addresses would take as long as all the rest; so each is made from one."""
    some = UUID(int=0)
    action = reverse("plans:action", kwargs={"school": school, "action_id": some})
    goal = reverse("plans:goal", kwargs={"school": school, "goal_id": some})

    def address(now: Now) -> str:
        if now.coming:
            return settings.SITE_ADDRESS + page_of(now.coming, school)
        page = goal if now.is_goal else action
        return settings.SITE_ADDRESS + page.replace(str(some), str(now.live.id))

    return address


def calendar_context(request: MemberRequest, token: str) -> dict[str, Any]:
    """What the part of a page needs that shows somebody their calendar; `token` is the secret just made, or nothing."""
    held = feed_of(request.seat.membership)
    link = ""
    if token:
        link = settings.SITE_ADDRESS + reverse("plans:calendar", kwargs={"token": token})
    scope = held.scope if held else CalendarFeed.Scope.MINE
    return {
        "feed": held,
        "link": link,
        "subscribe": "webcal" + link[link.index(":") :] if link.startswith("http") else "",
        "form": ScopeForm(initial={"scope": scope}) if may_see_plan(request.seat) else None,
    }


def _settings(request: MemberRequest) -> str:
    return reverse("plans:reminders", kwargs={"school": request.seat.organisation.slug})


@require_POST
@for_members
def make(request: MemberRequest) -> HttpResponseBase:
    """Give the calendar an address, or another one."""
    there = _settings(request)
    response = redirect(there)
    with refusals_told(request):
        scope = request.POST.get("scope") or CalendarFeed.Scope.MINE
        made = make_feed(by=request.seat.membership, scope=scope)
        hand_over(response, made.token, to=there)
    return response


@require_POST
@for_members
def scope(request: MemberRequest) -> HttpResponseBase:
    """What is in the calendar."""
    with refusals_told(request):
        choose_scope(by=request.seat.membership, scope=request.POST.get("scope", ""))
        messages.success(request, _("Saved. Calendar programs follow when they next look."))
    return redirect(_settings(request))


@require_POST
@for_members
def withdraw(request: MemberRequest) -> HttpResponseBase:
    """Take the address back."""
    withdraw_feed(by=request.seat.membership)
    messages.success(request, _("The calendar’s address no longer works."))
    return redirect(_settings(request))
