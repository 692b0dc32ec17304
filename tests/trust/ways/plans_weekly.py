"""How each verb of the weekly meeting is called well."""

from tests.trust.theirs import Act, Theirs, way
from throughline.plans.models import WeeklyMeeting
from throughline.plans.weekly import actions


def meeting(their: Theirs) -> WeeklyMeeting:
    """The meeting of theirs that goes on."""
    return WeeklyMeeting.objects.get(organisation=their.realm.organisation, ended_at=None)


@way
def begin_meeting(their: Theirs) -> Act:
    actions.end_meeting(meeting=meeting(their), by=their.lead)
    return lambda by: actions.begin_meeting(by=by)


@way
def turn_to(their: Theirs) -> Act:
    held = meeting(their)
    return lambda by: actions.turn_to(meeting=held, part="soon", by=by)


@way
def write_decision(their: Theirs) -> Act:
    held = meeting(their)
    return lambda by: actions.write_decision(meeting=held, text="Ours", by=by)


@way
def write_step(their: Theirs) -> Act:
    held = meeting(their)
    return lambda by: actions.write_step(meeting=held, title="Ours", by=by)


@way
def end_meeting(their: Theirs) -> Act:
    held = meeting(their)
    return lambda by: actions.end_meeting(meeting=held, by=by)
