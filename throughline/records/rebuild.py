"""Standings are derived: this compares them with the fold of the decisions, and mends them."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from throughline.activity.actions import record as log
from throughline.records.fold import fold
from throughline.records.models import Decision, Record, Standing


@dataclass(frozen=True, slots=True)
class Difference:
    """A standing that is not what the decisions say. None stands for a missing row."""

    record_id: UUID
    competency_id: UUID
    kept: str | None
    folded: str | None


@transaction.atomic
def differences_of(record: Record) -> list[Difference]:
    """Where the kept standings differ from the fold of the decisions (value or decision).

    Holds the record, so that a decision made meanwhile is not taken for a difference.
    """
    Record.objects.select_for_update().get(pk=record.pk)
    decisions = Decision.objects.filter(organisation=record.organisation_id, record=record)
    folded = fold(decisions.only("id", "competency_id", "number", "at", "after"))
    kept = {
        row.competency_id: row
        for row in Standing.objects.filter(organisation=record.organisation_id, record=record)
    }
    found = []
    for competency_id in sorted(folded.keys() | kept.keys()):
        last, row = folded.get(competency_id), kept.get(competency_id)
        if last and row and (row.value, row.decision_id) == (last.after, last.id):
            continue
        found.append(
            Difference(record.id, competency_id, row.value if row else None, last.after if last else None)
        )
    return found


@transaction.atomic
def mend(record: Record) -> list[Difference]:
    """Put the standings of a record back to the fold of its decisions; answers what was wrong."""
    wrong = differences_of(record)
    if not wrong:
        return []
    place = {"organisation_id": record.organisation_id, "record_id": record.pk}
    folded = fold(Decision.objects.filter(**place))
    Standing.objects.filter(**place).delete()
    Standing.objects.bulk_create(
        Standing(**place, competency_id=competency_id, value=last.after, decision=last)
        for competency_id, last in folded.items()
    )
    log(
        "record.rebuilt",
        organisation_id=record.organisation_id,
        actor_id=None,
        subject=record,
        mended=[str(each.competency_id) for each in wrong],
    )
    return wrong
