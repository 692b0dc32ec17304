"""What a decision refuses, set aside and take up, what becomes stale, and that it costs the same at any size."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from throughline.activity.models import Event
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.tree import Tree
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.records.actions import Cite, decide, open_record, set_aside, take_up
from throughline.records.conftest import plan
from throughline.records.evidence.actions import Shows, claim, withdraw_evidence
from throughline.records.models import Decision, Evidence, Record
from throughline.records.queries import profile_of
from throughline.schools.models import Group, Membership

Bring = Callable[..., Evidence]
Decide = Callable[..., Decision]


@pytest.fixture
def say(record: Record, grown: Tree, lead: Membership) -> Decide:
    def go(**fields: Any) -> Decision:
        told: dict[str, Any] = {
            "record": record,
            "competency_id": grown.competencies[0].id,
            "after": "in-progress",
            "reason": "We have begun",
            "by": lead,
        }
        return decide(**(told | fields))

    return go


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reason": " \n\x00 "}, "reason"),
        ({"after": "done"}, "standing"),
        ({"why_changed": "weather"}, "why_changed"),
        ({"how": "dice"}, "how"),
        ({"check_on": date(2000, 1, 1)}, "check_on"),
        ({"at": datetime(2999, 1, 1, tzinfo=UTC)}, "at"),
        ({"cites": [Cite(uuid4())]}, "evidence"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(say: Decide, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        say(**fields)
    assert set(refused.value.message_dict) == {field}
    assert Decision.objects.count() == 0


def test_a_competency_of_another_framework_is_refused(say: Decide, lead: Membership) -> None:
    other = publish(plan("other"), owner=None, by=None).version
    stranger = other.competencies.first()
    assert stranger is not None
    with pytest.raises(ValidationError, match="not part of the framework"):
        say(competency_id=stranger.id)


def test_an_indicator_of_another_competency_is_refused(say: Decide, grown: Tree, bring: Bring) -> None:
    elsewhere = grown.competencies[1].indicators[0].id
    with pytest.raises(ValidationError, match="another competency"):
        say(cites=[Cite(bring().id, elsewhere)])


def test_only_a_decision_on_the_same_thing_can_be_corrected(say: Decide, grown: Tree) -> None:
    other = say(competency_id=grown.competencies[1].id)
    with pytest.raises(ValidationError, match="only correct"):
        say(corrects=other)


def test_a_decision_cannot_be_slipped_in_before_a_later_one(say: Decide) -> None:
    say()
    with pytest.raises(ValidationError, match="later decision"):
        say(at=clock.now() - timedelta(days=30))


def test_text_is_kept_as_both_engines_can(say: Decide) -> None:
    assert say(reason="  Cafe\u0301\x00\r\nis open ").reason == "Café\nis open"


def test_the_log_knows_of_it_and_holds_no_reason(say: Decide, lead: Membership) -> None:
    made = say(reason="Between us")
    event = Event.objects.get(verb="record.decided")
    assert (event.subject_id, event.actor_id, event.organisation_id) == (
        made.id,
        lead.id,
        lead.organisation_id,
    )
    assert "Between us" not in str(event.detail)


def test_only_members_of_the_organisation_decide(say: Decide, outsider: Membership, lead: Membership) -> None:
    with pytest.raises(Refused):
        say(by=outsider)
    lead.left_at = clock.now()
    with pytest.raises(Refused):
        say(by=lead)


def test_evidence_of_another_organisation_does_not_exist(
    say: Decide, outsider: Membership, version: Any, bring: Bring
) -> None:
    theirs = open_record(version=version, by=outsider)
    piece = bring(to=theirs, by=outsider)
    with pytest.raises(ValidationError, match="does not exist"):
        say(cites=[Cite(piece.id)])


def test_a_record_is_of_one_holder_and_of_an_open_framework(
    record: Record, version: Any, lead: Membership, learner: Membership, outsider: Membership
) -> None:
    group = Group.objects.create(organisation=lead.organisation, kind="subject", name="Mathematics")
    theirs = Group.objects.create(organisation=outsider.organisation, kind="subject", name="Mathematics")
    with pytest.raises(ValidationError):
        open_record(version=version, by=lead, group=group, learner=learner)
    with pytest.raises(ValidationError):
        open_record(version=version, by=lead, group=theirs)
    private = publish(plan("private"), owner=outsider.organisation, by=outsider).version
    with pytest.raises(ValidationError, match="can’t use this framework"):
        open_record(version=private, by=lead)
    assert open_record(version=version, by=lead) == record
    assert len({open_record(version=version, by=lead, group=group).pk for _ in range(2)}) == 1


def test_a_learner_is_a_holder_like_any_other(
    version: Any, grown: Tree, learner: Membership, educator: Membership, bring: Bring
) -> None:
    record = open_record(version=version, by=learner, learner=learner)
    competency = grown.competencies[0]
    piece = bring(to=record, by=learner, shows=(Shows(competency.id),))
    decide(
        record=record,
        competency_id=competency.id,
        after="earned",
        reason="Shown twice",
        by=educator,
        how="assessor",
        cites=[Cite(piece.id, each.id) for each in competency.indicators],
    )
    assert profile_of(record, grown).count("foundational") == (1, 2)


def test_a_learners_evidence_stays_with_them_until_they_share_it(
    say: Decide,
    record: Record,
    version: Any,
    grown: Tree,
    learner: Membership,
    lead: Membership,
    bring: Bring,
) -> None:
    own = open_record(version=version, by=learner, learner=learner)
    piece = bring(to=own, by=learner)
    shows = [Shows(grown.competencies[0].id)]
    with pytest.raises(ValidationError, match="does not exist"):
        say(cites=[Cite(piece.id)])
    with pytest.raises(Refused):
        claim(evidence=piece, record=record, shows=shows, why="", by=lead)
    assert Decision.objects.count() == 0


def test_what_is_set_aside_is_not_counted_from_then_until_it_is_taken_up(
    record: Record, grown: Tree, lead: Membership
) -> None:
    competency = grown.competencies[0].id
    march, may, july = (datetime(2025, month, 1, 12, tzinfo=UTC) for month in (3, 5, 7))
    with clock.standing_at(march):
        set_aside(record=record, competency_id=competency, reason="Not ours", by=lead)
        set_aside(record=record, competency_id=competency, reason="Again", by=lead)
    with clock.standing_at(july):
        take_up(record=record, competency_id=competency, by=lead)
    assert record.set_aside.count() == 1
    told = {
        day: (
            profile_of(record, grown, until=day).items[0].set_aside,
            profile_of(record, grown, until=day).count("foundational"),
        )
        for day in (march - timedelta(days=1), may, july + timedelta(days=1))
    }
    assert list(told.values()) == [(None, (0, 2)), ("Not ours", (0, 1)), (None, (0, 2))]
    assert profile_of(record, grown).items[0].set_aside is None
    with pytest.raises(ValidationError):
        set_aside(record=record, competency_id=competency, reason=" ", by=lead)


def test_when_the_last_evidence_turns_stale_the_standing_stays_to_re_check(
    say: Decide, record: Record, grown: Tree, bring: Bring, lead: Membership
) -> None:
    start = datetime(2025, 3, 1, 12, tzinfo=UTC)
    with clock.standing_at(start):
        short, long = bring(recheck_on=date(2025, 6, 1)), bring(recheck_on=date(2025, 9, 1))
        say(cites=[Cite(short.id), Cite(long.id)])

    def at(month: int, day: int) -> tuple[str, bool]:
        item = profile_of(record, grown, until=datetime(2025, month, day, 12, tzinfo=UTC)).items[0]
        return item.standing, item.recheck

    assert [at(5, 31), at(6, 1), at(8, 31), at(9, 1)] == [
        ("in-progress", False),
        ("in-progress", False),
        ("in-progress", False),
        ("in-progress", True),
    ]
    with clock.standing_at(datetime(2025, 7, 1, 12, tzinfo=UTC)):
        withdraw_evidence(evidence=long, reason="Not ours", by=lead)
    assert [at(6, 30), at(7, 2)] == [("in-progress", False), ("in-progress", True)]


def test_a_check_that_is_due_marks_it_too(say: Decide, record: Record, grown: Tree) -> None:
    due = clock.today() + timedelta(days=10)
    say(check_on=due)
    assert not profile_of(record, grown).items[0].recheck
    assert profile_of(record, grown, until=clock.now() + timedelta(days=11)).items[0].recheck


@pytest.mark.parametrize("many", [1, 50])
def test_a_profile_costs_two_queries_now_and_as_of_a_date(
    many: int,
    say: Decide,
    record: Record,
    grown: Tree,
    bring: Bring,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    piece = bring()
    for place in range(many):
        say(competency_id=grown.competencies[place % 4].id, cites=[Cite(piece.id)])
    with django_assert_num_queries(2):
        profile_of(record, grown)
    with django_assert_num_queries(2):
        profile_of(record, grown, until=clock.now())
