"""What the plan brings into the browser world: ids for its addresses."""

from datetime import timedelta
from typing import Any

from tests.browser.families_world import family_page_of
from tests.browser.plans_learning_world import learning_of
from tests.browser.plans_tests_world import tests_of
from throughline.kit import clock
from throughline.plans import models as parts
from throughline.plans.doing.actions import add_action
from throughline.plans.policies.actions import About, add_policy
from throughline.plans.reminders.actions import choose_reminders, make_done_link
from throughline.plans.reminders.links import stop_token
from throughline.plans.tables.actions import bring_table
from throughline.plans.weekly.actions import begin_meeting, write_decision, write_step
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
    """Goals and actions of the demo, and what stands beside them."""
    here = {"organisation": school}
    tests = tests_of(school)
    return {
        "goal_id": _ids(parts.Goal.objects.filter(**here).order_by("-state", "position")[:2]),
        "on_id": _ids(parts.Action.objects.filter(**here, awaited_by__isnull=False)[:1]),
        "measure_id": _ids(parts.Measure.objects.filter(**here).order_by("made_at")[:2]),
        "value_id": _ids(parts.MeasureValue.objects.filter(**here)[:1]),
        "risk_id": _ids(parts.Risk.objects.filter(**here).order_by("made_at")[:1]),
        "action_id": _ids(
            [
                *parts.Action.objects.filter(**here).order_by("made_at")[:2],
                *parts.Action.objects.filter(state="done", **here).order_by("made_at")[:1],
            ]
        ),
        "policy_id": _policies(school),
        "question_id": _questions(school),
        "topic": ["why", "later"],
        **learning_of(school),
        "meeting_id": _meetings(school),
        "table_id": _tables(school),
        **tests,
    }


def _questions(school: Organisation) -> list[str]:
    """One that waits and one that is answered, on a page for families that everyone can read."""
    if school.slug == "harbor-bridge":
        family_page_of(leads_of(school)[0])
    return _ids(parts.FamilyQuestion.objects.filter(organisation=school).order_by("-on")[:2])


def _policies(school: Organisation) -> list[str]:
    """Besides what the demo tells: one without words. Two of those that are in force, one of which is overdue."""
    rows = parts.Policy.objects.filter(organisation=school)
    if school.slug == "harbor-bridge" and not rows.filter(state="wanted").exists():
        add_policy(about=About("Promotion", state="wanted"), by=leads_of(school)[0])
    return _ids(rows.exclude(state="under-review").order_by("made_at")[:3])


def _meetings(school: Organisation) -> list[str]:
    """The one that the demo held, and one that goes on."""
    rows = parts.WeeklyMeeting.objects.filter(organisation=school).order_by("begun_at")
    if school.slug == "harbor-bridge" and not rows.filter(ended_at=None).exists():
        lead = leads_of(school)[0]
        held = begin_meeting(by=lead)
        write_decision(meeting=held, text="Families hear of it before the term begins.", by=lead)
        due = clock.today() + timedelta(days=7)
        write_step(meeting=held, title="Write the letter", owner=lead, due_on=due, by=lead)
    return _ids(rows[:2])


def _tables(school: Organisation) -> list[str]:
    """One that waits, with rows of every kind; made where the school has none."""
    rows = parts.PlanTable.objects.filter(organisation=school)
    if school.slug == "harbor-bridge" and not rows.exists():
        raw = b"Goal,Task,Owner,Due\nA goal,Ask families,,3/4/2027\n,Print,Nobody Known,\n,,,\nA goal,,,\n"
        bring_table(name="plan of last year.csv", raw=raw, by=leads_of(school)[0])
    return _ids(rows[:1])
