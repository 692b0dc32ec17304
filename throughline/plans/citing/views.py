"""From a part of the plan to evidence: one form with everything chosen, one for each kind of part."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from throughline.elements.adopting.freezing import written_down
from throughline.frameworks.tree import tree
from throughline.kit import clock
from throughline.plans.citing import queries
from throughline.plans.citing.actions import cite_part, title_of
from throughline.plans.citing.forms import CiteForm
from throughline.plans.citing.frozen import Citable, content_of, rows_of, values_of
from throughline.plans.citing.policy import is_citable, may_cite
from throughline.plans.shortcuts import head
from throughline.records.models import Record
from throughline.records.reading import holder_of
from throughline.schools.tenant import MemberRequest, Seat, for_members
from throughline.ui.forms import attempt

ASKS = ["GET", "HEAD", "POST"]
Find = Callable[[Seat, UUID], Citable | None]


def _cite(request: MemberRequest, find: Find, key: UUID, back: str) -> HttpResponseBase:
    part, seat = find(request.seat, key), request.seat
    if part is None:
        raise Http404
    may_cite(seat.membership).enforce()
    is_citable(part).enforce()
    records = queries.records_for(seat, part)
    chosen = _chosen(records, request.GET.get("record", ""))
    context: dict[str, Any] = {**head(request), "title": title_of(part), "back": back, "record": chosen}
    if chosen is None:
        return render(request, "plans/cite.html", context)
    known = tree(chosen.version_id)
    sent = request.POST if request.method == "POST" else None
    form = CiteForm(sent, part=part, known=known, served=queries.served(part) & known.by_id.keys())
    if form.is_valid():
        verb = partial(cite_part, part=part, record=chosen, by=seat.membership, **form.told())
        made = attempt(form, verb)
        if made is not None:
            messages.success(request, _("It is evidence now. A decision can cite it."))
            return redirect("records:evidence", school=seat.organisation.slug, evidence_id=made.pk)
    content = content_of(part, clock.today())
    context |= {
        "form": form,
        "holder": holder_of(chosen),
        "rows": rows_of(content),
        "values": values_of(content),
        "others": [(each.pk, holder_of(each)) for each in records if each.pk != chosen.pk],
    }
    return render(request, "plans/cite.html", context, status=422 if form.errors else 200)


def _chosen(records: list[Record], asked: str) -> Record | None:
    return next((each for each in records if str(each.pk) == asked), records[0] if records else None)


def _back(request: MemberRequest, name: str, **key: UUID) -> str:
    return reverse(f"plans:{name}", kwargs={"school": request.seat.organisation.slug, **key})


@require_http_methods(ASKS)
@for_members
def action(request: MemberRequest, action_id: UUID) -> HttpResponseBase:
    """Make an action that is done evidence."""
    return _cite(request, queries.action_to_cite, action_id, _back(request, "action", action_id=action_id))


@require_http_methods(ASKS)
@for_members
def cycle(request: MemberRequest, cycle_id: UUID) -> HttpResponseBase:
    """Make a cycle that has ended evidence."""
    found = queries.cycle_to_cite(request.seat, cycle_id)
    back = _back(request, "small-test", test_id=found.test_id) if found else ""
    return _cite(request, lambda _seat, _key: found, cycle_id, back)


@require_http_methods(ASKS)
@for_members
def measure(request: MemberRequest, measure_id: UUID) -> HttpResponseBase:
    """Make the values of a measure up to a day evidence."""
    back = _back(request, "measure", measure_id=measure_id)
    return _cite(request, queries.measure_to_cite, measure_id, back)


@require_http_methods(ASKS)
@for_members
def policy(request: MemberRequest, policy_id: UUID) -> HttpResponseBase:
    """Make the revision of a policy that was adopted last evidence."""
    return _cite(request, queries.revision_to_cite, policy_id, _back(request, "policy", policy_id=policy_id))


@require_safe
@for_members
def frozen_file(request: MemberRequest, evidence_id: UUID) -> HttpResponse:
    """What was cited, as the file whose SHA-256 is the digest."""
    found = queries.cited_in(request.seat, evidence_id)
    if found is None:
        raise Http404
    response = HttpResponse(written_down(found.content), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="cited.json"'
    return response
