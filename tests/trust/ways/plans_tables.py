"""How each verb of tables is called well."""

from tests.trust.theirs import Act, Theirs, way
from throughline.plans.models import PlanTable
from throughline.plans.tables import actions
from throughline.plans.tables.actions import Chosen


def table(their: Theirs) -> PlanTable:
    """The table that waits for their lead."""
    return PlanTable.objects.get(organisation=their.realm.organisation)


@way
def bring_table(their: Theirs) -> Act:
    return lambda by: actions.bring_table(name="ours.csv", raw=b"Task,Owner\nOurs,\n", by=by)


@way
def choose_columns(their: Theirs) -> Act:
    held = table(their)
    return lambda by: actions.choose_columns(table=held, chosen=Chosen({"title": 0}), by=by)


@way
def import_table(their: Theirs) -> Act:
    held = table(their)
    return lambda by: actions.import_table(table=held, by=by)


@way
def put_aside(their: Theirs) -> Act:
    held = table(their)
    return lambda by: actions.put_aside(table=held, by=by)
