"""How each verb of the log and of reviews is called well."""

from tests.trust.theirs import Act, Theirs, way
from throughline.kit import clock
from throughline.plans.models import Goal, Review
from throughline.plans.reviewing import actions


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
