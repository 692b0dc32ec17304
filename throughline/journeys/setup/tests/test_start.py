"""Starting a journey, its team, and the edges between journeys and organisations."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from throughline.activity.models import Event
from throughline.frameworks.models import Framework, FrameworkVersion
from throughline.journeys.agreeing.actions import leave_open
from throughline.journeys.closing.actions import close_round, reopen_round
from throughline.journeys.models import Journey, Priority, Rater, Round
from throughline.journeys.policy import Place
from throughline.journeys.priorities.actions import drop_priority
from throughline.journeys.queries import items_of, journeys_visible_to, place_of, team_of
from throughline.journeys.rounds.actions import add_rater, delete_draft, open_round, open_spread
from throughline.journeys.setup.actions import Part, change_team, rename_journey, start_journey
from throughline.journeys.tests.steps import (
    a_draft,
    a_place,
    a_round,
    all_say,
    an_open_spread,
    at_once,
    say,
    seen,
    settle,
    words,
)
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.records.actions import set_aside
from throughline.records.evidence.actions import Piece
from throughline.records.queries import profile_of
from throughline.schools.models import Group, Membership
from throughline.schools.tenant import seat_of
from throughline.testing import make_member, make_school

pytestmark = pytest.mark.django_db
Maker = Callable[..., Membership]


def group_of(member: Membership, name: str = "Mathematics", kind: str = "subject") -> Group:
    return Group.objects.create(organisation=member.organisation, kind=kind, name=name)


def test_journeys_of_the_school_a_subject_and_a_classroom_stand_side_by_side(
    lead: Membership, educator: Membership, journey_version: FrameworkVersion
) -> None:
    a_place(lead, journey_version, [lead])
    a_place(lead, journey_version, [educator], group=group_of(lead))
    a_place(educator, journey_version, [educator], group=group_of(lead, "Year 7", "classroom"))
    assert journeys_visible_to(seat_of(lead)).count() == 3
    assert len(set(Journey.objects.values_list("record", flat=True))) == 3


def test_a_holder_has_one_journey_on_a_framework(lead: Membership, journey_version: FrameworkVersion) -> None:
    a_place(lead, journey_version, [lead])
    with pytest.raises(ValidationError, match="already a journey"):
        a_place(lead, journey_version, [lead])


@pytest.mark.django_db(transaction=True)
def test_two_people_starting_the_same_journey_at_once_start_one(
    lead: Membership, team: Membership, journey_version: FrameworkVersion
) -> None:
    answers = at_once(*(lambda who=who: a_place(who, journey_version, [who]) for who in (lead, team)))
    assert Journey.objects.count() == 1
    assert [type(each) for each in answers if isinstance(each, Exception)] == [ValidationError]


def test_an_educator_starts_a_journey_for_a_class_but_not_for_the_school(
    educator: Membership, learner: Membership, journey_version: FrameworkVersion
) -> None:
    with pytest.raises(Refused):
        a_place(educator, journey_version, [educator])
    with pytest.raises(Refused):
        a_place(learner, journey_version, [learner], group=group_of(learner))
    place = a_place(educator, journey_version, [educator], group=group_of(educator, "Year 7"))
    assert place.runs


def test_learners_families_and_community_rate_and_decide_with_the_same_weight(
    lead: Membership,
    learner: Membership,
    family: Membership,
    make_one: Maker,
    journey_version: FrameworkVersion,
) -> None:
    neighbour = make_one("Ben Ito", "community")
    people = [learner, family, neighbour]
    place = a_place(lead, journey_version, people)
    assert not place.decides
    held = a_round(place, people)
    all_say(held, people, (2, 2, 3))
    held = open_spread(place=place, round_id=held.id)
    assert seen(place, held)[0].word == "lean"
    mine = place_of(seat_of(learner), place.journey)
    item = settle(mine, items_of(held)[0])
    assert item.decision is not None and item.decision.by == learner
    with pytest.raises(Refused, match="deciders"):
        settle(place, items_of(held)[1])


def test_a_team_needs_someone_who_rates_and_someone_who_decides(
    lead: Membership, journey_version: FrameworkVersion
) -> None:
    for part, words_ in ((Part(lead, is_rater=False), "rates"), (Part(lead, is_decider=False), "decides")):
        with pytest.raises(ValidationError, match=words_):
            start_journey(name="Ours", version=journey_version, team=[part], by=seat_of(lead))
    with pytest.raises(ValidationError, match="name"):
        start_journey(name=" \n", version=journey_version, team=[Part(lead)], by=seat_of(lead))
    assert not Journey.objects.exists()


def test_a_team_has_at_most_300_raters(lead: Membership, journey_version: FrameworkVersion) -> None:
    with pytest.raises(ValidationError, match="300"):
        start_journey(name="Ours", version=journey_version, team=[Part(lead)] * 301, by=seat_of(lead))


def test_only_people_of_the_organisation_are_on_a_team(
    lead: Membership, educator: Membership, outsider: Membership, journey_version: FrameworkVersion
) -> None:
    educator.left_at = clock.now()
    educator.save()
    for stranger in (outsider, educator):
        with pytest.raises(ValidationError, match="belong to this organization"):
            a_place(lead, journey_version, [lead, stranger])


def test_the_framework_of_another_organisation_cannot_be_used(
    lead: Membership, outsider: Membership, journey_version: FrameworkVersion
) -> None:
    theirs = Framework.objects.create(owner=outsider.organisation, code="theirs")
    version = FrameworkVersion.objects.create(
        framework=theirs, number="1", title="Theirs", language="en", content=journey_version.content
    )
    with pytest.raises(ValidationError):
        a_place(lead, version, [lead])


def test_who_is_left_out_of_the_team_leaves_it_and_is_not_awaited(
    lead: Membership, team: Membership, educator: Membership, journey_version: FrameworkVersion
) -> None:
    place = a_place(lead, journey_version, [lead, team, educator])
    draft = a_draft(place, [lead, team, educator])
    change_team(place=place, team=[Part(lead), Part(team)])
    assert [each.membership for each in team_of(place.journey)] == [lead, team]
    assert set(Rater.objects.values_list("membership__name", flat=True)) == {lead.name, team.name}
    open_round(place=place, round_id=draft.id)
    change_team(place=place, team=[Part(lead), Part(team, is_rater=False)])
    assert Rater.objects.get(membership=team).absent_at is not None
    with pytest.raises(ValidationError, match="team"):
        add_rater(place=place, round_id=draft.id, membership=team)


def test_whoever_leaves_the_school_before_the_round_opens_is_not_asked(
    lead: Membership, team: Membership, educator: Membership, journey_version: FrameworkVersion
) -> None:
    place = a_place(lead, journey_version, [lead, team, educator])
    draft = a_draft(place, [lead, team, educator])
    educator.left_at = clock.now()
    educator.save()
    held = open_round(place=place, round_id=draft.id)
    assert not held.raters.filter(membership=educator).exists()


def test_a_competency_set_aside_is_uncounted_with_its_reason_and_may_still_be_talked_about(
    place: Place,
) -> None:
    away = words(place).competencies[0]
    record = place.journey.record
    set_aside(record=record, competency_id=away.id, reason="Not ours to write.", by=place.seat.membership)
    profile = profile_of(record, words(place))
    assert profile.by_competency()[away.id].set_aside == "Not ours to write."
    assert profile.count("foundational")[1] + profile.count("advanced")[1] == 23
    assert items_of(a_draft(place, [place.seat.membership], competencies=[away])).count() == 1


def test_the_standing_of_a_group_is_cited_by_the_record_of_its_school(
    place: Place, lead: Membership, educator: Membership, journey_version: FrameworkVersion
) -> None:
    subject = a_place(educator, journey_version, [educator], group=group_of(educator))
    held = a_round(subject, [educator])
    say(held, educator, 3)
    open_spread(place=subject, round_id=held.id)
    decided = settle(subject, items_of(held)[0]).decision
    assert decided is not None
    piece = Piece(
        kind="standing",
        mark="practice",
        title="Mathematics does it",
        happened_on=clock.today(),
        cited_decision=decided,
    )
    people = [rater.membership for rater in place.journey.team.all()]
    school = an_open_spread(place, people, [3] * 6)
    item = settle(place, items_of(school)[0], new_evidence=piece)
    assert item.decision is not None
    cited = item.decision.citations.get().evidence
    assert cited.cited_decision == decided and cited.record == place.journey.record


def test_a_verb_of_one_journey_never_reaches_the_round_of_another(
    place: Place, lead: Membership, educator: Membership, journey_version: FrameworkVersion
) -> None:
    stranger = make_member(make_school("Stonefield"), "Viktor Sand", "lead")
    neighbour = a_place(educator, journey_version, [educator], group=group_of(educator))
    foreign = a_place(stranger, journey_version, [stranger])
    held = a_draft(place, [lead])
    for other in (neighbour, foreign):
        for verb in (open_round, delete_draft, open_spread, close_round):
            with pytest.raises(ValidationError, match="no longer exists"):
                verb(place=other, round_id=held.id)
        with pytest.raises(ValidationError, match="no longer exists"):
            reopen_round(place=other, round_id=held.id, reason="Because.")
        with pytest.raises(ValidationError, match="no longer exists"):
            drop_priority(place=other, priority=Priority(round_id=held.id))
    with pytest.raises(ValidationError, match="no longer exists"):
        leave_open(place=neighbour, item_id=items_of(held)[0].id, reason="No.", seen_version=0)
    held.refresh_from_db()
    assert held.state == Round.State.DRAFT


def test_every_verb_of_starting_says_who_did_it(place: Place, lead: Membership) -> None:
    rename_journey(place=place, name="Another name")
    change_team(place=place, team=[Part(lead)])
    told = Event.objects.filter(verb__startswith="journey.").order_by("at", "id")
    assert [each.verb for each in told] == ["journey.started", "journey.renamed", "journey.team-changed"]
    assert {each.actor_name for each in told} == {lead.name}
