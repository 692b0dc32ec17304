"""What every page about a record has around its content: whose it is, and the ways to its other pages."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from throughline.frameworks.tree import tree
from throughline.records.models import Evidence, Record
from throughline.records.queries import record_visible_to
from throughline.records.reading import holder_of
from throughline.schools.tenant import MemberRequest


def record_or_404(request: MemberRequest, record_id: UUID) -> Record:
    """A record that this person may see; 404 otherwise. One query."""
    record = record_visible_to(request.seat, record_id)
    if record is None:
        raise Http404
    return record


def of_record(request: MemberRequest, name: str, record: Record, **asked: Any) -> str:
    """The address of a page of a record; `asked` becomes its query."""
    school = request.seat.organisation.slug
    address = reverse(f"records:{name}", kwargs={"school": school, "record_id": record.pk})
    told = {key: str(value) for key, value in asked.items() if value}
    return f"{address}?{urlencode(told)}" if told else address


def of_evidence(request: MemberRequest, name: str, piece: Evidence) -> str:
    """The address of a page of a piece of evidence."""
    school = request.seat.organisation.slug
    return reverse(f"records:{name}", kwargs={"school": school, "evidence_id": piece.pk})


def of_file(request: MemberRequest, file_id: UUID) -> str:
    """Where a file is served from."""
    return reverse("files:file", kwargs={"school": request.seat.organisation.slug, "file_id": file_id})


def around(request: MemberRequest, record: Record) -> dict[str, Any]:
    """The part of a page's context that tells of its record."""
    return {
        "record": record,
        "holder": holder_of(record),
        "eyebrow": format_html("<bdi>{}</bdi> · {}", holder_of(record), tree(record.version_id).title),
        "profile_url": of_record(request, "profile", record),
        "evidence_url": of_record(request, "evidence-list", record),
        "bring_url": of_record(request, "bring", record),
    }
