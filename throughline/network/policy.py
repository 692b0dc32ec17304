"""Who may share, with whom, who may take it back, and who reads what others share."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from throughline.activity.mail import letters_go_out
from throughline.journeys.policy import Place, may_run
from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.network.models import OUTSIDE, Audience
from throughline.records.policy import STAFF
from throughline.schools.models import Organisation, Role
from throughline.schools.tenant import Seat

# Who reads, in a district or network, what its schools share with it.
READERS_OF_OTHERS = (Role.LEAD, Role.TEAM, Role.BOARD, Role.DISTRICT_LEAD, Role.NETWORK_STAFF)


def may_share(place: Place) -> Verdict:
    """Show a closed round to people of the organisation: those who run the journey."""
    return may_run(place)


def may_share_outside(place: Place) -> Verdict:
    """Show it to a district, a network or by link: those who look after the whole organisation."""
    running = may_run(place)
    if not running:
        return running
    if place.seat.is_lead:
        return ALLOWED
    return refuse(
        _("Only the leads of this organization can share outside it: with a district or network, or by link.")
    )


def may_share_with(place: Place, audience: str) -> Verdict:
    """The rule for this audience."""
    return may_share_outside(place) if audience in OUTSIDE else may_share(place)


def may_withdraw(place: Place, audience: str) -> Verdict:
    """Whoever may share takes back, also when the journey has been put away; the leads take back everything."""
    if place.seat.is_lead or (place.runs and audience not in OUTSIDE):
        return ALLOWED
    return refuse(_("Only the leads of this organization and whoever runs the journey can withdraw this."))


def audiences_of(seat: Seat) -> list[str]:
    """The audiences inside the organisation to which this person belongs."""
    found = [Audience.PEOPLE.value]
    if seat.has(*STAFF):
        found.append(Audience.STAFF.value)
    if seat.has(Role.BOARD):
        found.append(Audience.BOARD.value)
    return found


def may_read_of_others(seat: Seat) -> Verdict:
    """In a district or network: its leads, staff, leadership team and board."""
    if seat.has(*READERS_OF_OTHERS):
        return ALLOWED
    return refuse(
        _("Only the leads, the team and the board of this organization can read what schools share with it.")
    )


def reads_of_schools(seat: Seat) -> bool:
    """Whether this is a district or network, and this person one of those who read what its schools share."""
    return seat.organisation.kind != Organisation.Kind.SCHOOL and bool(may_read_of_others(seat))


def may_ask_schools(seat: Seat) -> Verdict:
    """Write to a school for another one: those who look after the district or network, and only where email goes out.

    In the demo nothing goes out, as its pages say, and writing can be tried.
    """
    if not seat.is_lead:
        return refuse(_("Only the leads of this organization can write to its schools."))
    if not (letters_go_out() or settings.DEMO):
        return refuse(
            _(
                "This site doesn’t send email, so a message wouldn’t arrive. Get in touch with the school directly."
            )
        )
    return ALLOWED
