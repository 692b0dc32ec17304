"""A policy of the school, looked after by its educator."""

import pytest

from throughline.elements.structure.queries import journey_tree
from throughline.journeys.models import Journey
from throughline.plans.models import Policy
from throughline.plans.policies.actions import About, add_policy
from throughline.schools.models import Membership


@pytest.fixture
def policy(journey: Journey, lead: Membership, educator: Membership) -> Policy:
    """How credit is given, with nothing brought in yet."""
    known = journey_tree(lead.organisation)
    assert known is not None
    about = About(
        title="How credit is given",
        owner=educator,
        needed="Credit follows what was shown.",
        competencies=(known.competencies[0].id,),
    )
    return add_policy(about=about, by=lead)
