"""A whole domain on one page: for whoever would rather see its competencies beside each other than one at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from throughline.frameworks.tree import DomainItem
from throughline.journeys.models import Round
from throughline.journeys.rating.actions import Answer, RatedMeanwhile, rate_several
from throughline.journeys.rating.forms import RatingForm
from throughline.journeys.rating.queries import Asked
from throughline.journeys.rating.views.rate import Sheet, sheet_or_404
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.asseen import FIELD
from throughline.ui.forms import attempt


@dataclass(frozen=True, slots=True)
class Row:
    """One competency of the page and the form that belongs to it."""

    entry: Asked
    form: RatingForm

    @property
    def is_said(self) -> bool:
        """Something was chosen or written here. What was left blank, or as it stands, is left alone."""
        changed = set(self.form.changed_data) - {FIELD}
        return bool(changed) and any(self.form[name].data for name in ("step", "comment"))


@for_members
def rate_domain(request: MemberRequest, round_id: UUID, domain_id: UUID) -> HttpResponseBase:
    """Show the competencies of a domain, or save what was said of them and go on to the next domain."""
    sheet = sheet_or_404(request, round_id)
    groups = sheet.by_domain()
    place = next((n for n, (domain, _entries) in enumerate(groups) if domain.id == domain_id), None)
    if place is None:
        raise Http404
    domain, entries = groups[place]
    following = next(
        (each for each, those in groups[place + 1 :] if any(e.rating is None for e in those)), None
    )
    rows = list(_rows(request, sheet, entries))
    wrong = False
    if request.method == "POST":
        wrong = not _save(request, sheet, rows)
        if not wrong:
            return _go_on(request, sheet, following)
    context = {
        "domain": domain,
        "rows": rows,
        "round": sheet.loaded.round,
        "journey": sheet.loaded.journey,
        "number": place + 1,
        "total": len(groups),
        "following": following,
        "small": sheet.is_small,
        "may_rate": sheet.loaded.round.state == Round.State.RATING,
    }
    return render(request, "journeys/rate_domain.html", context, status=422 if wrong else 200)


def _rows(request: MemberRequest, sheet: Sheet, entries: list[Asked]) -> Iterator[Row]:
    for entry in entries:
        form = RatingForm(
            request.POST if request.method == "POST" else None,
            prefix=f"c{entry.competency.number}",
            use_required_attribute=False,
            competency=entry.competency,
            framework=sheet.loaded.framework,
            rating=entry.rating,
            small=sheet.is_small,
            names_shown=sheet.loaded.round.names_shown,
        )
        yield Row(entry, form)


def _save(request: MemberRequest, sheet: Sheet, rows: list[Row]) -> bool:
    """All that was said, or nothing while something of it is wrong."""
    said = [row for row in rows if row.is_said]
    if [row for row in said if not row.form.is_valid()]:  # each is asked, so that all errors show
        return False
    answers = [
        Answer(competency_id=row.entry.competency.id, as_seen=row.form.still_stands, **row.form.said())
        for row in said
    ]
    if not answers:
        return True
    try:
        done = attempt(
            said[0].form,
            lambda: rate_several(by=request.seat, round_id=sheet.loaded.round.id, answers=answers),
        )
    except RatedMeanwhile:
        for row in said:
            row.form.full_clean()  # against what stands now
        return False
    return done is not None


def _go_on(request: MemberRequest, sheet: Sheet, following: DomainItem | None) -> HttpResponse:
    school, held = request.seat.organisation.slug, sheet.loaded.round
    if following is None or "stop" in request.POST:
        return redirect("journeys:rate", school=school, round_id=held.id)
    return redirect("journeys:rate-domain", school=school, round_id=held.id, domain_id=following.id)
