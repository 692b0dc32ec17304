"""How each verb of the register of policies is called well."""

from datetime import timedelta

from tests.trust.theirs import Act, Theirs, way
from throughline.kit import clock
from throughline.plans.models import Policy
from throughline.plans.policies import actions
from throughline.plans.policies.actions import About, Wording


def policy(their: Theirs) -> Policy:
    """A policy of theirs."""
    return Policy.objects.get(organisation=their.realm.organisation)


@way
def add_policy(their: Theirs) -> Act:
    about = About("Ours", owner=their.lead)
    return lambda by: actions.add_policy(about=about, by=by)


@way
def change_policy(their: Theirs) -> Act:
    held = policy(their)
    return lambda by: actions.change_policy(policy=held, about=About("Ours"), by=by)


@way
def revise_policy(their: Theirs) -> Act:
    held = policy(their)
    return lambda by: actions.revise_policy(policy=held, says=Wording("Ours"), reason="Ours", by=by)


@way
def look_again(their: Theirs) -> Act:
    held = policy(their)
    return lambda by: actions.look_again(policy=held, next_on=clock.today() + timedelta(days=9), by=by)
