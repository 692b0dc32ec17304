"""Verbs: who is whose guardian."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.rosters.classes.checking import keeper, own
from throughline.rosters.models import Guardianship
from throughline.schools.log import note
from throughline.schools.models import Membership, Role, RoleHolding


def _holds(member: Membership, role: Role) -> bool:
    held = RoleHolding.objects.filter(organisation=member.organisation_id, membership=member, role=role.value)
    return member.left_at is None and held.exists()


@transaction.atomic
def add_guardian(
    *, learner: Membership, guardian: Membership, by: Membership, from_on: date | None = None
) -> Guardianship:
    """A family member is a learner's guardian from a day on (today). Safe to repeat."""
    by = keeper(by)
    learner, guardian = own(by, learner), own(by, guardian)
    if not _holds(learner, Role.LEARNER):
        raise ValidationError({"learner": _("%(name)s is not a learner here.") % {"name": learner.name}})
    if learner.pk == guardian.pk or not _holds(guardian, Role.FAMILY):
        raise ValidationError(
            {"guardian": _("%(name)s is not a family member here.") % {"name": guardian.name}}
        )
    row, made = Guardianship.objects.get_or_create(
        organisation_id=by.organisation_id,
        learner=learner,
        guardian=guardian,
        until_on=None,
        defaults={"from_on": from_on or clock.today()},
    )
    if made:
        note("roster.guardian-added", by=by, subject=row, name=learner.name, guardian=guardian.name)
    return row


@transaction.atomic
def end_guardianship(*, guardianship: Guardianship, by: Membership) -> Guardianship:
    """From now on they see nothing of this learner any more. Safe to repeat."""
    by = keeper(by)
    row, today = own(by, guardianship), clock.today()
    if row.until_on is None or row.until_on > today:
        row.until_on = max(today, row.from_on)
        if row.from_on > today:
            row.from_on = row.until_on = today
        row.save(update_fields=["from_on", "until_on"])
        names = {"name": row.learner.name, "guardian": row.guardian.name}
        note("roster.guardian-ended", by=by, subject=row, **names)
    return row
