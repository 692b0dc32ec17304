"""Who may compose a listening, run it and see what came of it.

Staff see that a listening is held and what may be shown of it. Leads and the leadership team run it. Whoever was made
its host, be they learner or family, composes, tries it out and reads it with the team.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.schools.models import Membership, Role
from throughline.schools.tenant import Seat
from throughline.voices.models import Host, Listening

STAFF = (
    Role.LEAD,
    Role.TEAM,
    Role.EDUCATOR,
    Role.REGISTRAR,
    Role.BOARD,
    Role.DISTRICT_LEAD,
    Role.NETWORK_STAFF,
)
RUNNERS = frozenset({Role.LEAD.value, Role.TEAM.value, Role.DISTRICT_LEAD.value, Role.NETWORK_STAFF.value})


@dataclass(frozen=True, slots=True)
class Part:
    """A member's part in one listening; `hosts` says whether they were made one of its hosts."""

    listening: Listening
    member: Membership
    hosts: bool = False

    @property
    def runs(self) -> bool:
        """Leads and the leadership team of the same organisation."""
        here = self.member.is_active and self.member.organisation_id == self.listening.organisation_id
        return here and not self.member.roles.isdisjoint(RUNNERS)


def visible_listenings(seat: Seat) -> Q:
    """The condition on `Listening` that keeps what this person may see."""
    ours = Q(organisation=seat.organisation)
    if seat.has(*STAFF):
        return ours
    hosts = Host.objects.filter(
        organisation=seat.organisation, listening=OuterRef("pk"), membership=seat.membership
    )
    return ours & (Q(Exists(hosts)) | Q(reader=seat.membership))


def may_see_listenings(seat: Seat) -> Verdict:
    """The list of listenings: staff, who see all, and anybody else for those that they host."""
    if seat.has(*STAFF):
        return ALLOWED
    return refuse(_("Only staff and the hosts of a listening see it here."))


def may_begin(by: Membership) -> Verdict:
    """Begin a listening."""
    if by.is_active and not by.roles.isdisjoint(RUNNERS):
        return ALLOWED
    return refuse(_("Only leads and the leadership team can begin a listening."))


def may_run(part: Part) -> Verdict:
    """Open, pause, extend and close it; give out codes; choose its hosts and its reader; publish what was said and done."""
    if not part.runs:
        return refuse(_("Only leads and the leadership team can run a listening."))
    if part.listening.archived_at:
        return refuse(_("This listening is put away."))
    return ALLOWED


def results_open(listening: Listening) -> Verdict:
    """Results open when the listening is closed and counted, and with a round no sooner than the team's own spread."""
    if listening.state != Listening.State.CLOSED or listening.keep_until is None:
        return refuse(_("Results open when the listening is closed."))
    if listening.round is not None and listening.round.spread_opened_at is None:
        return refuse(
            _("Results open with the team’s own spread, not before: nobody should rate what others said.")
        )
    return ALLOWED


def may_compose(part: Part) -> Verdict:
    """Choose and word its questions while it is being composed: who runs it and its hosts."""
    here = part.member.is_active and part.member.organisation_id == part.listening.organisation_id
    if not (part.runs or (here and part.hosts)):
        return refuse(_("Only the hosts of this listening and the leadership team compose it."))
    if part.listening.state != Listening.State.DRAFT:
        return refuse(
            _("The questions are fixed once a listening was opened, so that all answers mean the same.")
        )
    return ALLOWED


def may_write_replies(part: Part) -> Verdict:
    """Write what was heard and what follows, once a listening is closed: who runs it and its hosts."""
    here = part.member.is_active and part.member.organisation_id == part.listening.organisation_id
    if not (part.runs or (here and part.hosts)):
        return refuse(_("Only the hosts of this listening and the leadership team write what came of it."))
    if part.listening.state != Listening.State.CLOSED:
        return refuse(_("What came of a listening is written when it is closed."))
    if part.listening.archived_at:
        return refuse(_("This listening is put away."))
    return results_open(
        part.listening
    )  # a reply would tell what the team should not read before its own spread


def may_put_away(part: Part) -> Verdict:
    """Put a closed listening away, or bring it back."""
    if not part.runs:
        return refuse(_("Only leads and the leadership team put a listening away or bring it back."))
    if part.listening.state != Listening.State.CLOSED:
        return refuse(_("A listening can be put away when it is closed."))
    return ALLOWED
