"""Verbs on evidence: bring it once, claim it for many competencies, withdraw it with its trace."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.files.models import StoredFile
from throughline.frameworks.tree import tree
from throughline.kit import clock
from throughline.kit.days import slip_in
from throughline.kit.text import clean_line, clean_text
from throughline.records.models import Claim, Decision, EarlierEdition, Evidence, Mark, Record
from throughline.records.policy import may_bring, may_rework, may_share, may_withdraw
from throughline.schools.log import note
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
    # What it is stands in a table of a room above, which shows it (`bodies`); nobody can bring it by a form of ours.
    kept_above: bool = False
    place: str = Evidence.Place.IN_SCHOOL
    setting: str = ""
    with_whom: str = ""
    recheck_on: date | None = None
    shows: tuple[Shows, ...] = field(default=())
    why: str = ""


# What each kind of evidence keeps besides what all have; anything else that was sent along is dropped.
BODY: dict[str, tuple[str, ...]] = {
    Evidence.Kind.FILE.value: ("file",),
    Evidence.Kind.PHOTO.value: ("file",),
    Evidence.Kind.LINK.value: ("url",),
    Evidence.Kind.TEXT.value: (),
    Evidence.Kind.FIGURE.value: ("figure", "unit"),
    Evidence.Kind.STANDING.value: ("cited_decision",),
    Evidence.Kind.SHARED.value: (),
    Evidence.Kind.ADOPTED.value: (),
    Evidence.Kind.PLANNED.value: (),
    Evidence.Kind.HEARD.value: (),
}
# Kinds that a room above brings, with what it keeps of them.
KEPT_ABOVE = frozenset(
    {
        Evidence.Kind.SHARED.value,
        Evidence.Kind.ADOPTED.value,
        Evidence.Kind.PLANNED.value,
        Evidence.Kind.HEARD.value,
    }
)
# What is work and may be brought again, reworked; the rest are facts of their moment. Also what is kept of an edition.
REWORKED = frozenset(
    {
        Evidence.Kind.FILE.value,
        Evidence.Kind.PHOTO.value,
        Evidence.Kind.LINK.value,
        Evidence.Kind.TEXT.value,
    }
)
KEPT_OF_EDITION = ("kind", "title", "text", "url", "file", "happened_on")
LONGEST = {"title": 200, "text": 20_000, "unit": 60, "why": 4_000, "setting": 120, "with_whom": 200}
MOST_EDITIONS = 500
LARGEST_FIGURE = Decimal("99999999999")


@transaction.atomic
def bring_evidence(*, record: Record, piece: Piece, by: Membership) -> Evidence:
    """Enter a piece of evidence once, with what it is claimed to show. Raises `ValidationError` field by field."""
    may_bring(record, by).enforce()
    _check_piece(record, piece)
    evidence = Evidence.objects.create(
        organisation_id=record.organisation_id,
        record=record,
        kind=piece.kind,
        mark=piece.mark,
        title=clean_line(piece.title),
        text=clean_text(piece.text),
        place=piece.place,
        setting=clean_line(piece.setting),
        with_whom=clean_line(piece.with_whom),
        happened_on=piece.happened_on,
        brought_by=by,
        brought_at=clock.now(),
        recheck_on=piece.recheck_on,
        **_body(piece),
    )
    note("evidence.brought", by=by, subject=evidence, title=evidence.title)
    _claim(evidence, record, piece.shows, piece.why, by)
    return evidence


def _body(piece: Piece) -> dict[str, Any]:
    told = {
        "file": piece.file,
        "url": piece.url.strip(),
        "figure": piece.figure,
        "unit": clean_line(piece.unit),
        "cited_decision": piece.cited_decision,
    }
    return {name: told[name] for name in BODY[piece.kind]}


@transaction.atomic
def bring_edition(*, evidence: Evidence, piece: Piece, seen: int, by: Membership) -> Evidence:
    """Bring a piece again, reworked: claims stay, decisions keep the edition that they saw, the one before is kept.

    `seen` is the edition that was reworked; `ValidationError` when a newer one came meanwhile (then nothing is changed),
    field by field on what cannot be, and on kinds that are facts of their moment (a figure, a standing, what a room above keeps).
    """
    held = Evidence.objects.select_for_update(of=("self",)).select_related("record").get(pk=evidence.pk)
    may_rework(held, by).enforce()
    if held.edition != seen:
        raise ValidationError(_("A newer edition came meanwhile. Look at it first: yours is not saved yet."))
    if held.edition >= MOST_EDITIONS:
        raise ValidationError(_("This piece has too many editions. Add it as new evidence."))
    if piece.kind not in REWORKED:
        raise ValidationError({"kind": _("Choose what kind of evidence this is.")})
    _check_piece(held.record, piece)
    EarlierEdition.objects.create(
        organisation_id=held.organisation_id,
        evidence=held,
        number=held.edition,
        at=held.edition_at or held.brought_at,
        **{name: getattr(held, name) for name in KEPT_OF_EDITION},
    )
    held.kind, held.title, held.text = piece.kind, clean_line(piece.title), clean_text(piece.text)
    held.url, held.file = "", None
    for name, value in _body(piece).items():
        setattr(held, name, value)
    held.happened_on = piece.happened_on
    held.edition, held.edition_at = held.edition + 1, clock.now()
    held.save(update_fields=[*KEPT_OF_EDITION, "edition", "edition_at"])
    note("evidence.reworked", by=by, subject=held, title=held.title)
    return held


@transaction.atomic
def claim(*, evidence: Evidence, record: Record, shows: Iterable[Shows], why: str, by: Membership) -> None:
    """Say that evidence shows competencies (or indicators) of a record; the same claim twice is one."""
    may_bring(record, by).enforce()
    if evidence.organisation_id != record.organisation_id:
        raise ValidationError({"evidence": _("This evidence belongs to another organization.")})
    if evidence.record_id != record.pk:
        may_share(evidence, by).enforce()
    if evidence.withdrawn_at:
        raise ValidationError({"evidence": _("This evidence has been withdrawn.")})
    wanted = list(shows)
    if not wanted:
        raise ValidationError({"shows": _("Choose what this evidence shows.")})
    if _claim(evidence, record, wanted, why, by):
        note("evidence.claimed", by=by, subject=evidence, title=evidence.title)


def _claim(evidence: Evidence, record: Record, shows: Iterable[Shows], why: str, by: Membership) -> int:
    known = tree(record.version_id).by_id
    made = 0
    for shown in dict.fromkeys(shows):
        competency = known.get(shown.competency_id)
        if competency is None:
            raise ValidationError(
                {"shows": _("This competency is not part of the framework of this record.")}
            )
        if shown.indicator_id and shown.indicator_id not in {each.id for each in competency.indicators}:
            raise ValidationError({"shows": _("This indicator belongs to another competency.")})
        _row, new = Claim.objects.get_or_create(
            organisation_id=record.organisation_id,
            evidence=evidence,
            record=record,
            competency_id=shown.competency_id,
            indicator_id=shown.indicator_id,
            defaults={"why": clean_text(why), "by": by, "at": clock.now()},
        )
        made += new
    return made


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, reason: str, by: Membership) -> Evidence:
    """Take evidence back: it can no longer be cited, and what it once supported keeps its trace."""
    held = Evidence.objects.select_for_update().get(pk=evidence.pk)
    may_withdraw(held, by).enforce()
    if held.withdrawn_at:
        return held
    if not clean_text(reason):
        raise ValidationError({"reason": _("Say why you’re withdrawing this evidence.")})
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_reason = clock.now(), by, clean_text(reason)
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    note("evidence.withdrawn", by=by, subject=held, title=held.title)
    return held


def _check_piece(record: Record, piece: Piece) -> None:
    errors: dict[str, str] = {}
    if not clean_line(piece.title):
        errors["title"] = _("Give it a short title.")
    if piece.mark not in Mark.values:
        errors["mark"] = _("Choose whether it’s a document, a practice, or an effect.")
    if piece.place not in Evidence.Place.values:
        errors["place"] = _("Choose whether this happened in or beyond school.")
    if piece.happened_on > clock.today():
        errors["happened_on"] = _("This date is in the future.")
    elif wrong := slip_in(piece.happened_on):
        errors["happened_on"] = wrong
    if piece.recheck_on and piece.recheck_on <= clock.today():
        errors["recheck_on"] = _("The re-check date must be in the future.")
    elif wrong := slip_in(piece.recheck_on):
        errors["recheck_on"] = wrong
    for name, most in LONGEST.items():
        if len(clean_text(getattr(piece, name))) > most:
            errors[name] = _("Keep this below %(most)s characters.") % {"most": most}
    errors |= _check_body(record, piece)
    if errors:
        raise ValidationError(errors)


def _check_body(record: Record, piece: Piece) -> dict[str, str]:
    match piece.kind:
        case Evidence.Kind.FILE | Evidence.Kind.PHOTO:
            return _check_file(record, piece)
        case Evidence.Kind.LINK:
            try:
                URLValidator(schemes=["https", "http"])(piece.url.strip())
            except ValidationError:
                return {"url": _("Enter a full web address, starting with https://")}
        case Evidence.Kind.TEXT:
            if not clean_text(piece.text):
                return {"text": _("Write what you saw or found out.")}
        case Evidence.Kind.FIGURE:
            if piece.figure is None or not clean_line(piece.unit):
                return {"figure": _("Enter the figure and what it counts.")}
            if not piece.figure.is_finite() or abs(piece.figure) > LARGEST_FIGURE:
                return {"figure": _("This figure is too large. Use a larger unit.")}
        case Evidence.Kind.STANDING:
            return _check_cited(record, piece.cited_decision)
        case kind if kind in KEPT_ABOVE and piece.kept_above:
            return {}
        case _:
            return {"kind": _("Choose what kind of evidence this is.")}
    return {}


def _check_file(record: Record, piece: Piece) -> dict[str, str]:
    if piece.file is None:
        return {"file": _("Choose a file.")}
    if piece.file.organisation_id != record.organisation_id:
        return {"file": _("This file belongs to another organization.")}
    if piece.kind == Evidence.Kind.PHOTO and not piece.file.media_type.startswith("image/"):
        return {"file": _("This isn’t a picture. Add it as a file.")}
    return {}


def _check_cited(record: Record, decision: Decision | None) -> dict[str, str]:
    if decision is None:
        return {"cited_decision": _("Choose the group’s standing to use.")}
    same = decision.organisation_id == record.organisation_id
    if not same or decision.record_id == record.id or decision.record.group_id is None:
        return {"cited_decision": _("You can only use the standing of a group in this organization.")}
    return {}
