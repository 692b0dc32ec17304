"""Verbs: the tie of a school to a district or network (or of a district to a network), real once both have agreed.

Each act is written to the log of both organisations. A tie gives neither side a right to read anything.
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from throughline.activity.actions import record
from throughline.kit import clock
from throughline.kit.text import clean_line
from throughline.kit.verdict import refuse
from throughline.schools.letters import queue_affiliation_question
from throughline.schools.models import Affiliation, Membership, Organisation
from throughline.schools.policy import may_affiliate, may_join
from throughline.schools.queries import fresh, leads_of


@transaction.atomic
def ask_affiliation(*, by: Membership, short_name: str) -> Affiliation:
    """Ask another organisation, named by its short name. Which side joins which follows from their kinds.

    When the other side has asked already, this agrees. When we have asked already, nothing changes.
    """
    by = fresh(by)
    may_affiliate(by).enforce()
    mine = by.organisation
    other = _organisation_named(short_name)
    member, to = (mine, other) if may_join(mine, other) else (other, mine)
    verdict = may_join(member, to)
    if not verdict:
        raise ValidationError({"short_name": str(may_join(mine, other).reason)})
    standing = Affiliation.objects.filter(organisation=member, to=to, ended_at__isnull=True).first()
    if standing is not None:
        return standing if _has_asked(standing, mine) else agree_affiliation(by=by, affiliation=standing)
    try:
        with transaction.atomic():
            tie = Affiliation.objects.create(
                organisation=member, to=to, asked_by_member=member.pk == mine.pk, asked_at=clock.now()
            )
    except IntegrityError:  # both sides asked in the same moment
        raise ValidationError(
            {"short_name": _("%(name)s has just asked you. See below.") % {"name": other.name}}
        ) from None
    _tell_both("affiliation.asked", by, tie)
    for lead in leads_of(other):
        queue_affiliation_question(tie, lead=lead, asked_by=mine, asked=other)
    return tie


def _organisation_named(short_name: str) -> Organisation:
    slug = clean_line(short_name).lower().rstrip("/").rpartition("/")[2]
    found = Organisation.objects.filter(slug=slug).first() if slug else None
    if found is None:
        raise ValidationError(
            {"short_name": _("No organization here has this short name. Ask their lead for it.")}
        )
    return found


def _has_asked(tie: Affiliation, side: Organisation) -> bool:
    return (tie.organisation_id == side.pk) == tie.asked_by_member


def _tell_both(verb: str, by: Membership, tie: Affiliation) -> None:
    for organisation_id in (tie.organisation_id, tie.to_id):
        record(
            verb,
            organisation_id=organisation_id,
            actor_id=by.pk,
            actor_name=by.name,
            subject=tie,
            member=tie.organisation.name,
            to=tie.to.name,
        )


def _standing(by: Membership, affiliation: Affiliation) -> tuple[Membership, Affiliation]:
    by = fresh(by)
    may_affiliate(by).enforce()
    tie = (
        Affiliation.objects.select_for_update(of=("self",))
        .select_related("organisation", "to")
        .get(pk=affiliation.pk)
    )
    if by.organisation_id not in (tie.organisation_id, tie.to_id):
        refuse(_("This is between two other organizations.")).enforce()
    return by, tie


@transaction.atomic
def agree_affiliation(*, by: Membership, affiliation: Affiliation) -> Affiliation:
    """The side that was asked says yes. Safe to repeat."""
    by, tie = _standing(by, affiliation)
    if tie.ended_at is not None:
        raise ValidationError(_("This request has already been answered or taken back."))
    if tie.agreed_at is None:
        if _has_asked(tie, by.organisation):
            raise ValidationError(_("Only the other side can agree to your request."))
        tie.agreed_at = clock.now()
        tie.save(update_fields=["agreed_at"])
        _tell_both("affiliation.agreed", by, tie)
    return tie


@transaction.atomic
def decline_affiliation(*, by: Membership, affiliation: Affiliation) -> Affiliation:
    """The side that was asked says no, or the side that asked takes it back. Safe to repeat."""
    by, tie = _standing(by, affiliation)
    if tie.ended_at is None:
        if tie.agreed_at is not None:
            raise ValidationError(_("Both sides have already agreed. You can end the connection."))
        tie.ended_at = clock.now()
        tie.save(update_fields=["ended_at"])
        taken_back = _has_asked(tie, by.organisation)
        _tell_both("affiliation.taken-back" if taken_back else "affiliation.declined", by, tie)
    return tie


@transaction.atomic
def end_affiliation(*, by: Membership, affiliation: Affiliation) -> Affiliation:
    """Either side ends a tie at any time, without giving a reason. Safe to repeat."""
    by, tie = _standing(by, affiliation)
    if tie.ended_at is None:
        if tie.agreed_at is None:
            return decline_affiliation(by=by, affiliation=tie)
        tie.ended_at = clock.now()
        tie.save(update_fields=["ended_at"])
        _tell_both("affiliation.ended", by, tie)
    return tie
