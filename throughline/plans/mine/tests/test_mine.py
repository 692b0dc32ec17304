"""What somebody has taken on, and what slipped."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from throughline.kit import clock
from throughline.plans.doing.actions import add_action, change_due
from throughline.plans.mine.queries import mine_of
from throughline.plans.mine.rules import in_order
from throughline.plans.mine.slipping import read_slipped
from throughline.plans.models import Action, Waits
from throughline.schools.models import Membership, Organisation
from throughline.schools.tenant import seat_of
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
PAGE, SLIPPED = "/s/harbour-bridge/plan/mine/", "/s/harbour-bridge/plan/slipped/"


def test_what_i_own_and_what_i_help_with_is_put_in_order(
    action: Action, lead: Membership, educator: Membership, learner: Membership
) -> None:
    today = clock.today()
    add_action(title="Late", owner=educator, due_on=today - timedelta(days=1), by=lead)
    add_action(title="Soon", owner=lead, helpers=[educator], due_on=today + timedelta(days=3), by=lead)
    add_action(title="Some day", owner=educator, by=lead)
    add_action(title="Not mine", owner=learner, by=lead)
    found = in_order(mine_of(seat_of(educator)), today)
    assert [
        [each.title for each in part] for part in (found.late, found.soon, found.later, found.undated)
    ] == [
        ["Late"],
        ["Soon"],
        [action.title],
        ["Some day"],
    ]


def test_one_press_says_that_it_is_done(action: Action, educator: Membership) -> None:
    client = client_of(educator)
    assert action.title in client.get(PAGE).content.decode()
    answer = client.post(f"{PAGE}{action.pk}/done/", {"state": "done"}, follow=True)
    action.refresh_from_db()
    assert action.state == "done" and "1 done in the last 30 days" in answer.content.decode()


def test_a_learner_who_owns_an_action_has_the_page_and_finds_no_other(
    action: Action, lead: Membership, learner: Membership
) -> None:
    add_action(title="Ask ninth graders", owner=learner, by=lead)
    client = client_of(learner)
    assert f'href="{PAGE}"' in client.get(reverse("home:home")).content.decode()
    page = client.get(PAGE).content.decode()
    assert "Ask ninth graders" in page and action.title not in page
    assert client.post(f"{PAGE}{action.pk}/done/").status_code == 404
    assert client.get(SLIPPED).status_code == 403


def test_what_slipped_and_what_waits_for_whom(
    school: Organisation, action: Action, lead: Membership, educator: Membership
) -> None:
    today = clock.today()
    late = add_action(title="Late", owner=educator, due_on=today - timedelta(days=4), by=lead)
    for days in (40, 50):
        change_due(action=action, due_on=today + timedelta(days=days), by=lead)
    add_action(title="Nobody’s", by=lead)
    waiting = add_action(title="Waits", owner=lead, by=lead)
    Waits.objects.create(organisation=school, action=waiting, on=late)
    found = read_slipped(school.pk, today)
    assert [(line.title, days) for line, days, _times in found.late] == [("Late", 4)]
    assert [(line.title, times) for line, times in found.put_off] == [(action.title, 2)]
    assert [line.title for line in found.unowned] == ["Nobody’s"]
    [(owner, [held])] = found.holding
    assert (owner, held.line.title, held.waiting[0].waiting_title) == (educator.name, "Late", "Waits")


def test_both_pages_ask_the_same_however_much_there_is(
    action: Action, lead: Membership, educator: Membership, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        add_action(
            title=f"More {number}", owner=educator, due_on=clock.today() - timedelta(days=number), by=lead
        )
    client = client_of(educator)
    client.get(PAGE)
    for page, most in ((PAGE, 5), (SLIPPED, 6)):
        with django_assert_max_num_queries(most):
            assert "More 5" in client.get(page).content.decode()
