"""What each role can do here today, and what will come to it, in a sentence or two. Only what is true."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.schools.models import Organisation, Role
from throughline.schools.tenant import Seat

TODAY: dict[Role, str | Promise] = {
    Role.LEAD: _(
        "You look after this organization: who belongs, which journeys run, when a round opens and closes."
    ),
    Role.TEAM: _("You rate, agree and choose priorities with the others, and you can start a journey."),
    Role.BOARD: _(
        "You can sit on a journey’s team, with the same weight as everyone. What a journey has found comes to you "
        "as a page to read in a few minutes, once it is shared with the board."
    ),
    Role.EDUCATOR: _("You can start a journey for your own class or subject without waiting for the school."),
    Role.LEARNER: _(
        "When a team asks how you see it, your view weighs as much as anybody’s. Your own credits and evidence will "
        "have their place here later; they will belong to you."
    ),
    Role.FAMILY: _(
        "When your view is asked, it stands here and takes minutes. Later this page will tell you in plain words what "
        "changes for your child this year and what does not."
    ),
    Role.ALUMNUS: _(
        "How you fared after leaving is news that the school needs. When a team asks for it, the question stands here."
    ),
    Role.COMMUNITY: _(
        "When the school asks for your view, or for a place on a journey’s team, it stands here. You will hear what came of it."
    ),
    Role.REGISTRAR: _(
        "You see every journey here and can bring evidence. Issuing transcripts will have its place here later."
    ),
    Role.DISTRICT_LEAD: _(
        "You look after the district and its own journey. What its schools choose to share stands under Schools, side "
        "by side and without a ranking."
    ),
    Role.NETWORK_STAFF: _(
        "You look after the network: who belongs and who asks to. What its members choose to share stands under Schools, "
        "side by side and without a ranking."
    ),
}


def today_for(seat: Seat) -> list[str]:
    """What this person is here for, role by role in the usual order; looking after is said once."""
    held = [role for role in Role if role.value in seat.roles]
    if seat.organisation.kind != Organisation.Kind.SCHOOL and len(held) > 1:
        held = [role for role in held if role is not Role.LEAD] or held
    return [str(TODAY[role]) for role in held]
