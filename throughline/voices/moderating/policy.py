"""Who reads what somebody wrote in their own words, and when: the reader of children's words, a moderator, the team."""

from django.utils.translation import gettext_lazy as _

from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.schools.models import Role
from throughline.voices.models import Listening
from throughline.voices.policy import Part, may_run, results_open


def may_look_after(part: Part) -> Verdict:
    """Read what children wrote while the listening runs: the one adult who was named for it, nobody else."""
    member = part.member
    if part.listening.reader_id != member.pk or not member.is_active:
        return refuse(
            _(
                "Only the person who was named as reader sees what children wrote before it was moderated, so that they can write freely."
            )
        )
    if part.listening.state == Listening.State.DRAFT:
        return refuse(_("Nobody has written anything yet: the listening is not open."))
    return ALLOWED


def may_moderate(part: Part) -> Verdict:
    """Take names and harm out before the team reads: adults who run the listening, once its results are open.

    Not sooner: who moderates may be among those who rate, and nobody should rate what others said.
    """
    if Role.LEARNER.value in part.member.roles:
        return refuse(_("Learners do not moderate: what others wrote may weigh on them."))
    if not (allowed := may_run(part)):
        return allowed
    if part.listening.state != Listening.State.CLOSED or part.listening.keep_until is None:
        return refuse(_("What people wrote is held until the listening is closed."))
    if part.listening.forgotten_at is not None:
        return refuse(_("What people wrote was deleted on its day."))
    return results_open(part.listening)


def may_read_words(part: Part) -> Verdict:
    """Read what was moderated: whoever sees the listening, once its results are open."""
    return results_open(part.listening)
