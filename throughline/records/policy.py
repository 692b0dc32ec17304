"""Who may see a record and bring evidence to it.

Staff who work on the journey see their organisation's own and its groups' records; rooms above add others (those who
sit on a journey's team) through `also_visible`. A learner's record is never opened by these rules.
"""

from collections.abc import Callable

from django.db.models import Q

from throughline.schools.models import Role
from throughline.schools.tenant import Seat

STAFF = (Role.LEAD, Role.TEAM, Role.EDUCATOR, Role.REGISTRAR, Role.DISTRICT_LEAD, Role.NETWORK_STAFF)

_more: list[Callable[[Seat], Q]] = []


def also_visible(rule: Callable[[Seat], Q]) -> Callable[[Seat], Q]:
    """Register another reason to see a record: a condition on `Record`."""
    _more.append(rule)
    return rule


def visible_records(seat: Seat) -> Q:
    """The condition on `Record` that keeps what this person may see."""
    seen = Q(learner__isnull=True) if seat.has(*STAFF) else Q(pk__in=[])
    for rule in _more:
        seen |= rule(seat)
    return Q(organisation=seat.organisation) & seen
