"""Small tests in the browser world: one that is adapted, one that was abandoned."""

from datetime import timedelta

from throughline.kit import clock
from throughline.plans.cycles.actions import add_test, begin_cycle, change_cycle, end_cycle
from throughline.plans.cycles.checking import Found, Idea, Trial
from throughline.plans.doing.actions import add_action, change_state
from throughline.plans.models import Cycle, Review, SmallTest
from throughline.plans.reviewing.actions import add_remark, begin_review, close_review
from throughline.schools.models import Membership, Organisation
from throughline.schools.queries import leads_of


def tests_of(school: Organisation) -> dict[str, list[str]]:
    """A test under way in its second cycle, an abandoned one, and one whose prediction is missing."""
    rows = SmallTest.objects.filter(organisation=school)
    if school.slug == "harbor-bridge" and not Review.objects.filter(organisation=school).exists():
        _some_tests(leads_of(school)[0])
    tests = list(rows.order_by("-made_at")[:3])
    cycles = Cycle.objects.filter(test__in=tests).order_by("test__made_at", "-number")
    found = {
        "test_id": tests,
        "cycle_id": cycles,
        "review_id": Review.objects.filter(organisation=school)[:2],
    }
    return {name: [str(each.pk) for each in rows] for name, rows in found.items()}


def _newest(test: SmallTest) -> Cycle:
    return Cycle.objects.select_related("test").filter(test=test).latest("number")


def _some_tests(lead: Membership) -> None:
    idea = Idea("Exit cards", "Do learners say more precisely what comes next?", owner=lead)
    cards = add_test(
        idea=idea, trial=Trial("Cards on Friday in one class", "Half of them name a step"), by=lead
    )
    begin_cycle(cycle=_newest(cards), by=lead)
    found = Found("Nine of twenty did.", "Fewer than expected.", "Fridays are too late.")
    end_cycle(cycle=_newest(cards), found=found, outcome="adapt", by=lead)
    second = Trial("Cards on Wednesday morning", "Two thirds name a step")
    begin_cycle(cycle=change_cycle(cycle=_newest(cards), trial=second, by=lead), by=lead)
    left = add_test(
        idea=Idea("A second bell", "Does it calm?"), trial=Trial("A bell", "It is calmer"), by=lead
    )
    begin_cycle(cycle=_newest(left), by=lead)
    end_cycle(
        cycle=_newest(left),
        found=Found("It rang.", "Not calmer.", "Less noise helps more."),
        outcome="abandon",
        by=lead,
    )
    add_test(idea=Idea("Talks in pairs", "Who speaks more?"), trial=Trial("Pairs of three minutes"), by=lead)
    over = add_action(title="Print the cards", done_when="Every class has some", by=lead)
    change_state(action=over, state="done", by=lead)
    since, until = clock.today() - timedelta(days=365), clock.today()
    for title in ("Our first year", "This year"):
        review = begin_review(title=title, starts_on=since, ends_on=until, by=lead)
        add_remark(review=review, about="tests", text="We give up too late.", by=lead)
        if title == "Our first year":
            close_review(review=review, by=lead)
