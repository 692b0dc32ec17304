"""Move a record on to a newer version of its framework: what it would become, and the verb that does it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.queries import versions_visible_to
from throughline.frameworks.tree import CompetencyItem, Tree, tree
from throughline.frameworks.versions.succession import origins, way_between
from throughline.kit import clock
from throughline.kit.text import clean_text
from throughline.records.actions import ensure_in, lock_record
from throughline.records.models import (
    Citation,
    Claim,
    Decision,
    How,
    Record,
    RecordMove,
    SetAside,
    Standing,
    StandingValue,
)
from throughline.records.moving.carry_over import aside_of, carried, indicators_between
from throughline.records.queries import decisions_in_force
from throughline.schools.log import note
from throughline.schools.models import Membership


@dataclass(frozen=True, slots=True)
class Carried:
    """A competency of the newer version, what it continues with where each stood, and where it will stand."""

    item: CompetencyItem
    sources: tuple[tuple[CompetencyItem, str], ...]
    standing: str
    begun: bool

    @property
    def new(self) -> bool:
        """Whether it continues nothing."""
        return not self.sources


@dataclass(frozen=True, slots=True)
class Outlook:
    """What moving would make of a record: every competency of the newer version, and what is dropped."""

    old: Tree
    new: Tree
    items: tuple[Carried, ...]
    dropped: tuple[tuple[CompetencyItem, str], ...]


def outlook_of(record: Record, to: FrameworkVersion) -> Outlook:
    """What each standing becomes. Raises `ValidationError` when this version does not come after the record's own."""
    return _outlook(record, to, _in_force(record))


def _in_force(record: Record) -> dict[UUID, Decision]:
    known = tree(record.version_id).by_id
    rows = decisions_in_force(record).prefetch_related("citations")
    return {each.competency_id: each for each in rows if each.competency_id in known}


def _outlook(record: Record, to: FrameworkVersion, deciding: dict[UUID, Decision]) -> Outlook:
    way = way_between(record.version_id, to.pk)
    if not way:
        raise ValidationError({"version": _("This version isn’t based on the one the record uses.")})
    old, new = tree(record.version_id), tree(to.pk)
    standings = {key: decision.after for key, decision in deciding.items()}
    values = carried(standings, way)
    before = origins(way, [each.id for each in new.competencies])
    begun = StandingValue.NOT_STARTED.value
    items = tuple(
        Carried(
            item=each,
            sources=tuple((old.by_id[key], standings.get(key, begun)) for key in before[each.id]),
            standing=values.get(each.id, begun),
            begun=any(key in standings for key in before[each.id]),
        )
        for each in new.competencies
    )
    gone = {each.id for each in old.competencies} - {key for keys in before.values() for key in keys}
    dropped = tuple((each, standings.get(each.id, begun)) for each in old.competencies if each.id in gone)
    return Outlook(old, new, items, dropped)


@transaction.atomic
def move_record(*, record: Record, to: FrameworkVersion, reason: str, by: Membership) -> RecordMove:
    """Move a record on: in one transaction its standings, the evidence behind them, claims and what is set aside.

    Who may is checked by the room that asks. Raises `ValidationError` when there is no reason, when the version does
    not come after the record's own or is not open to the organisation, and when the holder has a record there already.
    """
    held = lock_record(record.id)
    ensure_in(by, held.organisation_id)
    if not versions_visible_to(by.organisation).filter(pk=to.pk).exists():
        raise ValidationError({"version": _("Your organization can’t use this framework.")})
    if not clean_text(reason):
        raise ValidationError(
            {"reason": _("Give a reason in a sentence. People will want to know why later on.")}
        )
    deciding = _in_force(held)
    outlook = _outlook(held, to, deciding)
    _ensure_free(held, to)
    move = RecordMove(
        organisation_id=held.organisation_id,
        record=held,
        from_version_id=held.version_id,
        to_version=to,
        by=by,
        reason=clean_text(reason),
        at=max([clock.now(), *(each.at for each in deciding.values())]),
    )
    move.save(force_insert=True)
    _carry_decisions(held, move, outlook, deciding)
    _carry_claims(held, outlook)
    _carry_aside(held, move, outlook)
    held.version, held.moved_at = to, move.at
    held.save(update_fields=["version", "moved_at", "last_number"])
    note("record.moved", by=by, subject=held, title=to.title, number=to.number)
    return move


def _ensure_free(held: Record, to: FrameworkVersion) -> None:
    taken = Record.objects.filter(
        organisation=held.organisation_id, version=to, group=held.group_id, learner=held.learner_id
    )
    if taken.exists():
        raise ValidationError(
            _("There’s already another record on version %(number)s, and two records can’t be combined.")
            % {"number": to.number}
        )


def _carry_decisions(
    held: Record, move: RecordMove, outlook: Outlook, deciding: dict[UUID, Decision]
) -> None:
    """A decision for each competency of which something was decided before, on the evidence it stood on."""
    place = {"organisation_id": held.organisation_id, "record": held}
    made, cited = [], []
    for each in outlook.items:
        if not each.begun:
            continue
        before = [deciding[item.id] for item, _standing in each.sources if item.id in deciding]
        held.last_number += 1
        checks = [decision.check_on for decision in before if decision.check_on]
        made.append(
            Decision(
                **place,
                competency_id=each.item.id,
                number=held.last_number,
                before=each.standing,
                after=each.standing,
                by_id=move.by_id,
                how=How.MOVED,
                reason=reason_of(each, outlook.old),
                check_on=min(checks) if checks else None,
                context=move.pk,
                at=move.at,
            )
        )
        cited += _cited(made[-1], each, before)
    Decision.objects.bulk_create(made, batch_size=500)
    Citation.objects.bulk_create(cited, batch_size=500)
    Standing.objects.bulk_create(
        [
            Standing(**place, competency_id=each.competency_id, value=each.after, decision=each)
            for each in made
        ],
        batch_size=500,
    )


def _cited(made: Decision, carried_over: Carried, before: Iterable[Decision]) -> list[Citation]:
    items = {item.id: item for item, _standing in carried_over.sources}
    pairs: dict[tuple[UUID, UUID | None], None] = {}
    for decision in before:
        same = indicators_between(items[decision.competency_id], carried_over.item)
        for each in decision.citations.all():
            indicator = same.get(each.indicator_id) if each.indicator_id else None
            pairs[(each.evidence_id, indicator)] = None
    return [
        Citation(
            organisation_id=made.organisation_id, decision=made, evidence_id=piece, indicator_id=indicator
        )
        for piece, indicator in pairs
    ]


def reason_of(each: Carried, old: Tree) -> str:
    """Why a competency stands where it stands after a move, naming what it continues."""
    labels = dict(StandingValue.choices)
    named = [
        _("“%(name)s” (%(standing)s)") % {"name": item.name, "standing": labels[standing]}
        for item, standing in each.sources
    ]
    return _("Carried over from %(names)s of version %(number)s.") % {
        "names": ", ".join(named),
        "number": old.number,
    }


def _carry_claims(held: Record, outlook: Outlook) -> None:
    """What evidence was claimed to show, it shows of what continues that."""
    claims: dict[UUID, list[Claim]] = defaultdict(list)
    known = [each.id for each in outlook.old.competencies]
    rows = Claim.objects.filter(organisation=held.organisation_id, record=held, competency__in=known)
    for claim in rows.order_by("at", "id"):
        claims[claim.competency_id].append(claim)
    made: dict[tuple[UUID, UUID, UUID | None], Claim] = {}
    for each in outlook.items:
        for item, _standing in each.sources:
            same = indicators_between(item, each.item)
            for claim in claims[item.id]:
                indicator = same.get(claim.indicator_id) if claim.indicator_id else None
                key = (claim.evidence_id, each.item.id, indicator)
                if key in made:
                    continue
                made[key] = Claim(
                    organisation_id=held.organisation_id,
                    evidence_id=claim.evidence_id,
                    record=held,
                    competency_id=each.item.id,
                    indicator_id=indicator,
                    why=claim.why,
                    by_id=claim.by_id,
                    at=claim.at,
                )
    Claim.objects.bulk_create(made.values(), batch_size=500)


def _carry_aside(held: Record, move: RecordMove, outlook: Outlook) -> None:
    """What was set aside stays so; a merged competency only when all of its sources were."""
    rows = SetAside.objects.filter(organisation=held.organisation_id, record=held, taken_up_at=None)
    aside = {each.competency_id: each for each in rows}
    made = []
    for each in outlook.items:
        found = [aside.get(item.id) for item, _standing in each.sources]
        reason = aside_of([row.reason if row else None for row in found])
        if reason is not None and found[0] is not None:
            made.append(
                SetAside(
                    organisation_id=held.organisation_id,
                    record=held,
                    competency_id=each.item.id,
                    reason=reason,
                    by_id=found[0].by_id,
                    at=move.at,
                )
            )
    SetAside.objects.bulk_create(made, batch_size=500)
