"""Parts of the plan as evidence: frozen as they stood, with a day on which somebody looks again."""

import hashlib
from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from throughline.frameworks.tree import tree
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.plans.citing.actions import cite_part
from throughline.plans.citing.frozen import changed_since
from throughline.plans.cycles import actions as cycles
from throughline.plans.cycles.checking import Found, Idea, Trial
from throughline.plans.doing.actions import change_action, change_state
from throughline.plans.models import Action, Cited, Cycle, Goal, Measure, MeasureValue, PolicyRevision
from throughline.plans.policies.actions import About, Wording, add_policy, revise_policy
from throughline.records.models import Claim, Evidence
from throughline.records.queries import is_stale
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def at(name: str, **more: object) -> str:
    return str(reverse(name, kwargs={"school": "harbour-bridge", **more}))


def shown(response: Any) -> str:
    return unescape(str(response.content.decode()))


@pytest.fixture
def done(action: Action, goal: Goal, lead: Membership) -> Action:
    served = tree(goal.journey.record.version_id).competencies[1].id
    change_action(action=action, competencies=[served], done_when="Three classes use it", by=lead)
    change_state(action=action, state="done", by=lead)
    return Action.objects.select_related("goal__journey__record").get(pk=action.pk)


def measured(goal: Goal, lead: Membership) -> Measure:
    here: dict[str, Any] = {"organisation": lead.organisation}
    measure = Measure.objects.create(goal=goal, title="Who can say", unit="%", made_by=lead, **here)
    for days, value in ((40, "31"), (9, "52.5")):
        on = clock.today() - timedelta(days=days)
        MeasureValue.objects.create(measure=measure, on=on, value=Decimal(value), by=lead, **here)
    return measure


def ended(goal: Goal, lead: Membership) -> Cycle:
    test = cycles.add_test(idea=Idea("Cards", "Why?", goal), trial=Trial("A", "Half of them"), by=lead)
    held = cycles.begin_cycle(cycle=Cycle.objects.select_related("test").get(test=test), by=lead)
    return cycles.end_cycle(cycle=held, found=Found("C", "D", "Ask earlier"), outcome="adopt", by=lead)


def adopted(lead: Membership) -> PolicyRevision:
    policy = add_policy(about=About("Credit"), by=lead)
    more: dict[str, Any] = {"adopted_by": "Board", "adopted_on": clock.today()}
    return revise_policy(policy=policy, says=Wording("Credit follows mastery."), by=lead, **more)


def cite(part: Any, goal: Goal, lead: Membership, **more: Any) -> Evidence:
    record = goal.journey.record
    shows = [tree(record.version_id).competencies[0].id]
    return cite_part(part=part, record=record, competencies=shows, by=lead, **more)


def test_two_clicks_make_an_action_that_is_done_evidence(done: Action, lead: Membership) -> None:
    client = client_of(lead)
    there = at("plans:cite-action", action_id=done.pk)
    assert there in shown(client.get(at("plans:action", action_id=done.pk)))
    page = shown(client.get(there))
    assert "Three classes use it" in page
    [served] = done.serves.all()
    recheck = clock.today() + timedelta(days=365)
    said = {"shows": [served.competency_id], "mark": "practice", "recheck_on": recheck.isoformat()}
    assert f'value="{recheck.isoformat()}"' in page and f'value="{served.competency_id}"' in page
    page = shown(client.post(there, said, follow=True))
    assert "It is evidence now" in page and "Three classes use it" in page
    made = Evidence.objects.get(kind=Evidence.Kind.PLANNED)
    assert Claim.objects.get(evidence=made).competency_id == served.competency_id
    with clock.standing_at(clock.now() + timedelta(days=366)):
        assert is_stale(made.recheck_on, made.withdrawn_at, clock.now())


def test_the_file_has_the_digest_that_the_page_says(done: Action, goal: Goal, lead: Membership) -> None:
    made = cite(done, goal, lead)
    page = shown(client_of(lead).get(at("records:evidence", evidence_id=made.pk)))
    file = client_of(lead).get(at("plans:cited-file", evidence_id=made.pk)).content
    assert hashlib.sha256(file).hexdigest() == Cited.objects.get(evidence=made).digest
    assert hashlib.sha256(file).hexdigest() in page


@pytest.mark.parametrize("kind", ["action", "cycle", "measure", "policy"])
def test_what_was_cited_stays_and_the_page_says_what_changed_since(
    done: Action, goal: Goal, lead: Membership, kind: str
) -> None:
    parts: dict[str, Any] = {
        "action": lambda: done,
        "cycle": lambda: ended(goal, lead),
        "measure": lambda: measured(goal, lead),
    }
    part: Any = parts.get(kind, lambda: adopted(lead))()
    made = cite(part, goal, lead)
    cited = Cited.objects.get(evidence=made)
    assert changed_since(cited) == []
    match part:
        case Action():
            change_action(action=part, title="Something else", by=lead)
            expected = "Name is now: Something else"
        case Cycle():
            cycles.change_test(test=part.test, idea=Idea("Otherwise called", "Why?", goal), by=lead)
            expected = "Name is now: Otherwise called"
        case Measure():
            MeasureValue.objects.filter(measure=part, value=31).update(taken_back_at=clock.now())
            expected = "corrected"
        case _:
            revise_policy(policy=part.policy, says=Wording("Otherwise."), reason="New.", by=lead)
            expected = "newer revision: number 2"
    [said] = changed_since(Cited.objects.get(evidence=made))
    assert expected in said
    page = shown(client_of(lead).get(at("records:evidence", evidence_id=made.pk)))
    assert said in page and cited.content["title"] in page


def test_later_values_are_told_and_not_taken_in(goal: Goal, lead: Membership) -> None:
    measure = measured(goal, lead)
    made = cite(measure, goal, lead, until=clock.today() - timedelta(days=20))
    cited = Cited.objects.get(evidence=made)
    assert [value for _on, value, _note in cited.content["values"]] == ["31"]
    assert made.happened_on == clock.today() - timedelta(days=40)
    [said] = changed_since(cited)
    assert "newer values" in said and "52.5" in said
    with pytest.raises(ValidationError, match="no value up to this day"):
        cite(measure, goal, lead, until=clock.today() - timedelta(days=60))


def test_what_is_frozen_cannot_be_changed_even_past_the_verbs(
    done: Action, goal: Goal, lead: Membership
) -> None:
    made = cite(done, goal, lead)
    with pytest.raises(DatabaseError), transaction.atomic():
        Cited.objects.filter(evidence=made).update(content={})


def test_only_what_came_of_something_is_evidence(action: Action, goal: Goal, lead: Membership) -> None:
    open_one = Action.objects.select_related("goal").get(pk=action.pk)
    with pytest.raises(Refused, match="once it is done"):
        cite(open_one, goal, lead)
    test = cycles.add_test(idea=Idea("Cards", "Why?"), trial=Trial("A", "B"), by=lead)
    with pytest.raises(Refused, match="once it has ended"):
        cite(Cycle.objects.select_related("test__goal").get(test=test), goal, lead)
    draft = revise_policy(policy=add_policy(about=About("Draft"), by=lead), says=Wording("A draft."), by=lead)
    with pytest.raises(Refused, match="once it was adopted"):
        cite(draft, goal, lead)
    assert client_of(lead).get(at("plans:cite-action", action_id=action.pk)).status_code == 403


def test_what_is_wrong_is_said(done: Action, goal: Goal, lead: Membership) -> None:
    with pytest.raises(ValidationError, match="still to come"):
        cite(done, goal, lead, recheck_on=clock.today())
    with pytest.raises(ValidationError, match="what this evidence shows"):
        cite_part(part=done, record=goal.journey.record, competencies=[], by=lead)
    answer = client_of(lead).post(
        at("plans:cite-action", action_id=done.pk), {"mark": "practice", "why": "So."}
    )
    assert answer.status_code == 422 and "So." in shown(answer)


def test_families_and_others_do_not_cite(
    done: Action, goal: Goal, lead: Membership, family: Membership, outsider: Membership
) -> None:
    there = at("plans:cite-action", action_id=done.pk)
    assert client_of(family).get(there).status_code == 404
    assert client_of(outsider).get(there).status_code == 404
    with pytest.raises(Refused):
        cite(done, goal, family)
    made = cite(done, goal, lead)
    assert client_of(outsider).get(at("plans:cited-file", evidence_id=made.pk)).status_code == 404


def test_the_pages_take_a_fixed_number_of_queries(
    done: Action, goal: Goal, lead: Membership, django_assert_num_queries: Any
) -> None:
    client = client_of(lead)
    there = at("plans:cite-action", action_id=done.pk)
    client.get(there)
    with django_assert_num_queries(7):
        client.get(there)
