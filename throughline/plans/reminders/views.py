"""How I hear of what I have taken on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from throughline.plans.calendars.views import calendar_context
from throughline.plans.shortcuts import head
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.handover import forget, handed_over


@require_safe
@for_members
def reminders(request: MemberRequest) -> HttpResponse:
    """My calendar; its address is shown once, when it was made."""
    context = {**head(request), "calendar": calendar_context(request, handed_over(request))}
    response = render(request, "plans/reminders.html", context)
    forget(request, response)
    return response
