"""Who writes what came of a listening, and when."""

import pytest

from throughline.journeys.models import Round
from throughline.schools.models import Membership
from throughline.voices.models import Listening
from throughline.voices.policy import may_write_replies
from throughline.voices.queries import part_of

pytestmark = pytest.mark.django_db


def test_nothing_is_answered_before_the_team_has_seen_its_own_spread(
    closed_one: Listening, lead: Membership
) -> None:
    assert may_write_replies(part_of(closed_one, lead))
    closed_one.round = Round.objects.create(
        organisation=closed_one.organisation,
        journey=closed_one.journey,
        framework_version_id=closed_one.journey.record.version_id,
        number=9,
        state="rating",
        made_by=lead,
    )
    assert not may_write_replies(part_of(closed_one, lead))
