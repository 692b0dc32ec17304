"""How each verb of the log, of reviews and of tables is called well."""

from tests.trust.theirs import Act, Theirs, way
from throughline.kit import clock
from throughline.plans.models import Goal, PlanTable, Review
from throughline.plans.reviewing import actions
from throughline.plans.tables import actions as tables
from throughline.plans.tables.actions import Chosen


def review(their: Theirs) -> Review:
    """A review of theirs that is open."""
    return Review.objects.get(organisation=their.realm.organisation, closed_at=None)


@way
def write_line(their: Theirs) -> Act:
    goal = Goal.objects.filter(organisation=their.realm.organisation).earliest("made_at")
    return lambda by: actions.write_line(kind="learned", text="Ours", goal=goal, by=by)


@way
def begin_review(their: Theirs) -> Act:
    day = clock.today()
    return lambda by: actions.begin_review(title="Ours", starts_on=day, ends_on=day, by=by)


@way
def add_remark(their: Theirs) -> Act:
    held = review(their)
    return lambda by: actions.add_remark(review=held, about="next", text="Ours", by=by)


@way
def close_review(their: Theirs) -> Act:
    held = review(their)
    return lambda by: actions.close_review(review=held, by=by)


def table(their: Theirs) -> PlanTable:
    """The table that waits for their lead."""
    return PlanTable.objects.get(organisation=their.realm.organisation)


@way
def bring_table(their: Theirs) -> Act:
    return lambda by: tables.bring_table(name="ours.csv", raw=b"Task,Owner\nOurs,\n", by=by)


@way
def choose_columns(their: Theirs) -> Act:
    held = table(their)
    return lambda by: tables.choose_columns(table=held, chosen=Chosen({"title": 0}), by=by)


@way
def import_table(their: Theirs) -> Act:
    held = table(their)
    return lambda by: tables.import_table(table=held, by=by)


@way
def put_aside(their: Theirs) -> Act:
    held = table(their)
    return lambda by: tables.put_aside(table=held, by=by)
