"""Actions: who does what by when, and how it goes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.plans.doing.actions import add_action, change_state
from throughline.plans.models import Action, LogEntry
from throughline.schools.models import Membership

pytestmark = pytest.mark.django_db


def test_who_owns_an_action_says_that_it_is_done(action: Action, educator: Membership) -> None:
    done = change_state(action=action, state="done", text="Took three meetings.", by=educator)
    assert (done.state, done.state_on, done.version) == ("done", clock.today(), 2)
    [line] = LogEntry.objects.filter(action=action)
    assert (line.text, line.data) == ("Took three meetings.", {"state": ["planned", "done"]})


def test_others_do_not(action: Action, learner: Membership) -> None:
    with pytest.raises(Refused):
        change_state(action=action, state="done", by=learner)


def test_a_day_that_has_not_come_is_refused(action: Action, educator: Membership) -> None:
    with pytest.raises(ValidationError):
        change_state(action=action, state="done", on=clock.today() + timedelta(days=1), by=educator)


def test_an_action_is_not_due_before_it_starts(lead: Membership) -> None:
    today = clock.today()
    with pytest.raises(ValidationError) as told:
        add_action(title="Backwards", starts_on=today, due_on=today - timedelta(days=1), by=lead)
    assert "due_on" in told.value.message_dict
