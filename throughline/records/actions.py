"""Verbs of the grammar: start a record, decide, set aside. Evidence has its own file, `evidence.py`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from throughline.activity.actions import record as log
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import CompetencyItem, tree
from throughline.kit import clock
from throughline.kit.text import clean_text
from throughline.kit.verdict import refuse
from throughline.records.earning import Cited, Gap, Missing, missing_for_earned
from throughline.records.models import (
    Citation,
    Decision,
    Evidence,
    How,
    Record,
    SetAside,
    Standing,
    StandingValue,
    WhyChanged,
)
from throughline.records.queries import is_stale
from throughline.schools.models import Group, Membership

NOT_IN = gettext_lazy("Only people who belong to this organisation can do this.")


@dataclass(frozen=True, slots=True)
class Cite:
    """Evidence to stand on, and the indicator it answers (None: the competency as a whole)."""

    evidence_id: UUID
    indicator_id: UUID | None = None


def ensure_in(by: Membership, organisation_id: UUID) -> None:
    """Raise `Refused` unless `by` is in that organisation now."""
    if not (by.is_active and by.organisation_id == organisation_id):
        refuse(NOT_IN).enforce()


@transaction.atomic
def open_record(
    *,
    version: FrameworkVersion,
    by: Membership,
    group: Group | None = None,
    learner: Membership | None = None,
) -> Record:
    """The record of a holder against a framework version; the existing one when it was opened before."""
    ensure_in(by, by.organisation_id)
    record, made = Record.objects.get_or_create(
        organisation_id=by.organisation_id,
        version=version,
        group=group,
        learner=learner,
        defaults={"started_at": clock.now()},
    )
    if made:
        log(
            "record.opened",
            organisation_id=by.organisation_id,
            actor_id=by.id,
            actor_name=by.name,
            subject=record,
        )
    return record


def lock_record(record_id: UUID) -> Record:
    """The record, held until the transaction ends: whatever arrives together is put in one order."""
    return Record.objects.select_for_update().get(pk=record_id)


@transaction.atomic
def decide(
    *,
    record: Record,
    competency_id: UUID,
    after: str,
    reason: str,
    by: Membership,
    how: str = How.TEAM,
    cites: Iterable[Cite] = (),
    why_changed: str = "",
    dissent: str = "",
    check_on: date | None = None,
    corrects: Decision | None = None,
    context: UUID | None = None,
    at: datetime | None = None,
) -> Decision:
    """Move one competency of a record (or confirm where it is), with a reason and the evidence it stands on.

    Raises `ValidationError` on what cannot be: no reason, a competency of another framework, evidence withdrawn or of
    another organisation, *earned* with an indicator unanswered or on documents alone, a date before the last decision.
    """
    held = lock_record(record.id)
    ensure_in(by, held.organisation_id)
    competency = _competency(held, competency_id)
    cited = list(dict.fromkeys(cites))
    pieces = _pieces(held, cited)
    before = _before(held, competency_id)
    moment = _moment(at, before)
    _check(after, reason, why_changed, check_on, moment, before)
    if after == StandingValue.EARNED:
        _check_earned(competency, cited, pieces, moment)
    held.last_number += 1
    held.save(update_fields=["last_number"])
    decision = Decision.objects.create(
        organisation_id=held.organisation_id,
        record=held,
        competency_id=competency_id,
        number=held.last_number,
        before=before.after if before else StandingValue.NOT_STARTED,
        after=after,
        by=by,
        how=how,
        reason=clean_text(reason),
        why_changed=why_changed,
        dissent=clean_text(dissent),
        check_on=check_on,
        corrects=corrects,
        context=context,
        at=moment,
    )
    _cite(decision, cited)
    Standing.objects.update_or_create(
        organisation_id=held.organisation_id,
        record=held,
        competency_id=competency_id,
        defaults={"value": after, "decision": decision},
    )
    log(
        "record.decided",
        organisation_id=held.organisation_id,
        actor_id=by.id,
        actor_name=by.name,
        subject=decision,
        competency=competency.code,
        after=after,
    )
    return decision


def _competency(record: Record, competency_id: UUID) -> CompetencyItem:
    found = tree(record.version_id).by_id.get(competency_id)
    if found is None:
        raise ValidationError(_("This competency is not part of the framework of this record."))
    return found


def _pieces(record: Record, cited: list[Cite]) -> dict[UUID, Evidence]:
    wanted = {cite.evidence_id for cite in cited}
    found = Evidence.objects.filter(organisation=record.organisation_id, pk__in=wanted)
    pieces = {piece.id: piece for piece in found}
    if len(pieces) != len(wanted):
        raise ValidationError({"evidence": _("Some of this evidence does not exist any more.")})
    if any(piece.withdrawn_at for piece in pieces.values()):
        raise ValidationError(
            {"evidence": _("Some of this evidence has been withdrawn. Leave it out or bring other evidence.")}
        )
    return pieces


def _before(record: Record, competency_id: UUID) -> Decision | None:
    standings = Standing.objects.filter(
        organisation=record.organisation_id, record=record, competency=competency_id
    )
    standing = standings.select_related("decision").first()
    return standing.decision if standing else None


def _moment(at: datetime | None, before: Decision | None) -> datetime:
    """When a decision counts as made: never before the last one on the same competency, so that order is time."""
    if before is None:
        return at or clock.now()
    if at and at < before.at:
        raise ValidationError(
            {"at": _("A later decision on this competency exists. Decide with today’s date.")}
        )
    return at or max(clock.now(), before.at)


def _check(
    after: str,
    reason: str,
    why_changed: str,
    check_on: date | None,
    moment: datetime,
    before: Decision | None,
) -> None:
    if after not in StandingValue.values:
        raise ValidationError({"standing": _("Choose where this competency stands.")})
    if not clean_text(reason):
        raise ValidationError(
            {"reason": _("Say in a sentence why: those who come after you will want to know.")}
        )
    if why_changed and why_changed not in WhyChanged.values:
        raise ValidationError({"why_changed": _("Choose one of the reasons for the change.")})
    if check_on and check_on <= moment.date():
        raise ValidationError({"check_on": _("The next check must lie in the future.")})


def _check_earned(
    competency: CompetencyItem, cited: list[Cite], pieces: dict[UUID, Evidence], moment: datetime
) -> None:
    seen = [
        Cited(
            pieces[cite.evidence_id].mark,
            cite.indicator_id,
            not is_stale(pieces[cite.evidence_id].recheck_on, pieces[cite.evidence_id].withdrawn_at, moment),
        )
        for cite in cited
    ]
    gaps = missing_for_earned([indicator.id for indicator in competency.indicators], seen)
    if gaps:
        raise ValidationError({"evidence": explain_gaps(competency, gaps)})


def explain_gaps(competency: CompetencyItem, gaps: list[Missing]) -> list[str]:
    """The gaps as sentences for the team."""
    said = []
    if any(gap.gap is Gap.NO_EVIDENCE for gap in gaps):
        said.append(
            _("Earned needs evidence that is still fresh. Until then the competency can be in progress.")
        )
    open_ones = [gap.indicator for gap in gaps if gap.gap is Gap.INDICATOR]
    if open_ones:
        texts = [indicator.text for indicator in competency.indicators if indicator.id in open_ones]
        said.append(
            ngettext(
                "Earned needs evidence for every indicator. Still unanswered: %(indicators)s",
                "Earned needs evidence for every indicator. Still unanswered: %(indicators)s",
                len(texts),
            )
            % {"indicators": " · ".join(texts)}
        )
    if any(gap.gap is Gap.DOCUMENTS_ONLY for gap in gaps):
        said.append(_("Documents alone do not show a practice. Add something seen done, or what came of it."))
    return said


def _cite(decision: Decision, cited: list[Cite]) -> None:
    Citation.objects.bulk_create(
        Citation(
            organisation_id=decision.organisation_id,
            decision=decision,
            evidence_id=cite.evidence_id,
            indicator_id=cite.indicator_id,
        )
        for cite in cited
    )


@transaction.atomic
def set_aside(*, record: Record, competency_id: UUID, reason: str, by: Membership) -> SetAside:
    """Leave a competency out of this record for now: dotted in the picture, counted nowhere."""
    held = lock_record(record.id)
    ensure_in(by, held.organisation_id)
    competency = _competency(held, competency_id)
    if not clean_text(reason):
        raise ValidationError({"reason": _("Say why this competency is left out.")})
    aside, made = SetAside.objects.get_or_create(
        organisation_id=held.organisation_id,
        record=held,
        competency_id=competency_id,
        taken_up_at=None,
        defaults={"reason": clean_text(reason), "by": by, "at": clock.now()},
    )
    if made:
        log(
            "record.set-aside",
            organisation_id=held.organisation_id,
            actor_id=by.id,
            actor_name=by.name,
            subject=held,
            competency=competency.code,
        )
    return aside


@transaction.atomic
def take_up(*, record: Record, competency_id: UUID, by: Membership) -> None:
    """Count a competency again that was set aside."""
    held = lock_record(record.id)
    ensure_in(by, held.organisation_id)
    competency = _competency(held, competency_id)
    changed = SetAside.objects.filter(
        organisation_id=held.organisation_id, record=held, competency_id=competency_id, taken_up_at=None
    ).update(taken_up_at=clock.now())
    if changed:
        log(
            "record.taken-up",
            organisation_id=held.organisation_id,
            actor_id=by.id,
            actor_name=by.name,
            subject=held,
            competency=competency.code,
        )
