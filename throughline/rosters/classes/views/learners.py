"""A learner's people: classes, educators, guardians."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from throughline.kit import clock
from throughline.kit.text import clean_line
from throughline.rosters.classes.actions.guardians import add_guardian, end_guardianship
from throughline.rosters.classes.forms import GuardianForm
from throughline.rosters.models import Guardianship
from throughline.rosters.policy import may_keep_rosters
from throughline.rosters.queries import (
    addable_guardians,
    educators_of,
    enrollments_of,
    guardians_of,
    is_missing,
    may_see_learner,
)
from throughline.rosters.shortcuts import learner_or_404, page, posted, to
from throughline.schools.models import Membership
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

OFFERED = 40


@for_members
def learner(request: MemberRequest, learner_id: UUID) -> HttpResponseBase:
    """Who teaches, advises and looks after a learner; a post adds a guardian."""
    me, found = request.seat.membership, learner_or_404(request, learner_id)
    keeps = may_keep_rosters(me)
    if request.method == "POST":
        keeps.enforce()
    search = clean_line(request.GET.get("q", ""))[:100]
    everyone = addable_guardians(found, search) if keeps else []
    form = None
    if keeps:
        offered = everyone if request.method == "POST" else everyone[:OFFERED]
        form = GuardianForm(posted(request), offered=offered)
        if form.is_valid() and _added(request, form, found):
            return redirect(to(request, "learner", learner_id=found.pk))
    today = clock.today()
    rows = enrollments_of(found)
    here = [row for row in rows if row.until_on is None or row.until_on > today]
    known = {
        "learner": found,
        "keeps": keeps,
        "tie": may_see_learner(request.seat, found).reason,
        "here": here,
        "before": [row for row in rows if row not in here],
        "educators": educators_of(found),
        "guardians": guardians_of(found),
        "missing": is_missing(found) if keeps else None,
        "search": search,
        "more": max(0, len(everyone) - OFFERED),
    }
    return page(request, "learner", known, form)


def _added(request: MemberRequest, form: GuardianForm, learner: Membership) -> bool:
    here = Membership.objects.filter(organisation=request.seat.organisation)
    guardian = here.filter(pk=form.cleaned_data["guardian"]).first()
    me = request.seat.membership
    return guardian is not None and bool(
        attempt(form, lambda: add_guardian(learner=learner, guardian=guardian, by=me))
    )


@require_POST
@for_members
def guardian_end(request: MemberRequest, guardianship_id: UUID) -> HttpResponseBase:
    """Somebody is no longer a learner's guardian, from now on."""
    me = request.seat.membership
    found = get_object_or_404(Guardianship, organisation=request.seat.organisation, pk=guardianship_id)
    may_keep_rosters(me).enforce()
    with refusals_told(request):
        end_guardianship(guardianship=found, by=me)
    return redirect(to(request, "learner", learner_id=found.learner_id))
