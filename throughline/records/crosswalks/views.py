"""A record seen through a crosswalk: the other framework's items with the standings and the evidence behind each."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from throughline.frameworks.crosswalks.queries import crosswalks_of, said_of
from throughline.frameworks.tree import CompetencyItem, tree
from throughline.records.crosswalks.queries import (
    evidence_by_competency,
    evidence_through,
    far_version,
    links_behind,
    seen_through,
)
from throughline.records.models import Record
from throughline.records.page_context import around, record_or_404
from throughline.records.panels import Panel
from throughline.records.queries import profile_of
from throughline.schools.tenant import MemberRequest, for_members


@require_safe
@for_members
def crosswalks(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """The crosswalks that say something about this record's framework."""
    record = record_or_404(request, record_id)
    found = crosswalks_of(record.version_id, request.seat.organisation)
    school = request.seat.organisation.slug
    context = {
        **around(request, record),
        "rows": [
            (said_of(each), reverse("records:crosswalk", args=[school, record.pk, each.pk])) for each in found
        ],
        "all_url": reverse("frameworks:crosswalks", args=[school]),
    }
    return render(request, "records/crosswalks.html", context)


@require_safe
@for_members
def crosswalk(request: MemberRequest, record_id: UUID, crosswalk_id: UUID) -> HttpResponse:
    """The other framework, with what this record has behind each of its items. Nothing is counted as earned there."""
    record = record_or_404(request, record_id)
    of_record = crosswalks_of(record.version_id, request.seat.organisation)
    held = next((each for each in of_record if each.pk == crosswalk_id), None)
    if held is None:
        raise Http404
    far, other_record = far_version(request.seat, record, held)
    other = tree(far)
    records = [record, *([other_record] if other_record else [])]
    seen = seen_through(
        profile_of(record, tree(record.version_id)),
        links_behind(record, held, far),
        other,
        other_record,
        profile_of(other_record, other) if other_record else None,
        evidence_by_competency(records),
        record,
    )
    school = request.seat.organisation.slug
    context = {
        **around(request, record),
        "said": said_of(held),
        "seen": seen,
        "tree": tree(record.version_id),
        "list_url": reverse("records:crosswalks", args=[school, record.pk]),
    }
    return render(request, "records/crosswalk.html", context)


def panel_through(request: MemberRequest, record: Record, competency: CompetencyItem) -> Panel | None:
    """On the page of a competency: what was given for linked competencies of other frameworks."""
    found = evidence_through(request.seat, record, competency)
    if not found:
        return None
    context = {"found": found, "seat": request.seat}
    content = render_to_string("records/components/through.html", context)
    return Panel(_("Added for other frameworks"), content, order=80)
