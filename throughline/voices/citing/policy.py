"""Who may make what people said evidence: staff, once they may read it; whether they may bring it, the record says."""

from django.utils.translation import gettext_lazy as _

from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.schools.models import Membership
from throughline.voices.models import Conversation, Listening
from throughline.voices.policy import STAFF, results_open

_STAFF = frozenset(role.value for role in STAFF)


def may_cite(by: Membership) -> Verdict:
    """Staff, who see every listening."""
    if by.is_active and not by.roles.isdisjoint(_STAFF):
        return ALLOWED
    return refuse(_("Only staff can make what people said evidence."))


def is_citable(part: Listening | Conversation) -> Verdict:
    """A result once results are open; a conversation of a listening when that one’s results are."""
    listening = part if isinstance(part, Listening) else part.listening
    return results_open(listening) if listening is not None else ALLOWED
