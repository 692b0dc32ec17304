"""The plan on paper against PDF/UA-1, by the checker of `test_pdfua`, with what must fail."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.interop.test_pdfua import verdict
from throughline.kit import clock
from throughline.plans.conftest import action, goal, journey
from throughline.plans.doing.actions import add_action, change_state
from throughline.plans.measuring.actions import add_measure, add_value
from throughline.plans.models import Action, Goal
from throughline.plans.risks.actions import add_risk
from throughline.plans.tables.paper import plan_pdf
from throughline.records.paper.compiling import Way
from throughline.schools.models import Membership

__all__ = ["action", "goal", "journey"]
pytestmark = [pytest.mark.django_db, pytest.mark.one_engine("what Typst makes of the same words")]


@pytest.fixture
def wild(action: Action, goal: Goal, lead: Membership, educator: Membership) -> Membership:
    """A plan of several pages in two directions, with words that look like markup."""
    for number in range(60):
        add_action(
            title=f"#{number} *Ask* $x$ يشرح المتعلمون ما تعلموه",
            owner=educator,
            helpers=[lead],
            done_when="One line\nand another",
            resources="— “money”",
            by=lead,
        )
    for number in range(20):
        measure = add_measure(
            title=f"*{number}* يشرح",
            definition="#let x",
            source="$x$",
            baseline=Decimal(1),
            goal=goal,
            by=lead,
        )
        for day in range(number):
            add_value(measure=measure, value=Decimal(day), on=clock.today() - timedelta(days=day), by=lead)
        add_risk(title=f"= {number}", response="[link](x)\nعربي", owner=educator, goal=goal, by=lead)
    for number in range(3):
        change_state(action=action, state=("under-way", "done")[number % 2], text="_Word_\nيشرح", by=lead)
    return lead


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_plan_meets_every_rule_of_pdf_ua_that_a_machine_can_check(wild: Membership, paper: str) -> None:
    made = plan_pdf(wild.organisation, Way(paper), made_at=clock.now())
    assert verdict(made).is_compliant


def test_an_empty_plan_is_a_paper_too(lead: Membership) -> None:
    assert verdict(plan_pdf(lead.organisation, Way(), made_at=clock.now())).is_compliant


def test_control_the_same_paper_without_tags_fails(wild: Membership) -> None:
    made = plan_pdf(wild.organisation, replace(Way(), tagged=False), made_at=clock.now())
    assert not verdict(made).is_compliant
