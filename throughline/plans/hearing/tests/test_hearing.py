"""What the plan does about what was heard: the team sees each step, readers one plain sentence that was decided at publishing."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from throughline.kit import clock
from throughline.plans.doing.actions import add_action, change_action, change_state
from throughline.plans.goals.actions import add_goal
from throughline.plans.models import Action, AnswersHeard, Goal
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.closing.actions import close_listening
from throughline.voices.conftest import journey, listening, open_one
from throughline.voices.models import Asked, Host, Listening, Reply
from throughline.voices.replying.actions import add_reply, change_reply, drop_reply, publish_replies
from throughline.voices.replying.following import progress_words

__all__ = ["journey", "listening", "open_one"]
pytestmark = pytest.mark.django_db
SAID = {"en": {"heard": "Feedback comes too late.", "answer": "Within a week."}}
SECRET = "Watch Mr. Ames give feedback"


@pytest.fixture
def closed(open_one: Listening, lead: Membership) -> Listening:
    return close_listening(listening=open_one, by=lead)


@pytest.fixture
def late(closed: Listening, lead: Membership, educator: Membership) -> Action:
    """An action that is under way and late."""
    goal = add_goal(journey=closed.journey, title="Every learner knows what comes next", by=lead)
    due = clock.today() - timedelta(days=3)
    made = add_action(goal=goal, title=SECRET, owner=educator, due_on=due, by=lead)
    return change_state(action=made, state="under-way", by=lead)


@pytest.fixture
def line(closed: Listening, late: Action, lead: Membership) -> Reply:
    return add_reply(listening=closed, kind="will", words=SAID, steps=[f"action:{late.pk}"], by=lead)


def inside(name: str, closed: Listening, **more: object) -> str:
    where = {"school": closed.organisation.slug, "listening_id": closed.pk, **more}
    return str(reverse(f"voices:{name}", kwargs=where))


def outside(closed: Listening) -> str:
    place = Asked.objects.get(listening=closed, group="family").place
    page = Client(headers={"Accept-Language": "en"}).get(
        f"/v/{place}/heard/?in=en", headers={"Cookie": "a=b"}
    )
    return str(unescape(page.content.decode()))


def read(page: Any) -> str:
    return str(unescape(page.content.decode()))


def test_the_team_sees_the_step_and_how_it_stands(line: Reply, closed: Listening, lead: Membership) -> None:
    page = read(client_of(lead).get(inside("replies", closed)))
    assert SECRET in page and "late" in page
    assert "Readers are told: “We have begun.”" in page


def test_readers_are_told_a_plain_sentence_that_stays_as_it_was_published(
    line: Reply, late: Action, closed: Listening, lead: Membership
) -> None:
    publish_replies(listening=closed, by=lead)
    told = outside(closed)
    assert "We have begun." in told
    assert SECRET not in told and "late." not in told.replace("too late.", "") and "Ames" not in told
    change_state(action=late, state="done", by=lead)
    assert "We have begun." in outside(closed)
    page = read(client_of(lead).get(inside("replies", closed)))
    assert "the plan has moved on" in page
    publish_replies(listening=closed, by=lead)
    assert "What we planned for this is done." in outside(closed)


def test_nothing_of_it_is_told_where_the_line_says_so(
    line: Reply, closed: Listening, lead: Membership
) -> None:
    change_reply(reply=line, tells=False, by=lead)
    edition = publish_replies(listening=closed, by=lead)
    assert "We have begun." not in outside(closed)
    assert "stands" not in str(edition.document)


def test_what_an_edition_keeps_names_no_part_of_the_plan(
    line: Reply, late: Action, closed: Listening, lead: Membership
) -> None:
    kept = str(publish_replies(listening=closed, by=lead).document)
    assert "under-way" in kept
    assert str(late.pk) not in kept and SECRET not in kept


def test_steps_are_chosen_with_the_line(late: Action, closed: Listening, lead: Membership) -> None:
    browser, goal = client_of(lead), late.goal
    assert goal is not None
    assert SECRET in read(browser.get(inside("new-reply", closed)))
    told = {"kind": "will", "heard-en": "More time.", "answer-en": "Yes.", "steps": [f"goal:{goal.pk}"]}
    assert browser.post(inside("new-reply", closed), told).status_code == 302
    made = Reply.objects.get(listening=closed)
    assert AnswersHeard.objects.get(reply=made).goal == goal
    assert made.tells is False  # the box was not ticked
    change = inside("reply", closed, reply_id=made.pk)
    assert browser.post(change, {**told, "steps": ["action:nothing"]}).status_code == 422
    assert browser.post(change, {**told, "steps": [f"action:{late.pk}"]}).status_code == 302
    assert AnswersHeard.objects.get(reply=made).action == late
    assert browser.post(change, {**told, "steps": []}).status_code == 302
    assert not AnswersHeard.objects.exists()


def test_a_change_of_words_leaves_the_steps(line: Reply, lead: Membership) -> None:
    change_reply(reply=line, kind="later", by=lead)
    assert AnswersHeard.objects.filter(reply=line).count() == 1
    drop_reply(reply=line, by=lead)
    assert not AnswersHeard.objects.exists()


def test_what_is_none_of_this_plan_is_refused(closed: Listening, lead: Membership) -> None:
    for key in ("action:01a22d70-210a-7048-8f67-7e66f20605f6", "goal:x", "measure:1", ""):
        with pytest.raises(ValidationError):
            add_reply(listening=closed, kind="will", words=SAID, steps=[key], by=lead)
    assert not Reply.objects.exists()


def test_a_host_who_sees_no_plan_sees_none_here_and_keeps_the_steps(
    line: Reply, closed: Listening, family: Membership
) -> None:
    Host.objects.create(organisation_id=closed.organisation_id, listening=closed, membership=family)
    browser = client_of(family)
    page = read(browser.get(inside("replies", closed)))
    assert SAID["en"]["heard"] in page and SECRET not in page
    change = inside("reply", closed, reply_id=line.pk)
    assert SECRET not in read(browser.get(change))
    told = {"kind": "will", "heard-en": "Said anew.", "answer-en": "Yes.", "steps": ["goal:x"]}
    assert browser.post(change, told).status_code == 302
    assert AnswersHeard.objects.filter(reply=line).count() == 1


def test_the_action_and_the_goal_say_what_they_answer(
    line: Reply, late: Action, lead: Membership, educator: Membership, family: Membership
) -> None:
    goal = late.goal
    assert isinstance(goal, Goal)
    change_reply(reply=line, steps=[f"action:{late.pk}", f"goal:{goal.pk}"], by=lead)
    slug = late.organisation.slug
    action_page = reverse("plans:action", kwargs={"school": slug, "action_id": late.pk})
    goal_page = reverse("plans:goal", kwargs={"school": slug, "goal_id": goal.pk})
    for page in (action_page, goal_page):
        told = read(client_of(educator).get(page))
        assert "This answers what was heard" in told and SAID["en"]["heard"] in told


def test_whoever_only_helps_does_not_read_what_was_heard(
    line: Reply, late: Action, lead: Membership, family: Membership
) -> None:
    change_action(action=late, helpers=[family], by=lead)
    page = reverse("plans:action", kwargs={"school": late.organisation.slug, "action_id": late.pk})
    told = read(client_of(family).get(page))
    assert SECRET in told and "This answers what was heard" not in told


def test_the_number_of_questions_does_not_grow_with_the_lines(
    line: Reply, late: Action, closed: Listening, lead: Membership, django_assert_num_queries: Any
) -> None:
    browser, keys = client_of(lead), [f"action:{late.pk}", f"goal:{late.goal_id}"]
    browser.get(inside("replies", closed))
    with django_assert_num_queries(11):
        browser.get(inside("replies", closed))
    for _each in range(4):
        add_reply(listening=closed, kind="will", words=SAID, steps=keys, by=lead)
    with django_assert_num_queries(11):
        browser.get(inside("replies", closed))


@pytest.mark.parametrize(
    ("stands", "said"),
    [
        ({}, ""),
        ({"planned": 2}, "It is in our plan."),
        ({"planned": 2, "under-way": 1}, "We have begun."),
        ({"planned": 2, "done": 1}, "Part of what we planned for this is done."),
        ({"done": 2, "stopped": 1}, "What we planned for this is done."),
        ({"stopped": 1}, "What we had planned for this was given up."),
    ],
)
def test_one_sentence_for_all_steps(stands: dict[str, int], said: str) -> None:
    assert progress_words(stands) == said
