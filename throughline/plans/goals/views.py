"""The plan as a whole."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from throughline.plans.goals.queries import whole_plan
from throughline.plans.policy import may_change_plan, may_see_plan
from throughline.plans.shortcuts import head
from throughline.schools.tenant import MemberRequest, for_members


@require_safe
@for_members
def plan(request: MemberRequest) -> HttpResponse:
    """Goals and what is done about each."""
    may_see_plan(request.seat).enforce()
    context = {
        **head(request),
        "planned": whole_plan(request.seat),
        "may_change": may_change_plan(request.seat.membership),
    }
    return render(request, "plans/plan.html", context)
