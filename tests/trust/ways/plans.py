"""How each verb of the plan's goals and actions is called well."""

from tests.trust.theirs import Act, Theirs, way
from throughline.plans.doing import actions as doing
from throughline.plans.goals import actions as goals
from throughline.plans.models import Action, Goal


def goal(their: Theirs) -> Goal:
    """A goal of theirs."""
    return Goal.objects.filter(organisation=their.realm.organisation).earliest("made_at")


def action(their: Theirs) -> Action:
    """An action of theirs."""
    return Action.objects.filter(organisation=their.realm.organisation).earliest("made_at")


@way
def add_goal(their: Theirs) -> Act:
    journey = goal(their).journey
    return lambda by: goals.add_goal(journey=journey, title="Ours", by=by)


@way
def change_goal(their: Theirs) -> Act:
    held = goal(their)
    return lambda by: goals.change_goal(goal=held, title="Ours", by=by)


@way
def change_goal_state(their: Theirs) -> Act:
    held = goal(their)
    return lambda by: goals.change_goal_state(goal=held, state="dropped", why="Ours", by=by)


@way
def move_goal(their: Theirs) -> Act:
    second = goals.add_goal(journey=goal(their).journey, title="Second", by=their.lead)
    return lambda by: goals.move_goal(goal=second, up=True, by=by)


@way
def change_action(their: Theirs) -> Act:
    held = action(their)
    return lambda by: doing.change_action(action=held, title="Ours", by=by)


@way
def change_due(their: Theirs) -> Act:
    held = action(their)
    return lambda by: doing.change_due(action=held, due_on=None, why="Ours", by=by)


@way
def move_action(their: Theirs) -> Act:
    held = action(their)
    return lambda by: doing.move_action(action=held, up=False, by=by)


@way
def add_action(their: Theirs) -> Act:
    held = goal(their)
    return lambda by: doing.add_action(goal=held, title="Ours", by=by)


@way
def change_state(their: Theirs) -> Act:
    held = action(their)
    return lambda by: doing.change_state(action=held, state="under-way", by=by)
