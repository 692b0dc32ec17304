"""Verbs on evidence: bring it once, claim it for many competencies, withdraw it with its trace."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.activity.actions import record as log
from throughline.files.models import StoredFile
from throughline.frameworks.tree import tree
from throughline.kit import clock
from throughline.kit.text import clean_line, clean_text
from throughline.records.actions import ensure_in
from throughline.records.models import Claim, Decision, Evidence, Mark, Record
from throughline.schools.models import Membership


@dataclass(frozen=True, slots=True)
class Shows:
    """What a piece of evidence is claimed to show."""

    competency_id: UUID
    indicator_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Evidence as someone brings it. Which fields matter depends on `kind`."""

    kind: str
    mark: str
    title: str
    happened_on: date
    text: str = ""
    url: str = ""
    figure: Decimal | None = None
    unit: str = ""
    file: StoredFile | None = None
    cited_decision: Decision | None = None
    place: str = Evidence.Place.IN_SCHOOL
    recheck_on: date | None = None
    shows: tuple[Shows, ...] = field(default=())
    why: str = ""


@transaction.atomic
def bring_evidence(*, record: Record, piece: Piece, by: Membership) -> Evidence:
    """Enter a piece of evidence once, with what it is claimed to show. Raises `ValidationError` field by field."""
    ensure_in(by, record.organisation_id)
    _check_piece(record, piece)
    evidence = Evidence.objects.create(
        organisation_id=record.organisation_id,
        record=record,
        kind=piece.kind,
        mark=piece.mark,
        title=clean_line(piece.title),
        text=clean_text(piece.text),
        url=piece.url.strip(),
        figure=piece.figure,
        unit=clean_line(piece.unit),
        file=piece.file,
        cited_decision=piece.cited_decision,
        place=piece.place,
        happened_on=piece.happened_on,
        brought_by=by,
        brought_at=clock.now(),
        recheck_on=piece.recheck_on,
    )
    log(
        "evidence.brought",
        organisation_id=record.organisation_id,
        actor_id=by.id,
        actor_name=by.name,
        subject=evidence,
    )
    claim(evidence=evidence, record=record, shows=piece.shows, why=piece.why, by=by)
    return evidence


@transaction.atomic
def claim(*, evidence: Evidence, record: Record, shows: Iterable[Shows], why: str, by: Membership) -> None:
    """Say that evidence shows competencies (or indicators) of a record; the same claim twice is one."""
    ensure_in(by, record.organisation_id)
    if evidence.organisation_id != record.organisation_id:
        raise ValidationError({"evidence": _("This evidence belongs to another organisation.")})
    known = tree(record.version_id).by_id
    for shown in shows:
        competency = known.get(shown.competency_id)
        if competency is None:
            raise ValidationError(
                {"shows": _("This competency is not part of the framework of this record.")}
            )
        if shown.indicator_id and shown.indicator_id not in {each.id for each in competency.indicators}:
            raise ValidationError({"shows": _("This indicator belongs to another competency.")})
        Claim.objects.get_or_create(
            organisation_id=record.organisation_id,
            evidence=evidence,
            record=record,
            competency_id=shown.competency_id,
            indicator_id=shown.indicator_id,
            defaults={"why": clean_text(why), "by": by, "at": clock.now()},
        )


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, reason: str, by: Membership) -> Evidence:
    """Take evidence back: it can no longer be cited, and what it once supported keeps its trace."""
    held = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    ensure_in(by, held.organisation_id)
    if held.withdrawn_at:
        return held
    if not clean_text(reason):
        raise ValidationError({"reason": _("Say why this evidence is withdrawn.")})
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_reason = clock.now(), by, clean_text(reason)
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    log(
        "evidence.withdrawn",
        organisation_id=held.organisation_id,
        actor_id=by.id,
        actor_name=by.name,
        subject=held,
    )
    return held


def _check_piece(record: Record, piece: Piece) -> None:
    errors: dict[str, str] = {}
    if not clean_line(piece.title):
        errors["title"] = _("Give it a short title.")
    if piece.mark not in Mark.values:
        errors["mark"] = _("Say whether it is a document, a practice or an effect.")
    if piece.happened_on > clock.today():
        errors["happened_on"] = _("This date lies in the future.")
    if piece.recheck_on and piece.recheck_on <= clock.today():
        errors["recheck_on"] = _("The re-check date must lie in the future.")
    errors |= _check_body(piece)
    if piece.cited_decision and not _may_cite(record, piece.cited_decision):
        errors["cited_decision"] = _("Only the standing of a group of this organisation can be cited.")
    if errors:
        raise ValidationError(errors)


def _check_body(piece: Piece) -> dict[str, str]:
    kinds = Evidence.Kind
    if piece.kind in (kinds.FILE, kinds.PHOTO) and piece.file is None:
        return {"file": _("Choose a file.")}
    if piece.kind == kinds.LINK:
        try:
            URLValidator(schemes=["https", "http"])(piece.url.strip())
        except ValidationError:
            return {"url": _("Give a whole web address, starting with https://")}
    if piece.kind == kinds.TEXT and not clean_text(piece.text):
        return {"text": _("Write what you saw or know.")}
    if piece.kind == kinds.FIGURE and (piece.figure is None or not clean_line(piece.unit)):
        return {"figure": _("Give the figure and what it counts.")}
    if piece.kind == kinds.STANDING and piece.cited_decision is None:
        return {"cited_decision": _("Choose the group’s standing to cite.")}
    return {}


def _may_cite(record: Record, decision: Decision) -> bool:
    same = decision.organisation_id == record.organisation_id
    return same and decision.record_id != record.id and decision.record.group_id is not None
