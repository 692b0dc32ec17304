"""How each verb of the plan's measures and risks is called well."""

from decimal import Decimal

from tests.trust.theirs import Act, Theirs, way
from throughline.kit import clock
from throughline.plans.measuring import actions as measuring
from throughline.plans.models import Measure, MeasureValue, Risk
from throughline.plans.risks import actions as risks


def measure(their: Theirs) -> Measure:
    """A measure of theirs."""
    return Measure.objects.filter(organisation=their.realm.organisation).earliest("made_at")


def risk(their: Theirs) -> Risk:
    """A risk of theirs."""
    return Risk.objects.filter(organisation=their.realm.organisation).earliest("made_at")


@way
def add_measure(their: Theirs) -> Act:
    goal = measure(their).goal
    return lambda by: measuring.add_measure(title="Ours", goal=goal, by=by)


@way
def change_measure(their: Theirs) -> Act:
    held = measure(their)
    return lambda by: measuring.change_measure(measure=held, title="Ours", by=by)


@way
def end_measure(their: Theirs) -> Act:
    held = measure(their)
    return lambda by: measuring.end_measure(measure=held, by=by)


@way
def resume_measure(their: Theirs) -> Act:
    held = measuring.end_measure(measure=measure(their), by=their.lead)
    return lambda by: measuring.resume_measure(measure=held, by=by)


@way
def add_value(their: Theirs) -> Act:
    held, day = measure(their), clock.today().replace(year=2020, day=1)
    return lambda by: measuring.add_value(measure=held, value=Decimal(3), on=day, by=by)


@way
def take_back_value(their: Theirs) -> Act:
    held = MeasureValue.objects.filter(measure=measure(their)).earliest("at")
    return lambda by: measuring.take_back_value(value=held, by=by)


@way
def add_risk(their: Theirs) -> Act:
    goal = risk(their).goal
    return lambda by: risks.add_risk(title="Ours", goal=goal, by=by)


@way
def change_risk(their: Theirs) -> Act:
    held = risk(their)
    return lambda by: risks.change_risk(risk=held, title="Ours", by=by)


@way
def close_risk(their: Theirs) -> Act:
    held = risk(their)
    return lambda by: risks.close_risk(risk=held, came_true=True, by=by)


@way
def reopen_risk(their: Theirs) -> Act:
    held = risks.close_risk(risk=risk(their), came_true=True, by=their.lead)
    return lambda by: risks.reopen_risk(risk=held, by=by)
