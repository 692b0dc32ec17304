"""Small tests in `world`: one that was tried, with its cycles."""

from uuid import UUID

from throughline.kit import clock
from throughline.plans.cycles.actions import add_test, begin_cycle, end_cycle
from throughline.plans.cycles.checking import Found, Idea, Trial
from throughline.plans.models import Cycle, Goal, Review, SmallTest
from throughline.plans.reviewing.actions import add_remark, begin_review, close_review, write_line
from throughline.schools.models import Membership


def a_test(name: str, goal: Goal, lead: Membership, served: UUID) -> tuple[SmallTest, Cycle]:
    """A small test with one cycle that ended and a second that is prepared, which is answered."""
    idea = Idea(f"{name} test", f"{name} question", goal, lead, (served,))
    test = add_test(idea=idea, trial=Trial(f"{name} change", f"{name} prediction"), by=lead)
    first = Cycle.objects.select_related("test").get(test=test)
    begin_cycle(cycle=first, by=lead)
    found = Found(f"{name} happened", f"{name} compared", f"{name} learned")
    end_cycle(cycle=first, found=found, outcome="adapt", by=lead)
    return test, Cycle.objects.select_related("test").get(test=test, number=2)


def some_reviews(name: str, goal: Goal, lead: Membership) -> list[Review]:
    """A review that is open and one that was closed, each with a remark; and a line of the log."""
    write_line(kind="learned", text=f"{name} line", goal=goal, by=lead)
    today = clock.today()
    made = [
        begin_review(title=f"{name} review {number}", starts_on=today, ends_on=today, by=lead)
        for number in (1, 2)
    ]
    for each in made:
        add_remark(review=each, about="log", text=f"{name} remark", by=lead)
    close_review(review=made[1], by=lead)
    return made
