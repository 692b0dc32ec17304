"""The shipped framework, published for the room's tests."""

import pytest

from throughline.frameworks.actions import load_shipped
from throughline.frameworks.models import FrameworkVersion


@pytest.fixture
def journey_version(db: None) -> FrameworkVersion:
    """The journey framework: five domains, 24 competencies."""
    load_shipped()
    return FrameworkVersion.objects.get(framework__code="journeys-to-mastery-learning")
