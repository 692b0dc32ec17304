"""Reads for citing: the records that something can be evidence in, and what was cited."""

from uuid import UUID

from throughline.journeys.models import Journey
from throughline.records.models import Evidence, Record
from throughline.records.policy import may_bring
from throughline.records.queries import evidence_visible_to, records_visible_to
from throughline.schools.tenant import Seat
from throughline.voices.models import Cited


def records_for(seat: Seat, journey: Journey) -> list[Record]:
    """The records of journeys that this person may bring it to, that of its own journey first. One query."""
    journeys = Journey.objects.filter(organisation=seat.organisation, archived_at=None)
    rows = records_visible_to(seat).filter(
        organisation=seat.organisation, learner=None, pk__in=journeys.values("record")
    )
    found = [each for each in rows.order_by("group_id", "pk") if may_bring(each, seat.membership)]
    return sorted(found, key=lambda each: (each.pk != journey.record_id, each.group_id is not None))


def cited_by(evidence: Evidence) -> Cited | None:
    """What a piece of evidence cites. One query."""
    rows = Cited.objects.filter(organisation=evidence.organisation_id, evidence=evidence)
    return rows.select_related("listening__round", "conversation__listening__round").first()


def cited_in(seat: Seat, evidence_id: UUID) -> Cited | None:
    """What a piece of evidence that this person sees cites. One query."""
    seen = evidence_visible_to(seat).filter(pk=evidence_id).values("pk")
    return Cited.objects.filter(organisation=seat.organisation, evidence__in=seen).first()
