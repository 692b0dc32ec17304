"""Actions of the plan that are late or come soon stand on the first page of whoever has taken them on."""

from datetime import timedelta

import pytest
from django.urls import reverse

from throughline.kit import clock
from throughline.plans.doing.actions import add_action, change_state
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def home(member: Membership) -> str:
    return client_of(member).get(reverse("home:home")).content.decode()


def test_what_is_due_within_a_week_waits_for_owner_and_helper(
    lead: Membership, educator: Membership, learner: Membership
) -> None:
    soon = clock.today() + timedelta(days=5)
    action = add_action(title="Book the hall", owner=educator, helpers=[learner], due_on=soon, by=lead)
    for member in (educator, learner):
        assert "Book the hall" in home(member)
    assert "Book the hall" not in home(lead)
    change_state(action=action, state="done", by=educator)
    assert "Book the hall" not in home(educator)


def test_several_are_counted_and_late_ones_named(lead: Membership, educator: Membership) -> None:
    today = clock.today()
    for days in (-3, 2, 30):
        add_action(title=f"In {days}", owner=educator, due_on=today + timedelta(days=days), by=lead)
    page = home(educator)
    assert "2</bdi> actions of yours are due" in page and "1 is late." in page
