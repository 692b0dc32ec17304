"""A page for families, published and open to everyone, whose entries follow the goal and the action of the plan."""

import pytest

from throughline.plans.families.actions.writing import begin_page, open_page, publish_page, write_section
from throughline.plans.models import Action, Goal, PageForFamilies
from throughline.schools.models import Membership


@pytest.fixture
def page(lead: Membership, goal: Goal, action: Action) -> PageForFamilies:
    """Two sections that follow the plan, and one that doesn’t; published, read by everyone."""
    held = begin_page(language="en", by=lead)
    write_section(
        page=held, section="why", told={"text": "Our students ask for more.\n\nSo do you."}, by=lead
    )
    retake = {
        "title": "Tests can be taken again",
        "for_whom": "Grade 9",
        "text": "The better result counts.",
        "tie": f"action:{action.pk}",
    }
    write_section(page=held, section="changes", told={"year": "2026–27", "items": [retake]}, by=lead)
    others = {"title": "The other grades follow", "tie": f"goal:{goal.pk}", "give": 3}
    unsure = {"title": "A new report card", "earliest": None, "latest": None}
    write_section(page=held, section="later", told={"items": [others, unsure]}, by=lead)
    publish_page(page=held, by=lead)
    return open_page(page=held, way="everyone", may_be_found=False, takes_questions=True, by=lead)
