"""Actions of the plan that are late or come soon stand on the first page of whoever has taken them on."""

from datetime import timedelta

import pytest
from django.urls import reverse

from throughline.elements.setup.actions import begin_element
from throughline.elements.structure.actions import add_item
from throughline.kit import clock
from throughline.plans.cycles.actions import add_test, begin_cycle
from throughline.plans.cycles.checking import Idea, Trial
from throughline.plans.doing.actions import add_action, change_state
from throughline.plans.models import Cycle
from throughline.plans.policies.actions import About, add_policy
from throughline.plans.professional.actions.reflecting import set_review, write_reflection
from throughline.schools.actions import leave
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.ui.times import day_in_words

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


def test_a_policy_and_a_small_test_wait_for_whoever_looks_after_them(
    lead: Membership, educator: Membership, team: Membership
) -> None:
    today = clock.today()
    add_policy(about=About("Credit", owner=educator, review_on=today + timedelta(days=3)), by=lead)
    add_policy(about=About("Attendance", review_on=today), by=lead)
    add_policy(about=About("Far ahead", owner=educator, review_on=today + timedelta(days=30)), by=lead)
    trial = Trial("Cards", "Half of them", ends_on=today)
    test = add_test(
        idea=Idea("Exit cards", "Do they say what comes next?", owner=educator), trial=trial, by=lead
    )
    cycle = Cycle.objects.select_related("test").get(test=test)
    begin_cycle(cycle=cycle, by=lead)
    page = home(educator)
    assert "The policy “<bdi>Credit</bdi>”" in page and "Attendance" not in page and "Far ahead" not in page
    assert "The small test “<bdi>Exit cards</bdi>” has run its time" in page
    assert reverse("plans:small-test", kwargs={"school": "harbour-bridge", "test_id": test.pk}) in page
    for changes in (lead, team):
        assert "Attendance" in home(changes) and "Exit cards" not in home(changes), "what has no owner"
    leave(by=educator)
    page = home(lead)
    assert "<bdi>2</bdi> policies are to be looked at again" in page and "Exit cards" in page


def test_who_no_longer_sees_the_plan_is_not_called(lead: Membership, educator: Membership) -> None:
    add_policy(about=About("Credit", owner=educator, review_on=clock.today()), by=lead)
    assert "Credit" in home(educator)
    educator.holdings.update(role="family")
    assert "Credit" not in home(educator)


def test_an_educator_competency_waits_until_one_has_written_about_it_oneself(
    lead: Membership, educator: Membership, learner: Membership
) -> None:
    framework = begin_element(
        kind="learning-framework", title="Framework", language="en", outline=[], by=lead
    )
    words = {"title": "Feedback that is used", "text": ""}
    trait = add_item(element=framework, kind="educator-competency", words=words, by=lead)
    set_review(trait=trait, review_on=clock.today(), by=lead)
    assert "Feedback that is used" in home(educator) and "Feedback that is used" in home(lead)
    assert "Feedback that is used" not in home(learner)
    write_reflection(trait=trait, text="It works when I wait", by=educator)
    assert "Feedback that is used" not in home(educator)
    assert "Feedback that is used" in home(lead)
    set_review(trait=trait, review_on=clock.today() - timedelta(days=61), by=lead)
    assert "Feedback that is used" not in home(lead), "nobody is pressed for it for ever"


def test_the_way_to_what_comes_later_stands_on_home_for_whoever_owns_it(
    lead: Membership, educator: Membership, learner: Membership, family: Membership
) -> None:
    today, mine = clock.today(), reverse("plans:mine", kwargs={"school": lead.organisation.slug})
    there = f'<a class="title" href="{mine}"><bdi>My actions</bdi></a>'
    for days in (30, 20):
        add_action(title=f"In {days}", owner=learner, due_on=today + timedelta(days=days), by=lead)
    over = add_action(title="Over", owner=learner, by=lead)
    change_state(action=over, state="done", by=learner)
    add_action(title="Some day", owner=family, helpers=[educator], by=lead)
    add_action(title="Soon", owner=educator, due_on=today + timedelta(days=2), by=lead)
    page = home(learner)
    assert there in page and "2 actions of yours come later." in page
    assert f"The next one is due {day_in_words(today + timedelta(days=20))}." in page
    page = home(family)
    assert there in page and "1 action of yours comes later." in page and "No day is set yet." in page
    assert there not in home(educator) and there not in home(lead)  # what is due soon waits above
