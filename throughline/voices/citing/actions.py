"""Making what people said evidence in a journey's record, frozen as it may be shown."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from throughline.frameworks.tree import tree
from throughline.kit import clock
from throughline.records.evidence.actions import Piece, Shows, bring_evidence
from throughline.records.models import Evidence, Mark, Record
from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.voices.citing.frozen import frozen, result_content, says_nothing, talk_content
from throughline.voices.citing.policy import is_citable, may_cite
from throughline.voices.figures.queries import figures_of
from throughline.voices.groups import BY_CODE
from throughline.voices.models import Cited, Conversation, Listening

USUAL_MARK = str(Mark.EFFECT.value)  # what came of it, as those say who live with it


@transaction.atomic
def cite_result(
    *,
    listening: Listening,
    competency: str,
    record: Record,
    competencies: Collection[UUID],
    by: Membership,
    mark: str = USUAL_MARK,
    why: str = "",
    recheck_on: date | None = None,
) -> Evidence:
    """Make what a listening says about a competency (its code) evidence for some of a record. Raises `ValidationError`."""
    may_cite(by).enforce()
    _here(by, listening.organisation_id, record.organisation_id)
    is_citable(listening).enforce()
    figures = figures_of(listening)
    content = result_content(figures, competency, name_of(listening, competency)) if figures else None
    if content is None or says_nothing(content):
        raise ValidationError(_("Nothing may be shown about this competency: too few answered."))
    title = title_of_result(listening, content["name"])
    closed = listening.closed_at.date() if listening.closed_at else clock.today()
    piece = _piece(title, closed, competencies, mark, why, recheck_on)
    return _cited(piece, record, by, content, listening=listening)


@transaction.atomic
def cite_conversation(
    *,
    conversation: Conversation,
    record: Record,
    competencies: Collection[UUID],
    by: Membership,
    mark: str = USUAL_MARK,
    why: str = "",
    recheck_on: date | None = None,
) -> Evidence:
    """Make the note of a conversation evidence for some of a record. Raises `ValidationError`."""
    may_cite(by).enforce()
    _here(by, conversation.organisation_id, record.organisation_id)
    is_citable(conversation).enforce()
    title = title_of_talk(conversation)
    piece = _piece(title, conversation.held_on, competencies, mark, why, recheck_on)
    return _cited(piece, record, by, talk_content(conversation), conversation=conversation)


def name_of(listening: Listening, competency: str) -> str:
    """What a competency is called in the framework of the listening's journey; its code where that has none."""
    known = tree(listening.journey.record.version_id).competencies
    return next((each.name for each in known if each.code == competency), competency)


def title_of_result(listening: Listening, name: str) -> str:
    """What the evidence is called."""
    return _("%(listening)s: %(competency)s") % {"listening": listening.title, "competency": name}


def title_of_talk(conversation: Conversation) -> str:
    """What the evidence is called."""
    return _("A conversation with: %(group)s") % {"group": str(BY_CODE[conversation.group].name)}


def _here(by: Membership, *organisations: UUID) -> None:
    if any(each != by.organisation_id for each in organisations):
        raise ValidationError(_("Choose something of this organization."))


def _piece(
    title: str, on: date, shows: Collection[UUID], mark: str, why: str, recheck_on: date | None
) -> Piece:
    errors = {}
    if not shows:
        errors["shows"] = _("Choose what this evidence shows.")
    if recheck_on is not None and recheck_on <= clock.today():
        errors["recheck_on"] = _("Choose a day that is still to come.")
    if errors:
        raise ValidationError(errors)
    return Piece(
        kind=Evidence.Kind.HEARD,
        mark=mark,
        title=Truncator(title).chars(200),
        happened_on=min(on, clock.today()),
        kept_above=True,
        recheck_on=recheck_on,
        shows=tuple(map(Shows, shows)),
        why=why,
    )


def _cited(piece: Piece, record: Record, by: Membership, content: dict[str, Any], **what: Any) -> Evidence:
    evidence = bring_evidence(record=record, piece=piece, by=by)
    kept, digest = frozen(content)
    Cited.objects.create(
        organisation_id=by.organisation_id, evidence=evidence, content=kept, digest=digest, **what
    )
    note("voices.cited", by=by, subject=evidence, title=evidence.title)
    return evidence
