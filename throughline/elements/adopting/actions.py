"""Verbs on where an element stands: adopt it, bring it to another stage, make an edition evidence of a journey."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from throughline.elements.adopting.freezing import content_of, digest_of, frozen, says_nothing
from throughline.elements.adopting.queries import road_of
from throughline.elements.models import Edition, EditionShown, Element, Stage, StageChange
from throughline.elements.policy import Part, may_decide
from throughline.elements.writing.schema import EMPTY
from throughline.files.actions import keep_file
from throughline.files.models import StoredFile
from throughline.kit import clock
from throughline.kit.days import slip_in
from throughline.kit.text import clean_line, clean_text
from throughline.records.evidence.actions import Piece, Shows, bring_evidence
from throughline.records.models import Evidence, Mark, Record
from throughline.schools.log import note
from throughline.schools.models import Membership

LONGEST_BODY, LONGEST_NOTE = 200, 4000


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody had before them when they decided: the last change of stage, the text's version, the whole's digest."""

    change: UUID | None
    version: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Adoption:
    """Who adopted it and when; from when it is in force, when that is said at once; a file in place of the text: one that
    comes now, or one that whoever adopts has brought before."""

    body: str
    on: date
    note: str = ""
    in_force_on: date | None = None
    file: "File[bytes] | StoredFile | None" = None


class Meanwhile(Exception):
    """Something happened between looking and deciding. `moved`: somebody else decided; otherwise the content changed."""

    def __init__(self, element: Element, *, moved: bool) -> None:
        super().__init__("meanwhile")
        self.element, self.moved = element, moved


@transaction.atomic
def adopt(*, element: Element, adoption: Adoption, seen: Seen, by: Membership) -> Edition:
    """Freeze the draft, or a file, as the next edition. Raises `Meanwhile` when it is not what was seen any more."""
    held = _held(element, by)
    _check(adoption)
    _as_seen(held, seen)
    if adoption.file is None:
        edition = _of_draft(held, adoption, seen, by)
    else:
        edition = _of_file(held, adoption, _kept(adoption.file, by), by)
    edition.save(force_insert=True)
    _move(held, Stage.ADOPTED, adoption.on, by, edition=edition, reason=edition.note)
    if adoption.in_force_on:
        _move(held, Stage.IN_FORCE, adoption.in_force_on, by, edition=edition)
    note(
        "element.adopted",
        by=by,
        subject=held,
        title=held.title,
        number=edition.number,
        body=edition.adopted_by_body,
    )
    return edition


def _held(element: Element, by: Membership) -> Element:
    """The element, so that nobody else decides or writes until this is done."""
    may_decide(Part(element, by)).enforce()
    return Element.objects.select_for_update().get(pk=element.pk, organisation=by.organisation_id)


def _as_seen(held: Element, seen: Seen) -> None:
    last = road_of(held).last
    if (last.pk if last else None) != seen.change:
        raise Meanwhile(held, moved=True)


def _check(adoption: Adoption) -> None:
    errors = {}
    if not clean_line(adoption.body):
        errors["body"] = _("Say who adopted it: the board, the staff meeting, the council …")
    elif len(clean_line(adoption.body)) > LONGEST_BODY:
        errors["body"] = _("Keep this below %(most)s characters.") % {"most": LONGEST_BODY}
    if wrong := _wrong_day(adoption.on, past=True):
        errors["on"] = wrong
    if adoption.in_force_on and (wrong := slip_in(adoption.in_force_on)):
        errors["in_force_on"] = wrong
    elif adoption.in_force_on and adoption.in_force_on < adoption.on:
        errors["in_force_on"] = _("It can’t be in force before it was adopted.")
    if len(clean_text(adoption.note)) > LONGEST_NOTE:
        errors["note"] = _("Keep this below %(most)s characters.") % {"most": LONGEST_NOTE}
    if errors:
        raise ValidationError(errors)


def _wrong_day(day: date, *, past: bool) -> str:
    if past and day > clock.today():
        return _("This date is in the future.")
    return slip_in(day)


def _of_draft(held: Element, adoption: Adoption, seen: Seen, by: Membership) -> Edition:
    now = frozen(held)
    if now.digest != seen.digest:
        raise Meanwhile(held, moved=False)
    if says_nothing(now.document) and not now.items:
        raise ValidationError(
            {"of": _("There is nothing to adopt yet: the text is empty. Write it, or adopt a file.")}
        )
    return _edition(
        held, adoption, by, version=now.version, document=now.document, items=now.items, digest=now.digest
    )


def _of_file(held: Element, adoption: Adoption, file: StoredFile, by: Membership) -> Edition:
    digest = digest_of(content_of(held, EMPTY, [], file.sha256))
    return _edition(held, adoption, by, version=held.head, document=EMPTY, items=[], file=file, digest=digest)


def _kept(file: "File[bytes] | StoredFile", by: Membership) -> StoredFile:
    if not isinstance(file, StoredFile):
        return keep_file(file, by=by)
    if file.organisation_id != by.organisation_id or file.brought_by_id != by.pk:
        raise ValidationError({"file": _("Choose the file that was adopted.")})
    return file


def _edition(held: Element, adoption: Adoption, by: Membership, **content: Any) -> Edition:
    last = Edition.objects.filter(organisation=held.organisation_id, element=held).order_by("-number").first()
    return Edition(
        organisation_id=held.organisation_id,
        element=held,
        number=last.number + 1 if last else 1,
        title=held.title,
        language=held.language,
        adopted_by_body=clean_line(adoption.body),
        adopted_on=adoption.on,
        note=clean_text(adoption.note),
        by=by,
        at=clock.now(),
        **content,
    )


def _move(
    held: Element,
    stage: Stage,
    on: date,
    by: Membership,
    *,
    edition: Edition | None = None,
    reason: str = "",
) -> StageChange:
    change = StageChange.objects.create(
        organisation_id=held.organisation_id,
        element=held,
        stage=stage,
        edition=edition,
        on=on,
        reason=reason,
        by=by,
        at=clock.now(),
    )
    held.stage = stage
    held.save(update_fields=["stage"])
    return change


@transaction.atomic
def change_stage(
    *,
    element: Element,
    to: str,
    on: date,
    seen: Seen,
    by: Membership,
    reason: str = "",
    number: int | None = None,
) -> StageChange:
    """Bring an element to any stage but *adopted* (`adopt` does that). `number` is the edition that comes into force.

    Going back to drafting and ending what is in force need a reason. Raises `Meanwhile` when somebody decided since.
    """
    held = _held(element, by)
    edition = _edition_for(held, to, number)
    _check_change(to, on, clean_text(reason), edition)
    _as_seen(held, seen)
    change = _move(held, Stage(to), on, by, edition=edition, reason=clean_text(reason))
    number_told = {"number": edition.number} if edition else {}
    note(f"element.to-{to}", by=by, subject=held, title=held.title, **number_told)
    return change


def _edition_for(held: Element, to: str, number: int | None) -> Edition | None:
    if to not in (Stage.IN_FORCE, Stage.SUPERSEDED):
        return None
    if to == Stage.SUPERSEDED:
        standing = road_of(held).in_force
        if standing is not None:
            return standing.edition
    rows = Edition.objects.filter(organisation=held.organisation_id, element=held).order_by("-number")
    return (rows.filter(number=number) if number else rows).first()


def _check_change(to: str, on: date, reason: str, edition: Edition | None) -> None:
    errors = {}
    if to not in Stage.values or to == Stage.ADOPTED:
        raise ValidationError({"stage": _("Choose where it stands now.")})
    if wrong := _wrong_day(on, past=to != Stage.IN_FORCE):
        errors["on"] = wrong
    if to == Stage.DRAFTING and not reason:
        errors["reason"] = _("Say why it goes back to drafting.")
    if to == Stage.SUPERSEDED and not reason:
        errors["reason"] = _("Say why it no longer holds, or what takes its place.")
    if len(reason) > LONGEST_NOTE:
        errors["reason"] = _("Keep this below %(most)s characters.") % {"most": LONGEST_NOTE}
    if to in (Stage.IN_FORCE, Stage.SUPERSEDED) and edition is None:
        errors["number"] = _("There is no edition yet. Adopt it first; the same page can put it in force.")
    elif to == Stage.IN_FORCE and edition is not None and on < edition.adopted_on:
        errors["on"] = _("It can’t be in force before it was adopted.")
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def show_edition(
    *, edition: Edition, record: Record, competencies: Collection[UUID], mark: str, why: str, by: Membership
) -> Evidence:
    """Make what was adopted evidence in a journey's record, for the competencies that it shows."""
    if edition.organisation_id != by.organisation_id:
        raise ValidationError({"edition": _("This belongs to another organization.")})
    if not competencies:
        raise ValidationError({"shows": _("Choose what this evidence shows.")})
    title = Truncator(_("%(title)s, edition %(number)d") % {"title": edition.title, "number": edition.number})
    piece = Piece(
        kind=Evidence.Kind.ADOPTED,
        mark=mark or Mark.DOCUMENT.value,
        title=title.chars(200),
        happened_on=edition.adopted_on,
        kept_above=True,
        shows=tuple(map(Shows, competencies)),
        why=why,
    )
    evidence = bring_evidence(record=record, piece=piece, by=by)
    EditionShown.objects.create(organisation_id=edition.organisation_id, evidence=evidence, edition=edition)
    return evidence
