"""Who holds a conversation and writes it down, and who reads it."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.schools.models import Membership
from throughline.schools.tenant import Seat
from throughline.voices.models import Conversation, Host, Listening
from throughline.voices.policy import RUNNERS, STAFF, Part

_STAFF = frozenset(role.value for role in STAFF)


def may_see_conversations(part: Part) -> Verdict:
    """The conversations beside a listening: staff and its hosts."""
    return may_write(part.member, hosts=part.hosts)


def visible_conversations(seat: Seat) -> Q:
    """The condition on `Conversation` that keeps what this person may read.

    One's own always. Of a listening, once its results are open: what others said should change nobody's rating.
    """
    closed = Q(listening__state=Listening.State.CLOSED, listening__keep_until__isnull=False)
    spread = Q(listening__round__isnull=True) | Q(listening__round__spread_opened_at__isnull=False)
    opened = Q(listening__isnull=True) | (closed & spread)
    hosts = Host.objects.filter(
        organisation=seat.organisation, listening=OuterRef("listening"), membership=seat.membership
    )
    sees = opened if seat.has(*STAFF) else opened & Q(Exists(hosts))
    return Q(organisation=seat.organisation) & (Q(made_by=seat.membership) | sees)


def may_write(by: Membership, *, hosts: bool = False) -> Verdict:
    """Write down a conversation: staff; with a listening its hosts too, be they learner or family."""
    if by.is_active and (hosts or not by.roles.isdisjoint(_STAFF)):
        return ALLOWED
    return refuse(_("Only staff and the hosts of a listening write down conversations."))


def may_change(conversation: Conversation, by: Membership) -> Verdict:
    """Change what was written down: who wrote it, leads and the leadership team. What was cited stays as it was."""
    here = by.is_active and by.organisation_id == conversation.organisation_id
    if here and (conversation.made_by_id == by.pk or not by.roles.isdisjoint(RUNNERS)):
        return ALLOWED
    return refuse(_("Only who wrote it down, leads and the leadership team can change it."))
