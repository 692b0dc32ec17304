from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "throughline.plans"
    label = "plans"

    def ready(self) -> None:
        from throughline.files import uses  # noqa: PLC0415  (models are not ready earlier)
        from throughline.journeys import hooks  # noqa: PLC0415
        from throughline.people.actions import when_moved  # noqa: PLC0415
        from throughline.plans.citing.bodies import cited_body, still_shown  # noqa: PLC0415
        from throughline.plans.doing.beside import on_action  # noqa: PLC0415
        from throughline.plans.families import words  # noqa: PLC0415
        from throughline.plans.families.policy import may_see_drafts  # noqa: PLC0415
        from throughline.plans.goals.beside import on_goal  # noqa: PLC0415
        from throughline.plans.goals.offers import on_priority  # noqa: PLC0415
        from throughline.plans.handouts.words import WORDS  # noqa: PLC0415
        from throughline.plans.hearing import steps  # noqa: PLC0415
        from throughline.plans.hearing.panels import on_part  # noqa: PLC0415
        from throughline.plans.measuring import panels as measuring  # noqa: PLC0415
        from throughline.plans.panels.sources import offered_too, on_overview, what_is_done  # noqa: PLC0415
        from throughline.plans.policies.queries import cited_by_policies, files_of_policies  # noqa: PLC0415
        from throughline.plans.policy import may_see_plan  # noqa: PLC0415
        from throughline.plans.reminders.actions import organisation_moved, person_moved  # noqa: PLC0415
        from throughline.plans.reviewing.offers import on_preparing  # noqa: PLC0415
        from throughline.plans.risks import panels as risks  # noqa: PLC0415
        from throughline.plans.shortcuts import pages  # noqa: PLC0415
        from throughline.records import evidence_bodies, panels  # noqa: PLC0415
        from throughline.records.models import Evidence  # noqa: PLC0415
        from throughline.schools.actions.organisations import (  # noqa: PLC0415
            when_moved as when_organisation_moved,
        )
        from throughline.schools.log import register_event  # noqa: PLC0415
        from throughline.schools.panels import in_header  # noqa: PLC0415
        from throughline.ui import navigation  # noqa: PLC0415
        from throughline.voices.replying import following  # noqa: PLC0415

        navigation.register(17, _("Plan"), in_header("plans:plan", may_see_plan))
        navigation.register(17, _("My actions"), in_header("plans:mine", lambda seat: not may_see_plan(seat)))
        pages.add((10, _("My actions"), "plans:mine", bool))
        pages.add((15, _("What waits"), "plans:slipped", may_see_plan))
        pages.add((20, _("Timeline"), "plans:timeline", may_see_plan))
        pages.add((50, _("Weekly"), "plans:weekly", may_see_plan))
        pages.add((40, _("Small tests"), "plans:small-tests", may_see_plan))
        pages.add((60, _("Policies"), "plans:policies", may_see_plan))
        pages.add((80, _("Log and review"), "plans:log", may_see_plan))
        pages.add((90, _("Family page"), "plans:families", may_see_drafts))
        pages.add((70, _("Professional learning"), "plans:learning", may_see_plan))
        words.WORDS.update(WORDS)
        uses.register("policies", visible=files_of_policies, cited=cited_by_policies)
        pages.add((100, _("Take it along"), "plans:tables", may_see_plan))
        pages.add((110, _("Reminders"), "plans:reminders", bool))
        when_moved(person_moved)
        when_organisation_moved(organisation_moved)
        hooks.on_priority(on_priority)
        hooks.on_overview(on_overview)
        hooks.on_preparing(on_preparing)
        evidence_bodies.register(Evidence.Kind.PLANNED, cited_body, still_shown)
        panels.sources.add(offered_too)
        panels.at_the_table.add(what_is_done)
        on_goal(measuring.on_goal)
        on_goal(risks.on_goal)
        on_action(on_part)
        on_goal(on_part)
        following.plans.add(steps)
        pages.add((30, _("Measures"), "plans:measures", may_see_plan))
        pages.add((35, _("Risks"), "plans:risks", may_see_plan))
        for verb, sentence in EVENTS.items():
            register_event(verb, sentence)


# What the log says, in the order of the capabilities. Nothing here tells of mentoring or of anybody's reflection.
EVENTS = {
    "plan.goal-added": _("added the goal “%(title)s” to the plan"),
    "plan.goal-changed": _("changed the goal “%(title)s” of the plan"),
    "plan.goal-state": _("marked the goal “%(title)s” of the plan as %(state)s"),
    "plan.goal-moved": _("moved the goal “%(title)s” in the plan"),
    "plan.action-added": _("added “%(title)s” to the plan"),
    "plan.action-changed": _("changed “%(title)s” of the plan"),
    "plan.action-due": _("gave “%(title)s” of the plan another day"),
    "plan.action-state": _("marked “%(title)s” of the plan as %(state)s"),
    "plan.action-told": _("said how “%(title)s” of the plan goes"),
    "plan.action-moved": _("moved “%(title)s” in the plan"),
    "plan.measure-added": _("added the measure “%(title)s” to the plan"),
    "plan.measure-changed": _("changed the measure “%(title)s” of the plan"),
    "plan.measure-ended": _("stopped reading the measure “%(title)s” of the plan"),
    "plan.measure-resumed": _("began to read the measure “%(title)s” of the plan again"),
    "plan.value-added": _("added a value to the measure “%(title)s” of the plan"),
    "plan.value-taken-back": _("took back a value of the measure “%(title)s” of the plan"),
    "plan.risk-added": _("added the risk “%(title)s” to the plan"),
    "plan.risk-changed": _("changed the risk “%(title)s” of the plan"),
    "plan.risk-closed": _("closed the risk “%(title)s” of the plan"),
    "plan.risk-came-true": _("marked the risk “%(title)s” of the plan as come true"),
    "plan.risk-reopened": _("reopened the risk “%(title)s” of the plan"),
    "plan.imported": _("brought a table into the plan: %(new)s new actions, %(changed)s changed"),
    "plan.weekly-begun": _("began the weekly meeting"),
    "plan.weekly-decided": _("wrote down a decision of the weekly meeting"),
    "plan.weekly-ended": _("ended the weekly meeting"),
    "plan.test-added": _("put the small test “%(title)s” into the plan"),
    "plan.test-changed": _("changed the small test “%(title)s”"),
    "plan.test-again": _("prepared cycle %(number)s of the small test “%(title)s”"),
    "plan.cycle-begun": _("began cycle %(number)s of the small test “%(title)s”"),
    "plan.cycle-told": _("said what happened in cycle %(number)s of the small test “%(title)s”"),
    "plan.cycle-ended": _("ended cycle %(number)s of the small test “%(title)s”: %(outcome)s"),
    "plan.cited": _("made “%(title)s” of the plan evidence"),
    "plan.line-written": _("wrote a line into the plan’s log"),
    "plan.review-begun": _("began the review “%(title)s” of the plan"),
    "plan.review-remarked": _("said something to the review “%(title)s” of the plan"),
    "plan.review-closed": _("closed the review “%(title)s” of the plan"),
    "plan.policy-added": _("put the policy “%(title)s” into the register"),
    "plan.policy-adopted": _("recorded that %(body)s adopted revision %(number)s of the policy “%(title)s”"),
    "plan.policy-changed": _("changed what is known of the policy “%(title)s”"),
    "plan.policy-looked-at": _("looked at the policy “%(title)s” again"),
    "plan.policy-revised": _("brought in revision %(number)s of the policy “%(title)s”"),
    "plan.calendar-made": _("made a private calendar address"),
    "plan.calendar-withdrawn": _("withdrew a private calendar address"),
    "family.begun": _("began the page for families"),
    "family.written": _("wrote in the page for families"),
    "family.published": _("published the page for families (edition %(number)s)"),
    "family.checked": _("said that the page for families is right"),
    "family.opened": _("changed who can read the page for families"),
    "family.linked": _("made a new link to the page for families"),
    "family.unlinked": _("withdrew the link to the page for families"),
    "family.translated": _("translated the page for families (%(language)s, %(count)s pieces)"),
    "family.answered": _("answered a question on the page for families"),
    "family.left-out": _("left out a question that was asked on the page for families"),
    "family.held": _("held a question that was asked on the page for families"),
    "plan.offering-added": _("offered “%(title)s” as professional learning"),
    "plan.offering-changed": _("changed “%(title)s” in professional learning"),
    "plan.offering-counted": _("said how many came to “%(title)s”"),
    "plan.offering-run-by": _("let %(name)s run “%(title)s” in professional learning"),
    "plan.pair-arranged": _("arranged a mentoring pair"),
    "plan.trait-review": _("set when the educator competency “%(title)s” is looked at again"),
}
