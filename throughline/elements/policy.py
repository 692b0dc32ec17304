"""Who may see, discuss and write an element, and who decides about it.

Staff see and discuss every draft; leads and the leadership team write. Everyone else sees the one element that they
were invited to (`Participant`), and what is in force.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from throughline.elements.models import Element, May, Participant, Stage, StageChange
from throughline.kit import clock
from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.schools.models import Membership, Role
from throughline.schools.policy import keeps
from throughline.schools.tenant import Seat

STAFF = (
    Role.LEAD,
    Role.TEAM,
    Role.EDUCATOR,
    Role.REGISTRAR,
    Role.BOARD,
    Role.DISTRICT_LEAD,
    Role.NETWORK_STAFF,
)
WRITERS = frozenset({Role.LEAD.value, Role.TEAM.value, Role.DISTRICT_LEAD.value, Role.NETWORK_STAFF.value})
# In these stages every member reads what stands: the edition, not the draft.
FOR_ALL = (Stage.ADOPTED, Stage.IN_FORCE)


@dataclass(frozen=True, slots=True)
class Part:
    """A member's part in one element: `may` is what an invitation to it allows, empty without one."""

    element: Element
    member: Membership
    may: str = ""


def visible_elements(seat: Seat) -> Q:
    """The condition on `Element` that keeps what this person may see of an organisation."""
    ours = Q(organisation=seat.organisation)
    if seat.has(*STAFF):
        return ours
    invited = Participant.objects.filter(
        organisation=seat.organisation,
        element=OuterRef("pk"),
        membership=seat.membership,
        ended_at__isnull=True,
    )
    return ours & (Q(stage__in=FOR_ALL) | Q(Exists(invited)) | _holds(seat))


def _holds(seat: Seat) -> Q:
    """An edition is in force, whatever has become of the draft since (as `adopting.stages.in_force` says it)."""
    told = StageChange.objects.filter(
        organisation=seat.organisation,
        element=OuterRef("pk"),
        stage__in=(Stage.IN_FORCE, Stage.SUPERSEDED),
        on__lte=clock.today(),
    ).order_by("-on", "-at", "-pk")
    return Q(Exact(Subquery(told.values("stage")[:1]), Value(Stage.IN_FORCE.value)))


_NOT_IN = refuse(_("Only people who belong to this organization can do this."))


def _inside(part: Part) -> bool:
    return part.member.is_active and part.member.organisation_id == part.element.organisation_id


def _is_staff(member: Membership) -> bool:
    return not member.roles.isdisjoint({role.value for role in STAFF})


def may_see_draft(part: Part) -> Verdict:
    """The text as it is being written, its discussion and its history."""
    if _inside(part) and (_is_staff(part.member) or part.may):
        return ALLOWED
    return refuse(_("Only staff and those invited to this element can see its draft."))


def may_comment(part: Part) -> Verdict:
    """Comment, answer, and suggest other words."""
    if _inside(part) and (_is_staff(part.member) or part.may in {May.COMMENT.value, May.WRITE.value}):
        return ALLOWED
    return refuse(_("Only staff and those invited to comment can do this."))


def may_write(part: Part) -> Verdict:
    """Change the text, its items and its outline."""
    if _inside(part) and (not part.member.roles.isdisjoint(WRITERS) or part.may == May.WRITE.value):
        return ALLOWED
    return refuse(_("Only leads, the leadership team and those invited to write can change this element."))


def may_begin(member: Membership) -> Verdict:
    """Begin an element, invite people to it, and change its template."""
    if member.is_active and not member.roles.isdisjoint(WRITERS):
        return ALLOWED
    return refuse(_("Only leads and the leadership team can begin an element and invite people to it."))


def may_invite(element: Element, by: Membership) -> Verdict:
    """Say who else takes part in an element."""
    return may_begin(by) if by.organisation_id == element.organisation_id else _NOT_IN


def may_decide(part: Part) -> Verdict:
    """Propose, open a consultation, adopt, publish, return to drafting."""
    if _inside(part) and keeps(part.member):
        return ALLOWED
    return refuse(_("Only the leads of this organization can decide what becomes of an element."))
