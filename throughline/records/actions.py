"""Verbs of the grammar: start a record, decide, set aside. Evidence has its own, `evidence/actions.py`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.blueprint import default_steps
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.queries import versions_visible_to
from throughline.frameworks.tree import CompetencyItem, tree
from throughline.kit import clock
from throughline.kit.days import slip_in
from throughline.kit.text import clean_text
from throughline.records.earning import Cited, Gap, Missing, missing_for_earned
from throughline.records.evidence_bodies import stands
from throughline.records.models import (
    Citation,
    Claim,
    Decision,
    Evidence,
    How,
    Record,
    SetAside,
    Standing,
    StandingValue,
    WhyChanged,
)
from throughline.records.policy import is_in
from throughline.records.queries import day_of, is_stale
from throughline.records.rules import rule_for
from throughline.schools.log import note
from throughline.schools.models import Group, Membership


@dataclass(frozen=True, slots=True)
class Cite:
    """Evidence to stand on, the indicator it answers (None: the competency as a whole), and the described level that it
    shows there, counted from 1 (None: no level is given)."""

    evidence_id: UUID
    indicator_id: UUID | None = None
    level: int | None = None


def ensure_in(by: Membership, organisation_id: UUID) -> None:
    """Raise `Refused` unless `by` is in that organisation now."""
    is_in(by, organisation_id).enforce()


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
    holders = [each.organisation_id for each in (group, learner) if each]
    if len(holders) > 1 or any(each != by.organisation_id for each in holders):
        raise ValidationError(
            _("A record belongs to the organization, to one of its groups or to one learner.")
        )
    if not versions_visible_to(by.organisation).filter(pk=version.pk).exists():
        raise ValidationError({"version": _("Your organization can’t use this framework.")})
    record, made = Record.objects.get_or_create(
        organisation_id=by.organisation_id,
        version=version,
        group=group,
        learner=learner,
        defaults={"started_at": clock.now()},
    )
    if made:
        note("record.opened", by=by, subject=record)
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
    another organisation, *earned* against its rule (`rules`), a level that is not described, a date before the last
    decision or in the future, a correction of a decision on something else. Who may decide is checked by the room that asks.
    """
    held = lock_record(record.id)
    ensure_in(by, held.organisation_id)
    competency = _competency(held, competency_id)
    cited = list(dict.fromkeys(cites))
    pieces = _pieces(held, competency, cited)
    before = _before(held, competency_id)
    moment = _moment(at, before)
    _check(after, how, reason, why_changed)
    _check_dates(check_on, moment)
    if corrects and (corrects.record_id, corrects.competency_id) != (held.id, competency_id):
        raise ValidationError(
            _("You can only correct a decision about the same competency in the same record.")
        )
    if after == StandingValue.EARNED:
        _check_earned(held, competency, cited, pieces, moment, how)
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
    _cite(decision, cited, pieces)
    _keep_standing(decision)
    note("record.decided", by=by, subject=decision, competency=competency.name, after=after)
    return decision


def _competency(record: Record, competency_id: UUID) -> CompetencyItem:
    found = tree(record.version_id).by_id.get(competency_id)
    if found is None:
        raise ValidationError(_("This competency is not part of the framework of this record."))
    return found


def _pieces(record: Record, competency: CompetencyItem, cited: list[Cite]) -> dict[UUID, Evidence]:
    """The evidence behind the citations. A learner's stays with their record unless it was claimed for this one."""
    wanted = {cite.evidence_id for cite in cited}
    if not wanted:
        return {}
    within = Q(record__learner__isnull=True) | Q(record=record)
    claimed = Claim.objects.filter(organisation=record.organisation_id, record=record, evidence__in=wanted)
    found = Evidence.objects.filter(
        within | Q(pk__in=claimed.values("evidence")), organisation=record.organisation_id, pk__in=wanted
    )
    pieces = {piece.id: piece for piece in found}
    if len(pieces) != len(wanted):
        raise ValidationError({"evidence": _("Some of this evidence does not exist any more.")})
    if any(piece.withdrawn_at for piece in pieces.values()):
        raise ValidationError(
            {"evidence": _("Some of this evidence has been withdrawn. Leave it out or add other evidence.")}
        )
    known = {None, *(indicator.id for indicator in competency.indicators)}
    if any(cite.indicator_id not in known for cite in cited):
        raise ValidationError({"evidence": _("This indicator belongs to another competency.")})
    _check_levels(competency, cited)
    return pieces


def _check_levels(competency: CompetencyItem, cited: list[Cite]) -> None:
    """A level is one of the described steps, of an indicator, and one piece shows one level of it."""
    described = range(1, (len(competency.steps) or len(default_steps())) + 1)
    given = [cite for cite in cited if cite.level is not None]
    if any(cite.level not in described or cite.indicator_id is None for cite in given):
        raise ValidationError({"evidence": _("Choose one of the levels that are described.")})
    if len({(cite.evidence_id, cite.indicator_id) for cite in cited}) != len(cited):
        raise ValidationError({"evidence": _("Give one level for each criterion.")})


def _before(record: Record, competency_id: UUID) -> Decision | None:
    """The decision in force, read from the decisions themselves: a roll-up gone wrong must not spread into them."""
    made = Decision.objects.filter(
        organisation=record.organisation_id, record=record, competency=competency_id
    )
    return made.order_by("-number").first()


def _keep_standing(decision: Decision) -> None:
    """The roll-up follows in the same transaction; the record is held, so nobody else moves it meanwhile."""
    place = {
        "organisation_id": decision.organisation_id,
        "record_id": decision.record_id,
        "competency_id": decision.competency_id,
    }
    if not Standing.objects.filter(**place).update(value=decision.after, decision=decision):
        Standing.objects.create(**place, value=decision.after, decision=decision)


def _moment(at: datetime | None, before: Decision | None) -> datetime:
    """When a decision counts as made: never before the last one on the same competency, so that order is time."""
    now = clock.now()
    if at and at > now:
        raise ValidationError({"at": _("A decision cannot be dated in the future.")})
    if before is None:
        return at or now
    if at and at < before.at:
        raise ValidationError({"at": _("There’s a later decision on this competency. Use today’s date.")})
    return at or max(now, before.at)


def _check(after: str, how: str, reason: str, why_changed: str) -> None:
    if after not in StandingValue.values:
        raise ValidationError({"standing": _("Choose a standing for this competency.")})
    if not clean_text(reason):
        raise ValidationError(
            {"reason": _("Give a reason in a sentence. People will want to know why later on.")}
        )
    if why_changed and why_changed not in WhyChanged.values:
        raise ValidationError({"why_changed": _("Choose one of the reasons for the change.")})
    if how not in How.values:
        raise ValidationError({"how": _("Choose how this was decided.")})


def _check_dates(check_on: date | None, moment: datetime) -> None:
    if check_on and check_on <= day_of(moment):
        raise ValidationError({"check_on": _("The next check must be in the future.")})
    if wrong := slip_in(check_on):
        raise ValidationError({"check_on": wrong})


def _check_earned(
    record: Record,
    competency: CompetencyItem,
    cited: list[Cite],
    pieces: dict[UUID, Evidence],
    moment: datetime,
    how: str,
) -> None:
    seen = [_as_cited(pieces[cite.evidence_id], cite, moment) for cite in cited]
    gaps = missing_for_earned(
        [indicator.id for indicator in competency.indicators],
        seen,
        rule_for(record, competency.id),
        today=day_of(moment),
        by_panel=how == How.PANEL,
    )
    if gaps:
        raise ValidationError({"evidence": explain_gaps(competency, gaps)})


def _as_cited(piece: Evidence, cite: Cite, moment: datetime) -> Cited:
    return Cited(
        piece.mark,
        cite.indicator_id,
        not is_stale(piece.recheck_on, piece.withdrawn_at, moment) and stands(piece),
        piece=piece.pk,
        context=context_of(piece),
        on=piece.happened_on,
        level=cite.level,
    )


def context_of(piece: Evidence) -> tuple[str, str]:
    """What tells one setting from another: where it was, and its words without regard to case."""
    return piece.place, piece.setting.casefold()


def explain_gaps(competency: CompetencyItem, gaps: list[Missing]) -> list[str]:
    """The gaps as sentences for the team."""
    said = []
    if any(gap.gap is Gap.NO_EVIDENCE for gap in gaps):
        said.append(
            _("Earned needs evidence that’s still fresh. Until then, the competency can be in progress.")
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
        said.append(
            _("Documents alone don’t show a practice. Add something you saw in use, or what came of it.")
        )
    return said + [_counted(gap) for gap in gaps if gap.gap in (Gap.PIECES, Gap.CONTEXTS, Gap.PANEL)]


def _counted(gap: Missing) -> str:
    if gap.gap is Gap.PANEL:
        return _("This is decided by a panel.")
    if gap.gap is Gap.PIECES:
        told = ngettext(
            "%(more)s more piece of evidence is asked for.",
            "%(more)s more pieces of evidence are asked for.",
            gap.more,
        )
    else:
        told = ngettext(
            "Evidence from %(more)s more setting is asked for.",
            "Evidence from %(more)s more settings is asked for.",
            gap.more,
        )
    return told % {"more": gap.more}


def _cite(decision: Decision, cited: list[Cite], pieces: dict[UUID, Evidence]) -> None:
    Citation.objects.bulk_create(
        Citation(
            organisation_id=decision.organisation_id,
            decision=decision,
            evidence_id=cite.evidence_id,
            indicator_id=cite.indicator_id,
            edition=pieces[cite.evidence_id].edition,
            level=cite.level,
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
        raise ValidationError({"reason": _("Say why you’re leaving this competency out.")})
    aside, made = SetAside.objects.get_or_create(
        organisation_id=held.organisation_id,
        record=held,
        competency_id=competency_id,
        taken_up_at=None,
        defaults={"reason": clean_text(reason), "by": by, "at": clock.now()},
    )
    if made:
        note("record.set-aside", by=by, subject=held, competency=competency.name)
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
        note("record.taken-up", by=by, subject=held, competency=competency.name)
