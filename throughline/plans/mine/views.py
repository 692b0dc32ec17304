"""What I have taken on, with one press for each thing that is done; and what slipped and what waits for whom."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from throughline.kit import clock
from throughline.plans.doing.actions import change_state
from throughline.plans.mine.queries import Awaited, Mine, awaited_by, mine_of
from throughline.plans.mine.rules import in_order
from throughline.plans.mine.slipping import read_slipped
from throughline.plans.policy import may_see_plan
from throughline.plans.shortcuts import action_or_404, head
from throughline.schools.tenant import MemberRequest, for_members


@require_safe
@for_members
def mine(request: MemberRequest) -> HttpResponse:
    """My actions: what is late, what comes soon, what comes later."""
    held, today = mine_of(request.seat), clock.today()
    found = in_order(held, today)
    waits = awaited_by(request.seat) if held else {}
    parts = [
        (_("Late"), "late", found.late),
        (_("In the next two weeks"), "soon", found.soon),
        (_("Later"), "later", found.later),
        (_("Without a day"), "undated", found.undated),
    ]
    urls = [_around(f"plans:{name}", request.seat.organisation.slug) for name in ("action", "mine-done")]

    def row(each: Mine) -> tuple[Mine, list[Awaited], list[str]]:
        return each, waits.get(each.id, []), [f"{before}{each.id}{after}" for before, after in urls]

    context = {
        **head(request),
        "parts": [(title, name, [row(each) for each in lines]) for title, name, lines in parts if lines],
        "done": found.done,
        "empty": found.is_empty,
        "sees_plan": may_see_plan(request.seat),
        "me": request.seat.membership.pk,
    }
    return render(request, "plans/mine.html", context)


def _around(name: str, school: str) -> tuple[str, str]:
    """What stands before and after an action's id in an address: written once for a list."""
    sample = UUID(int=0)
    before, _id, after = reverse(name, kwargs={"school": school, "action_id": sample}).partition(str(sample))
    return before, after


@require_POST
@for_members
def done(request: MemberRequest, action_id: UUID) -> HttpResponseBase:
    """Mark one of mine as done, or as under way, and come back."""
    held = action_or_404(request, action_id)
    state = "under-way" if request.POST.get("state") == "under-way" else "done"
    try:
        change_state(action=held, state=state, by=request.seat.membership)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        words = _("“%(title)s” is done.") if state == "done" else _("“%(title)s” is under way.")
        messages.success(request, words % {"title": held.title})
    return redirect("plans:mine", school=request.seat.organisation.slug)


@require_safe
@for_members
def slipped(request: MemberRequest) -> HttpResponse:
    """What is late, what was put off again and again, what nobody looks after, and what waits for whom."""
    may_see_plan(request.seat).enforce()
    context = {**head(request), "slipped": read_slipped(request.seat.organisation.pk, clock.today())}
    return render(request, "plans/slipped.html", context)
