"""What each role can do here, in a sentence or two. Only what is true today."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.schools.models import Organisation, Role
from throughline.schools.tenant import Seat

TODAY: dict[Role, str | Promise] = {
    Role.LEAD: _("You run things here: you invite people, start journeys, and open and close rounds."),
    Role.TEAM: _("You rate, agree, and choose priorities with the team, and you can start a journey."),
    Role.BOARD: _(
        "Results shared with the board show up here as a page you can read in a few minutes. If you’re on a journey’s "
        "team, your view counts as much as anyone’s."
    ),
    Role.EDUCATOR: _(
        "You can start a journey for your own class or subject without waiting for the whole school."
    ),
    Role.LEARNER: _(
        "When a team asks how you see your school, the request shows up here. Your view counts as much as anyone’s."
    ),
    Role.FAMILY: _(
        "When the school asks for your view, the request shows up here. Your view counts as much as anyone’s, and you "
        "can answer on a phone."
    ),
    Role.ALUMNUS: _(
        "How things went after you left is something the school needs to hear. When a team asks, the request shows up here."
    ),
    Role.COMMUNITY: _(
        "When the school asks for your view or invites you onto a journey’s team, the request shows up here."
    ),
    Role.REGISTRAR: _("You can see every journey here and add evidence to it."),
    Role.DISTRICT_LEAD: _(
        "You look after the district and its own journey. What schools choose to share with you is under Schools, "
        "side by side and never ranked."
    ),
    Role.NETWORK_STAFF: _(
        "You look after the network and who belongs to it. What members choose to share with you is under Schools, "
        "side by side and never ranked."
    ),
}


def today_for(seat: Seat) -> list[str]:
    """What this person is here for, role by role in the usual order; looking after is said once."""
    held = [role for role in Role if role.value in seat.roles]
    if seat.organisation.kind != Organisation.Kind.SCHOOL and len(held) > 1:
        held = [role for role in held if role is not Role.LEAD] or held
    return [str(TODAY[role]) for role in held]
