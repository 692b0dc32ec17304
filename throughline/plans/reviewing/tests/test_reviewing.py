"""The plan's log and the yearly review: what was said stays, what was closed stays as it stood."""

import hashlib
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from throughline.journeys.models import Journey
from throughline.journeys.tests.steps import page
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.plans.cycles import actions as cycles
from throughline.plans.cycles.checking import Found, Idea, Trial
from throughline.plans.doing.actions import change_state
from throughline.plans.goals.actions import add_goal, change_goal
from throughline.plans.models import (
    Action,
    ClosedReview,
    Cycle,
    Goal,
    LogEntry,
    Measure,
    MeasureValue,
    Review,
)
from throughline.plans.policies.actions import About, Wording, add_policy, revise_policy
from throughline.plans.reviewing import actions
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
WORDS = (
    "Every learner says what comes next",
    "52.5%",
    "Ask earlier",
    "Credit follows mastery",
    "Families came in numbers",
)


def at(name: str, **more: object) -> str:
    return str(reverse(f"plans:{name}", kwargs={"school": "harbour-bridge", **more}))


def shown(response: Any) -> str:
    return unescape(str(response.content.decode()))


def a_year(goal: Goal, action: Action, lead: Membership) -> None:
    """Something of everything that a review gathers."""
    today, here = clock.today(), {"organisation": lead.organisation}
    change_state(action=action, state="done", by=lead)
    measure = Measure.objects.create(goal=goal, title="Who can say", unit="%", made_by=lead, **here)
    MeasureValue.objects.create(measure=measure, on=today, value="52.5", by=lead, **here)
    test = cycles.add_test(idea=Idea("Cards", "Why?", goal), trial=Trial("A", "Half"), by=lead)
    held = cycles.begin_cycle(cycle=Cycle.objects.select_related("test").get(test=test), by=lead)
    cycles.end_cycle(cycle=held, found=Found("C", "D", "Ask earlier"), outcome="abandon", by=lead)
    policy = add_policy(about=About("Credit follows mastery"), by=lead)
    revise_policy(policy=policy, says=Wording("So."), adopted_by="Board", adopted_on=today, by=lead)
    actions.write_line(kind="happened", text="Families came in numbers", goal=goal, by=lead)


def a_review(lead: Membership) -> Review:
    today = clock.today()
    return actions.begin_review(
        title="The year", starts_on=today - timedelta(days=365), ends_on=today, by=lead
    )


def test_a_line_is_written_by_staff_and_found_by_goal_kind_and_time(
    goal: Goal, journey: Journey, lead: Membership, educator: Membership
) -> None:
    client = client_of(educator)
    day = clock.today() - timedelta(days=9)
    said = {"text": "They stayed late", "kind": "learned", "goal": goal.pk, "on": day.isoformat()}
    assert "They stayed late" in shown(client.post(at("write-line"), said, follow=True))
    other = add_goal(journey=journey, title="Another", by=lead)
    for asked, found in (
        ({"goal": str(goal.pk)}, True),
        ({"goal": str(other.pk)}, False),
        ({"kind": "learned"}, True),
        ({"kind": "decided"}, False),
        ({"until": day.isoformat()}, True),
        ({"since": clock.today().isoformat()}, False),
    ):
        assert ("They stayed late" in shown(client.get(at("log"), asked))) is found, asked


def test_what_stands_in_the_log_stays(goal: Goal, lead: Membership) -> None:
    line = actions.write_line(kind="decided", text="We wait", by=lead)
    with pytest.raises(DatabaseError), transaction.atomic():
        LogEntry.objects.filter(pk=line.pk).update(text="Otherwise")


def test_what_is_wrong_with_a_line_comes_back_with_it(goal: Goal, lead: Membership) -> None:
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    answer = client_of(lead).post(at("write-line"), {"text": "Too early", "kind": "learned", "on": tomorrow})
    assert answer.status_code == 422 and "Too early" in shown(answer) and "hasn’t come yet" in shown(answer)
    with pytest.raises(ValidationError):
        actions.write_line(kind="changed", text="The product writes that", by=lead)
    with pytest.raises(ValidationError):
        actions.write_line(kind="learned", text=" ", by=lead)


def test_a_review_gathers_the_period_and_what_the_team_says(
    goal: Goal, action: Action, lead: Membership, educator: Membership
) -> None:
    a_year(goal, action, lead)
    review = a_review(lead)
    client = client_of(educator)
    page = shown(client.get(at("review", review_id=review.pk)))
    for words in WORDS:
        assert words in page
    assert "1 action done" in page and "Close the review" not in page
    said = {"about": "tests", "text": "We give up too late"}
    page = shown(client.post(at("remark", review_id=review.pk), said, follow=True))
    assert "We give up too late" in page
    answer = client.post(at("remark", review_id=review.pk), {"about": "log", "text": " "})
    assert answer.status_code == 422


def test_what_lies_outside_of_the_period_is_left_out(goal: Goal, action: Action, lead: Membership) -> None:
    a_year(goal, action, lead)
    long_ago = clock.today() - timedelta(days=900)
    review = actions.begin_review(title="Long ago", starts_on=long_ago, ends_on=long_ago, by=lead)
    page = shown(client_of(lead).get(at("review", review_id=review.pk)))
    assert not any(words in page for words in WORDS)


def test_closed_it_stays_as_it_stood_and_its_digest_can_be_checked(
    goal: Goal, action: Action, lead: Membership
) -> None:
    a_year(goal, action, lead)
    review = a_review(lead)
    actions.add_remark(review=review, about="next", text="Fewer goals", by=lead)
    client = client_of(lead)
    page = shown(client.post(at("close-review", review_id=review.pk), follow=True))
    assert "What stands here is what stood then" in page
    change_goal(goal=goal, title="Renamed afterwards", by=lead)
    page = shown(client.get(at("review", review_id=review.pk)))
    assert all(words in page for words in WORDS) and "Fewer goals" in page
    assert "Renamed afterwards" not in page and "Say something to it" not in page
    file = client.get(at("review-file", review_id=review.pk)).content
    assert hashlib.sha256(file).hexdigest() == ClosedReview.objects.get(review=review).digest
    with pytest.raises(ValidationError, match="stays as it is"):
        actions.add_remark(review=review, about="next", text="Too late", by=lead)
    with pytest.raises(ValidationError, match="stays as it is"):
        actions.close_review(review=review, by=lead)
    with pytest.raises(DatabaseError), transaction.atomic():
        ClosedReview.objects.update(content={})


def test_a_period_that_goes_on_is_not_closed(lead: Membership, journey: Journey) -> None:
    day = clock.today()
    review = actions.begin_review(title="Now", starts_on=day, ends_on=day + timedelta(days=1), by=lead)
    with pytest.raises(ValidationError, match="not ended yet"):
        actions.close_review(review=review, by=lead)
    with pytest.raises(ValidationError, match="before it begins"):
        actions.begin_review(title="Now", starts_on=day, ends_on=day - timedelta(days=1), by=lead)


def test_the_last_closed_review_is_offered_where_the_next_round_is_prepared(
    journey: Journey, lead: Membership
) -> None:
    review, client = a_review(lead), client_of(lead)
    address = page("prepare", journey_id=journey.pk)
    assert "The year" not in shown(client.get(address))
    actions.close_review(review=review, by=lead)
    assert at("review", review_id=review.pk) in shown(client.get(address))


def test_others_see_and_write_nothing(
    journey: Journey, lead: Membership, educator: Membership, family: Membership, outsider: Membership
) -> None:
    review = a_review(lead)
    with pytest.raises(Refused):
        actions.close_review(review=review, by=educator)
    with pytest.raises(Refused):
        actions.begin_review(title="Mine", starts_on=review.starts_on, ends_on=review.ends_on, by=educator)
    for verb in (
        lambda: actions.write_line(kind="learned", text="Mine", by=family),
        lambda: actions.add_remark(review=review, about="log", text="Mine", by=family),
    ):
        with pytest.raises(Refused):
            verb()
    assert client_of(family).get(at("log")).status_code == 403
    for person in (family, outsider):
        assert client_of(person).get(at("review", review_id=review.pk)).status_code == 404


def test_the_pages_take_a_fixed_number_of_queries(
    goal: Goal, action: Action, lead: Membership, django_assert_num_queries: Any
) -> None:
    a_year(goal, action, lead)
    review, client = a_review(lead), client_of(lead)
    for address in (at("log"), at("review", review_id=review.pk)):
        client.get(address)
    for number in range(5):
        actions.write_line(kind="learned", text=f"Line {number}", goal=goal, by=lead)
        actions.add_remark(review=review, about="log", text=f"Remark {number}", by=lead)
    with django_assert_num_queries(6):
        client.get(at("log"))
    with django_assert_num_queries(12):
        client.get(at("review", review_id=review.pk))
