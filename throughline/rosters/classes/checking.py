"""What the verbs of this room share."""

from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from throughline.rosters.policy import may_keep_rosters
from throughline.schools.actions.common import lock_organisation
from throughline.schools.models import Membership, TenantModel
from throughline.schools.policy import NOT_IN
from throughline.schools.queries import fresh

Row = TypeVar("Row", bound=TenantModel)


def keeper(by: Membership) -> Membership:
    """Whoever acts, as they are now; changes of a school's rosters are put in one order. Raises `Refused`."""
    lock_organisation(by.organisation_id)
    by = fresh(by)
    may_keep_rosters(by).enforce()
    return by


def own(by: Membership, row: Row) -> Row:
    """A row as it is now. Raises `Refused` when it belongs to another organisation."""
    if row.organisation_id != by.organisation_id:
        NOT_IN.enforce()
    model = type(row)
    return model._default_manager.get(pk=row.pk, organisation=by.organisation_id)


def check_span(starts_on: date, ends_on: date, field: str = "ends_on") -> None:
    """Raise an error unless the end comes after the start."""
    if ends_on <= starts_on:
        raise ValidationError({field: _("The end has to come after the start.")})
