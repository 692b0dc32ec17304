"""How each verb of small tests is called well."""

from tests.trust.theirs import Act, Theirs, way
from throughline.plans.citing import actions as citing
from throughline.plans.cycles import actions
from throughline.plans.cycles.checking import Found, Idea, Trial
from throughline.plans.models import Cycle

IDEA, TRIAL, FOUND = Idea("Ours", "Ours?"), Trial("Ours", "Ours"), Found("Ours", "Ours", "Ours")


def cycle(their: Theirs) -> Cycle:
    """The newest cycle of a small test of theirs, which has not begun."""
    rows = Cycle.objects.filter(organisation=their.realm.organisation).select_related("test")
    return rows.latest("number")


def begun(their: Theirs) -> Cycle:
    """The same, begun by their lead."""
    held = actions.change_cycle(cycle=cycle(their), trial=TRIAL, by=their.lead)
    return actions.begin_cycle(cycle=held, by=their.lead)


@way
def add_test(their: Theirs) -> Act:
    idea = Idea("Ours", "Ours?", cycle(their).test.goal)
    return lambda by: actions.add_test(idea=idea, trial=TRIAL, by=by)


@way
def change_test(their: Theirs) -> Act:
    held = cycle(their).test
    return lambda by: actions.change_test(test=held, idea=IDEA, by=by)


@way
def change_cycle(their: Theirs) -> Act:
    held = cycle(their)
    return lambda by: actions.change_cycle(cycle=held, trial=TRIAL, by=by)


@way
def begin_cycle(their: Theirs) -> Act:
    held = actions.change_cycle(cycle=cycle(their), trial=TRIAL, by=their.lead)
    return lambda by: actions.begin_cycle(cycle=held, by=by)


@way
def say_found(their: Theirs) -> Act:
    held = begun(their)
    return lambda by: actions.say_found(cycle=held, found=FOUND, by=by)


@way
def end_cycle(their: Theirs) -> Act:
    held = begun(their)
    return lambda by: actions.end_cycle(cycle=held, found=FOUND, outcome="adopt", by=by)


@way
def try_again(their: Theirs) -> Act:
    held = actions.end_cycle(cycle=begun(their), found=FOUND, outcome="adopt", by=their.lead)
    return lambda by: actions.try_again(test=held.test, by=by)


@way
def cite_part(their: Theirs) -> Act:
    held = actions.end_cycle(cycle=begun(their), found=FOUND, outcome="adopt", by=their.lead)
    record = held.test.goal.journey.record if held.test.goal else None
    assert record is not None
    shows = [their.competency()]
    return lambda by: citing.cite_part(part=held, record=record, competencies=shows, by=by)
