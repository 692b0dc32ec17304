"""The plan of an organization in `world`: something of every kind."""

from datetime import timedelta
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from tests.trust.world_plans_cycles import a_test, some_reviews
from tests.trust.world_plans_families import bring_families
from tests.trust.world_plans_professional import bring_learning, bring_mentoring
from throughline.journeys.models import Journey
from throughline.kit import clock
from throughline.plans.citing.actions import cite_part
from throughline.plans.doing.actions import add_action, change_action, change_state
from throughline.plans.goals.actions import add_goal
from throughline.plans.measuring.actions import add_measure, add_value
from throughline.plans.models import Cycle
from throughline.plans.policies.actions import About, Wording, add_policy, revise_policy
from throughline.plans.risks.actions import add_risk
from throughline.plans.tables.actions import bring_table
from throughline.plans.weekly.actions import begin_meeting, end_meeting, write_decision, write_step
from throughline.schools.models import Membership, Organisation, Role


class Holds(Protocol):
    """What is needed of `world.Realm`."""

    organisation: Organisation
    members: dict[str, Membership]
    ids: dict[str, list[UUID]]

    def keep(self, name: str, *found: UUID) -> None: ...


def bring_plan(realm: Holds, name: str) -> None:
    """A goal of their own journey, with an action that the learner has taken on and the educator helps with."""
    lead = realm.members[Role.LEAD]
    journey = Journey.objects.filter(organisation=realm.organisation, record__group=None).earliest(
        "started_at"
    )
    due = clock.today() + timedelta(days=30)
    goal = add_goal(journey=journey, title=f"{name} goal", for_whom=f"{name} learners", by_when=due, by=lead)
    action = add_action(
        goal=goal,
        title=f"{name} action",
        owner=realm.members[Role.LEARNER],
        helpers=[realm.members[Role.EDUCATOR]],
        due_on=due,
        done_when=f"{name} done",
        by=lead,
    )
    before = add_action(goal=goal, title=f"{name} action before", resources=f"{name} needs", by=lead)
    change_action(action=action, waits_for=[before], by=lead)
    change_state(action=action, state="planned", text=f"{name} word", by=lead)
    realm.keep("on_id", before.pk)
    measure = add_measure(
        title=f"{name} measure", goal=goal, definition=f"{name} definition", source=f"{name} source", by=lead
    )
    value = add_value(measure=measure, value=Decimal(7), note=f"{name} note", by=lead)
    risk = add_risk(title=f"{name} risk", goal=goal, response=f"{name} response", by=lead)
    realm.keep("measure_id", measure.pk)
    realm.keep("value_id", value.pk)
    realm.keep("risk_id", risk.pk)
    realm.keep("goal_id", goal.pk)
    realm.keep("action_id", action.pk)
    test, cycle = a_test(name, goal, lead, realm.ids["competency_id"][0])
    realm.keep("test_id", test.pk)
    realm.keep("cycle_id", cycle.pk)
    cited = cite_part(
        part=Cycle.objects.select_related("test__goal").get(test=test, number=1),
        record=journey.record,
        competencies=[realm.ids["competency_id"][0]],
        by=lead,
    )
    realm.keep("evidence_id", cited.pk)
    realm.keep("review_id", *(each.pk for each in some_reviews(name, goal, lead)))
    bring_policy(realm, name)
    bring_families(realm, name, goal, action)
    bring_learning(realm, name)
    bring_mentoring(realm, name)
    bring_meetings_and_table(realm, name)


def bring_policy(realm: Holds, name: str) -> None:
    """A policy with two revisions, which the educator looks after."""
    lead = realm.members[Role.LEAD]
    about = About(
        f"{name} policy",
        owner=realm.members[Role.EDUCATOR],
        needed=f"{name} needed",
        competencies=(realm.ids["competency_id"][0],),
    )
    policy = add_policy(about=about, by=lead)
    revise_policy(policy=policy, says=Wording(f"{name} words"), by=lead)
    revise_policy(
        policy=policy,
        says=Wording(f"{name} other words"),
        reason=f"{name} reason",
        adopted_by=f"{name} board",
        adopted_on=clock.today(),
        by=lead,
    )
    realm.keep("policy_id", policy.pk)


def bring_meetings_and_table(realm: Holds, name: str) -> None:
    """A weekly meeting that has ended, one that goes on, and a table that waits to be brought in."""
    lead = realm.members[Role.LEAD]
    ended = begin_meeting(by=lead)
    write_decision(meeting=ended, text=f"{name} decision", by=lead)
    write_step(meeting=ended, title=f"{name} next step", owner=realm.members[Role.EDUCATOR], by=lead)
    end_meeting(meeting=ended, by=lead)
    open_one = begin_meeting(by=lead)
    write_decision(meeting=open_one, text=f"{name} decision now", by=lead)
    realm.keep("meeting_id", ended.pk, open_one.pk)
    raw = f"Task,Owner\n{name} task,\n".encode()
    realm.keep("table_id", bring_table(name=f"{name}.csv", raw=raw, by=lead).pk)
