"""Who may see a record, bring evidence to it, and take evidence back.

Staff who work on the journey see their organisation's own and its groups' records; a learner sees their own; rooms
above add others (those who sit on a journey's team) through `also_visible`. Who may *decide* is said by those rooms.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from throughline.kit.registry import Registry
from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.records.models import Evidence, Record
from throughline.schools.models import Membership, Role
from throughline.schools.tenant import Seat

STAFF = (Role.LEAD, Role.TEAM, Role.EDUCATOR, Role.REGISTRAR, Role.DISTRICT_LEAD, Role.NETWORK_STAFF)
WITHDRAWERS = (Role.LEAD, Role.TEAM)

_more = Registry[Callable[[Seat], Q]]()
also_visible = _more.add  # another reason to see a record: a condition on `Record`


def visible_records(seat: Seat, at: str = "") -> Q:
    """The condition on `Record` that keeps what this person may see; on what leads to a record by `at` (`journey__record`)."""
    seen = Q(learner=seat.membership)
    if seat.has(*STAFF):
        seen |= Q(learner__isnull=True)
    for rule in _more:
        seen |= rule(seat)
    found = Q(organisation=seat.organisation) & seen
    return _at(at, found) if at else found


def _at(path: str, condition: Q) -> Q:
    children: list[Any] = list(condition.children)
    parts = [_at(path, part) if isinstance(part, Q) else (f"{path}__{part[0]}", part[1]) for part in children]
    return Q(*parts, _connector=condition.connector, _negated=condition.negated)


def is_in(by: Membership, organisation_id: object) -> Verdict:
    """Whether someone belongs to an organisation now."""
    if by.is_active and by.organisation_id == organisation_id:
        return ALLOWED
    return refuse(_("Only people who belong to this organization can do this."))


def may_bring(record: Record, by: Membership) -> Verdict:
    """Whoever sees a record may bring evidence to it."""
    inside = is_in(by, record.organisation_id)
    if inside and not _sees(record, by):
        return refuse(_("Only people who can see this record can add evidence to it."))
    return inside


def may_share(evidence: Evidence, by: Membership) -> Verdict:
    """Evidence goes to another record by whoever sees its own; a learner's only by that learner."""
    learner = evidence.record.learner_id
    if learner and learner != by.pk:
        return refuse(_("Only the learner can add this evidence to another record."))
    return may_bring(evidence.record, by)


def may_withdraw(evidence: Evidence, by: Membership) -> Verdict:
    """Who brought it takes it back; so does a lead or someone of the leadership team who sees the record."""
    inside = is_in(by, evidence.organisation_id)
    if not inside or evidence.brought_by_id == by.pk:
        return inside
    if _seat(by).has(*WITHDRAWERS) and _sees(evidence.record, by):
        return ALLOWED
    return refuse(
        _("Only the person who added this evidence, a journey lead, or the leadership team can withdraw it.")
    )


def may_rework(evidence: Evidence, by: Membership) -> Verdict:
    """Only who brought it brings it again, as long as they see its record and it was not withdrawn."""
    inside = is_in(by, evidence.organisation_id)
    if not inside:
        return inside
    if evidence.brought_by_id != by.pk or not _sees(evidence.record, by):
        return refuse(_("Only the person who added this evidence can bring a newer edition of it."))
    if evidence.withdrawn_at:
        return refuse(_("This evidence has been withdrawn."))
    return ALLOWED


def may_open_file(evidence: Evidence, seat: Seat) -> bool:
    """Whether its file is shown to someone who sees the evidence; once withdrawn, to few. As `queries.visible_files`."""
    mine = evidence.brought_by_id == seat.membership.pk
    return evidence.withdrawn_at is None or mine or seat.has(*WITHDRAWERS)


def _sees(record: Record, by: Membership) -> bool:
    return Record.objects.filter(visible_records(_seat(by)), pk=record.pk).exists()


def _seat(by: Membership) -> Seat:
    return Seat(by, by.organisation, by.roles)
