"""Who may settle what was said, and change their own words."""

from django.utils.translation import gettext_lazy as _

from throughline.elements.models import Remark, Thread
from throughline.elements.policy import Part, may_comment, may_write
from throughline.kit.verdict import ALLOWED, Verdict, refuse


def may_settle(part: Part, thread: Thread) -> Verdict:
    """Resolve a conversation or open it again: whoever began it, and those who write."""
    if may_write(part):
        return ALLOWED
    allowed = may_comment(part)
    if allowed and thread.begun_by_id != part.member.pk:
        return refuse(_("Only those who began this conversation and those who write the text can do this."))
    return allowed


def may_change_remark(part: Part, remark: Remark) -> Verdict:
    """Change or remove what one said."""
    allowed = may_comment(part)
    if allowed and (remark.by_id != part.member.pk or remark.voice):
        return refuse(_("Only the person who wrote this can change or remove it."))
    return allowed
