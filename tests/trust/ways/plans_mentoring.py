"""How each verb of mentoring is called well."""

from tests.trust.theirs import Act, Theirs, way
from throughline.kit import clock
from throughline.plans.mentoring import actions
from throughline.plans.models import Pair, PairNote
from throughline.schools.models import Membership, Role


def pair(their: Theirs) -> Pair:
    """A pair in which their lead is the mentor."""
    return Pair.objects.get(organisation=their.realm.organisation, mentor=their.lead)


def colleague(their: Theirs, role: Role = Role.REGISTRAR) -> Membership:
    """Somebody of their staff."""
    return Membership.objects.get(pk=their.realm.members[role].pk)


@way
def arrange_pair(their: Theirs) -> Act:
    one, two = colleague(their), colleague(their, Role.EDUCATOR)
    return lambda by: actions.arrange_pair(mentor=one, mentee=two, every_weeks=2, by=by)


@way
def propose_pair(their: Theirs) -> Act:
    other = colleague(their)
    return lambda by: actions.propose_pair(other=other, as_mentor=True, every_weeks=2, by=by)


@way
def agree_pair(their: Theirs) -> Act:
    proposed = actions.propose_pair(other=their.lead, as_mentor=True, every_weeks=2, by=colleague(their))
    return lambda by: actions.agree_pair(pair=proposed, by=by)


@way
def end_pair(their: Theirs) -> Act:
    held = pair(their)
    return lambda by: actions.end_pair(pair=held, by=by)


@way
def set_rhythm(their: Theirs) -> Act:
    held = pair(their)
    return lambda by: actions.set_rhythm(pair=held, every_weeks=5, by=by)


@way
def keep_meeting(their: Theirs) -> Act:
    held = pair(their)
    return lambda by: actions.keep_meeting(pair=held, on=clock.today(), text="Ours", by=by)


@way
def delete_pair_note(their: Theirs) -> Act:
    held = PairNote.objects.get(pair=pair(their))
    return lambda by: actions.delete_pair_note(pair_note=held, by=by)
