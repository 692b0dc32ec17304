"""Making a part of the plan evidence in a journey's record, frozen as it stands."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.plans.citing.frozen import Citable, frozen, name_of
from throughline.plans.citing.policy import is_citable, may_cite
from throughline.plans.models import Action, Cited, Cycle, Measure, PolicyRevision
from throughline.records.evidence.actions import Piece, Shows, bring_evidence
from throughline.records.models import Evidence, Mark, Record
from throughline.schools.log import note
from throughline.schools.models import Membership


@transaction.atomic
def cite_part(
    *,
    part: Citable,
    record: Record,
    competencies: Collection[UUID],
    by: Membership,
    mark: str = "",
    why: str = "",
    recheck_on: date | None = None,
    until: date | None = None,
) -> Evidence:
    """Make it evidence for these competencies. A measure is cited with its values up to a day. Raises `ValidationError`.

    From `recheck_on` on, the record says that somebody should look again.
    """
    may_cite(by).enforce()
    if by.organisation_id not in (part.organisation_id,) or record.organisation_id != by.organisation_id:
        raise ValidationError(_("Choose something of this plan."))
    is_citable(part).enforce()
    day = until or clock.today()
    errors = {}
    if not competencies:
        errors["shows"] = _("Choose what this evidence shows.")
    if day > clock.today():
        errors["until"] = _("This day hasn’t come yet.")
    if recheck_on is not None and recheck_on <= clock.today():
        errors["recheck_on"] = _("Choose a day that is still to come.")
    content, digest = frozen(part, day)
    if isinstance(part, Measure) and not content["values"]:
        errors["until"] = _("There is no value up to this day.")
    if errors:
        raise ValidationError(errors)
    piece = Piece(
        kind=Evidence.Kind.PLANNED,
        mark=mark or usual_mark(part),
        title=Truncator(title_of(part)).chars(200),
        happened_on=happened_on(part, content["values"][-1][0] if isinstance(part, Measure) else ""),
        kept_above=True,
        recheck_on=recheck_on,
        shows=tuple(map(Shows, competencies)),
        why=why,
    )
    evidence = bring_evidence(record=record, piece=piece, by=by)
    Cited.objects.create(
        organisation_id=by.organisation_id,
        evidence=evidence,
        content=content,
        digest=digest,
        **{name_of(part): part},
    )
    note("plan.cited", by=by, subject=evidence, title=evidence.title)
    return evidence


def usual_mark(part: Citable) -> str:
    """What kind of showing it usually is: a policy is a document, the others show what people do or what came of it."""
    if isinstance(part, PolicyRevision):
        return str(Mark.DOCUMENT.value)
    return str(Mark.EFFECT.value if isinstance(part, Measure) else Mark.PRACTICE.value)


def title_of(part: Citable) -> str:
    """What the evidence is called."""
    match part:
        case Cycle():
            return _("%(title)s, cycle %(number)d") % {"title": part.test.title, "number": part.number}
        case PolicyRevision():
            return _("%(title)s, revision %(number)d") % {"title": part.policy.title, "number": part.number}
        case _:
            return part.title


def happened_on(part: Citable, last_value: str) -> date:
    """The day that the evidence is about."""
    match part:
        case Action():
            return part.state_on or clock.today()
        case Cycle():
            return part.ended_on or clock.today()
        case PolicyRevision():
            return part.adopted_on or clock.today()
        case _:
            return date.fromisoformat(last_value)
