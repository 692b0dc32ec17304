"""Whatever a team does in whichever order: what stands is the fold of its decisions, and what was frozen stays."""

from copy import deepcopy
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.agreeing.actions import (
    Agreement,
    Meanwhile,
    agree,
    decide_between_rounds,
    leave_open,
)
from throughline.journeys.closing.actions import close_round, reopen_round
from throughline.journeys.models import Rating, Round, RoundItem, Snapshot
from throughline.journeys.queries import items_of
from throughline.journeys.rating.actions import rate
from throughline.journeys.rounds.actions import open_round, open_spread
from throughline.journeys.spread.queries import spreads_of
from throughline.journeys.tests.steps import a_draft, a_place, few, words
from throughline.kit.verdict import Refused
from throughline.records.models import Decision, Standing
from throughline.records.rebuild import differences_of
from throughline.schools.tenant import seat_of
from throughline.testing import make_member, make_school

steps = st.sampled_from([None, 1, 2, 3, 4])
people = st.integers(0, 4)
competencies = st.integers(0, 2)
standings = st.sampled_from(["not-started", "in-progress"])


class TeamAtWork(RuleBasedStateMachine):
    """A team of five; each act is either carried out whole or refused whole."""

    @initialize(rows=st.one_of(st.none(), st.lists(steps, min_size=5, max_size=5)))
    def begin(self, rows: list[int | None] | None) -> None:
        self.run = transaction.atomic()
        self.run.__enter__()
        school = make_school()
        self.team = [make_member(school, f"Person {n}", "lead" if n == 0 else "team") for n in range(5)]
        version = FrameworkVersion.objects.get(framework__code="journeys-to-mastery-learning")
        self.place = a_place(self.team[0], version, self.team)
        self.competencies = few(self.place)
        self.held: Round | None = None
        self.said: dict[tuple[Any, int, int], int | None] = {}
        self.agreed: list[str] = []
        self.frozen: dict[Any, Any] = {}
        if rows:
            self.prepare(opened=True)
            self.rate_all(rows=dict(enumerate(rows)))
            self.open_the_spread()

    def teardown(self) -> None:
        """Every run begins with an empty school."""
        if hasattr(self, "run"):
            transaction.set_rollback(True)
            self.run.__exit__(None, None, None)

    def state(self) -> str:
        if getattr(self, "held", None) is None:
            return "none"
        assert self.held is not None
        self.held.refresh_from_db()
        return str(self.held.state)

    def item(self, which: int) -> RoundItem:
        assert self.held is not None
        return items_of(self.held).get(competency=self.competencies[which].id)

    @precondition(lambda self: self.state() in ("none", "closed"))
    @rule(opened=st.booleans())
    def prepare(self, opened: bool) -> None:
        self.held = a_draft(self.place, self.team, competencies=self.competencies)
        if opened:
            open_round(place=self.place, round_id=self.held.id)

    @precondition(lambda self: self.state() != "none")
    @rule()
    def open_it(self) -> None:
        assert self.held is not None
        if self.state() == "draft":
            open_round(place=self.place, round_id=self.held.id)
        else:
            with pytest.raises(ValidationError):
                open_round(place=self.place, round_id=self.held.id)

    @precondition(lambda self: self.state() != "none")
    @rule(rows=st.dictionaries(people, steps, min_size=2))
    def rate_all(self, rows: dict[int, int | None]) -> None:
        assert self.held is not None
        open_now = self.state() == "rating"
        for who, step in rows.items():
            for which, each in enumerate(self.competencies):
                try:
                    rate(by=seat_of(self.team[who]), round_id=self.held.id, competency_id=each.id, step=step)
                except ValidationError:
                    assert not open_now
                    return
                assert open_now
                self.said[self.held.id, who, which] = step

    @precondition(lambda self: self.state() == "rating")
    @rule()
    def open_the_spread(self) -> None:
        assert self.held is not None
        finished = len({who for held, who, _which in self.said if held == self.held.id})
        try:
            open_spread(place=self.place, round_id=self.held.id)
        except ValidationError:
            assert finished < 3
        else:
            assert finished >= 3

    @precondition(lambda self: self.state() not in ("none", "draft"))
    @rule(which=competencies, step=st.integers(1, 4), standing=standings, behind=st.integers(0, 1))
    def agree_on_one(self, which: int, step: int, standing: str, behind: int) -> None:
        item, reason = self.item(which), f"Reason {len(self.agreed)}"
        agreement = Agreement(step=step, standing=standing, reason=reason, why_changed="practice", sure=True)
        act = {"place": self.place, "item_id": item.id, "agreement": agreement}
        if self.state() != "agreeing":
            with pytest.raises(ValidationError):
                agree(**act, seen_version=item.version)  # type: ignore[arg-type]
        elif behind and item.version:
            with pytest.raises(Meanwhile):
                agree(**act, seen_version=item.version - behind)  # type: ignore[arg-type]
        else:
            agree(**act, seen_version=item.version)  # type: ignore[arg-type]
            self.agreed.append(reason)

    @precondition(lambda self: self.state() == "agreeing")
    @rule()
    def leave_the_rest(self) -> None:
        assert self.held is not None
        for item in items_of(self.held).filter(state=RoundItem.State.OPEN):
            leave_open(place=self.place, item_id=item.id, reason="We do not know.", seen_version=item.version)

    @rule(which=competencies, standing=standings)
    def decide_without_a_round(self, which: int, standing: str) -> None:
        reason = f"Reason {len(self.agreed)}"
        decide_between_rounds(
            place=self.place,
            competency_id=self.competencies[which].id,
            standing=standing,
            reason=reason,
            sure=True,
        )
        self.agreed.append(reason)

    @precondition(lambda self: self.state() == "agreeing")
    @rule()
    def close(self) -> None:
        assert self.held is not None
        left = items_of(self.held).filter(state=RoundItem.State.OPEN).exists()
        try:
            snapshot = close_round(place=self.place, round_id=self.held.id)
        except ValidationError:
            assert left
            return
        assert not left
        now = {str(row.competency_id): row.value for row in Standing.objects.all()}
        kept = {entry["competency"]: entry["standing"] for entry in snapshot.content["items"]}
        assert kept == {key: now.get(key, "not-started") for key in kept}
        self.frozen[snapshot.id] = deepcopy(snapshot.content)

    @precondition(lambda self: self.state() == "closed")
    @rule()
    def reopen(self) -> None:
        assert self.held is not None
        reopen_round(place=self.place, round_id=self.held.id, reason="We look again.")

    @invariant()
    def no_agreement_is_lost(self) -> None:
        if hasattr(self, "agreed"):
            assert list(Decision.objects.order_by("number").values_list("reason", flat=True)) == self.agreed

    @invariant()
    def what_stands_is_the_fold(self) -> None:
        if hasattr(self, "place"):
            assert differences_of(self.place.journey.record) == []

    @invariant()
    def what_was_frozen_stays(self) -> None:
        if hasattr(self, "frozen"):
            assert {row.id: row.content for row in Snapshot.objects.all()} == self.frozen

    @invariant()
    def every_rating_counts_and_is_hidden_until_its_time(self) -> None:
        if self.state() == "none":
            return
        assert self.held is not None
        cut = set(Round.objects.filter(untied_at__isnull=False).values_list("id", flat=True))
        assert Rating.objects.count() == sum(held not in cut for held, _who, _which in self.said)
        if self.state() in ("draft", "rating"):
            with pytest.raises(Refused):
                spreads_of(self.held, words(self.place), None)
            return
        for which, spread in enumerate(spreads_of(self.held, words(self.place), None)):
            mine = [
                step
                for (held, _who, place), step in self.said.items()
                if (held, place) == (self.held.id, which)
            ]
            expected = tuple(mine.count(step) for step in (1, 2, 3, 4)) if len(mine) >= 5 else None
            assert spread.counts == expected


@pytest.mark.django_db
def test_a_team_may_do_anything_in_any_order(journey_version: FrameworkVersion) -> None:
    run_state_machine_as_test(
        TeamAtWork,
        settings=settings(
            max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
