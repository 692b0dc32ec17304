"""What the plan brings into the browser world: ids for its addresses."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.browser.families_world import family_page_of
from tests.browser.plans_learning_world import learning_of
from throughline.elements.structure.queries import journey_tree
from throughline.journeys.models import Journey
from throughline.kit import clock
from throughline.plans import models as parts
from throughline.plans.doing.actions import add_action, change_action
from throughline.plans.goals.actions import add_goal, change_goal_state
from throughline.plans.measuring.actions import add_measure, add_value
from throughline.plans.policies.actions import About, Wording, add_policy, revise_policy
from throughline.plans.reminders.actions import choose_reminders, make_done_link
from throughline.plans.reminders.links import stop_token
from throughline.plans.risks.actions import add_risk
from throughline.plans.weekly.actions import begin_meeting, end_meeting, write_decision, write_step
from throughline.schools.models import Membership, Organisation
from throughline.schools.queries import leads_of


def _ids(rows: Any) -> list[str]:
    return [str(each.pk) for each in rows]


def letter_links(lead: Membership) -> dict[str, str]:
    """The links of a letter to this lead: one that marks an action of theirs as done, one that stops the letters."""
    held = choose_reminders(by=lead, rhythm="daily", hour=7)
    action = add_action(
        title="Ask the families what they heard",
        done_when="Ten have answered",
        owner=lead,
        due_on=clock.today(),
        by=lead,
    )
    return {"done": make_done_link(held, action.pk), "stop": stop_token(held)}


def plan_of(school: Organisation) -> dict[str, list[str]]:
    """A goal and an action or two."""
    here = {"organisation": school}
    if school.slug == "harbor-bridge" and not parts.Goal.objects.filter(**here).exists():
        _some_goals(leads_of(school)[0])
    return {
        "goal_id": _ids(parts.Goal.objects.filter(**here).order_by("position")[:1]),
        "action_id": _ids(parts.Action.objects.filter(**here).order_by("made_at")[:2]),
        "on_id": _ids(parts.Action.objects.filter(**here, awaited_by__isnull=False)[:1]),
        "measure_id": _ids(parts.Measure.objects.filter(**here).order_by("made_at")[:2]),
        "value_id": _ids(parts.MeasureValue.objects.filter(**here)[:1]),
        "risk_id": _ids(parts.Risk.objects.filter(**here).order_by("made_at")[:1]),
        "policy_id": _policies(school),
        "question_id": _questions(school),
        "topic": ["why", "later"],
        **learning_of(school),
        "meeting_id": _meetings(school),
    }


def _questions(school: Organisation) -> list[str]:
    """One that waits and one that is answered, on a page for families that everyone can read."""
    if school.slug == "harbor-bridge":
        family_page_of(leads_of(school)[0])
    return _ids(parts.FamilyQuestion.objects.filter(organisation=school).order_by("on")[:2])


def _policies(school: Organisation) -> list[str]:
    """One with two revisions, one that is overdue and one without words; made where the school has none."""
    rows = parts.Policy.objects.filter(organisation=school).order_by("made_at")
    if school.slug == "harbor-bridge" and not rows.exists():
        _some_policies(leads_of(school)[0])
    return _ids(rows[:3])


def _some_policies(lead: Membership) -> None:
    known = journey_tree(lead.organisation)
    served = (known.competencies[0].id,) if known else ()
    about = About("How credit is given", owner=lead, needed="Credit follows mastery.", competencies=served)
    credit = add_policy(about=about, by=lead)
    revise_policy(policy=credit, says=Wording("Credit is given for hours.\nNobody waits."), by=lead)
    revise_policy(
        policy=credit,
        says=Wording("Credit is given for what was shown.\nNobody waits.", "https://school.example/credit"),
        reason="Hours hid what was learned.",
        adopted_by="School board",
        adopted_on=date(2025, 5, 12),
        by=lead,
    )
    overdue = About("Attendance", owner=lead, review_on=clock.today() - timedelta(days=9), says="partly")
    revise_policy(policy=add_policy(about=overdue, by=lead), says=Wording("Be there."), by=lead)
    add_policy(about=About("Promotion", state="wanted"), by=lead)


def _some_goals(lead: Membership) -> None:
    """Goals that are worked on and over, actions that wait and are late, a measure with values, a risk."""
    journey = Journey.objects.filter(organisation=lead.organisation).order_by("started_at")[0]
    goal = add_goal(journey=journey, title="Nobody waits for feedback", for_whom="All learners", by=lead)
    over = add_goal(journey=journey, title="A calmer timetable", by=lead)
    change_goal_state(goal=over, state="dropped", why="One thing at a time.", by=lead)
    today = clock.today()
    first = add_action(goal=goal, title="Try it in two rooms", owner=lead, due_on=today, by=lead)
    late = add_action(goal=goal, title="Ask learners", due_on=today - timedelta(days=3), by=lead)
    change_action(action=first, waits_for=[late], due_on=today + timedelta(days=30), why="Illness.", by=lead)
    measure = add_measure(goal=goal, title="Returned in a week", target=Decimal(90), unit="%", by=lead)
    for months in (3, 2, 1):
        day = today - timedelta(days=30 * months)
        add_value(measure=measure, value=Decimal(70 - 10 * months), on=day, by=lead)
    add_measure(title="What graduates do next", ready="after-graduation", by=lead)
    add_risk(goal=goal, title="Nobody has the time", likelihood=3, effect=3, review_on=today, by=lead)


def _meetings(school: Organisation) -> list[str]:
    """One that has ended and one that goes on; made where the school has none."""
    rows = parts.WeeklyMeeting.objects.filter(organisation=school).order_by("begun_at")
    if school.slug == "harbor-bridge" and not rows.exists():
        lead = leads_of(school)[0]
        for number in range(2):
            held = begin_meeting(by=lead)
            write_decision(meeting=held, text="Families hear of it before the term begins.", by=lead)
            due = clock.today() + timedelta(days=7)
            write_step(meeting=held, title="Write the letter", owner=lead, due_on=due, by=lead)
            if not number:
                end_meeting(meeting=held, by=lead)
    return _ids(rows[:2])
