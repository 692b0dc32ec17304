"""Standings are the fold of the decisions: always, as of any date, and in one order."""

from datetime import UTC, datetime, timedelta

from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughline.frameworks.tree import Tree
from throughline.records.actions import Cite, decide
from throughline.records.fold import fold
from throughline.records.models import Decision, Evidence, Record, Standing, StandingValue
from throughline.records.queries import profile_of
from throughline.records.rebuild import differences_of
from throughline.schools.models import Membership

START = datetime(2025, 3, 1, 9, tzinfo=UTC)
MOVES = st.lists(
    st.tuples(
        st.integers(0, 3), st.sampled_from(["not-started", "in-progress", "earned"]), st.integers(0, 40)
    ),
    max_size=12,
)
SMALL = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Told:
    """A decision in the pure model: what the fold needs and what it said."""

    def __init__(self, competency_id: object, number: int, at: datetime, after: str) -> None:
        self.competency_id, self.number, self.at, self.after = competency_id, number, at, after


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9)), max_size=20), st.randoms(use_true_random=False)
)
def test_the_fold_keeps_the_last_by_number_whatever_order_it_reads_in(
    moves: list[tuple[int, int]], chance: object
) -> None:
    told = [Told(who, number, START, "earned") for number, (who, _day) in enumerate(moves, 1)]
    mixed = told[:]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert {key: each.number for key, each in fold(mixed).items()} == {  # type: ignore[type-var]
        each.competency_id: each.number for each in told
    }


@SMALL
@given(moves=MOVES, probes=st.lists(st.integers(-1, 45), min_size=1, max_size=3))
def test_standings_and_any_date_are_the_fold_of_the_decisions(
    record: Record,
    grown: Tree,
    lead: Membership,
    bring: object,
    moves: list[tuple[int, str, int]],
    probes: list[int],
) -> None:
    evidence = _some_evidence(record, bring)
    moves = sorted(moves, key=lambda move: move[2])  # a decision may be dated back, never before the last one
    last_before = record.decisions.order_by("-number").values_list("number", flat=True).first() or 0
    base = _latest(record) or START
    for who, after, day in moves:
        competency = grown.competencies[who]
        cites = [Cite(evidence.id, each.id) for each in competency.indicators]
        decide(
            record=record,
            competency_id=competency.id,
            after=after,
            reason="Because",
            by=lead,
            cites=cites,
            at=base + timedelta(days=day),
        )
    made = list(Decision.objects.filter(record=record))
    assert len(made) == last_before + len(moves)
    kept = {row.competency_id: (row.value, row.decision_id) for row in Standing.objects.filter(record=record)}
    assert kept == {key: (each.after, each.id) for key, each in fold(made).items()}
    assert differences_of(record) == []
    for probe in [None, *(base + timedelta(days=day, hours=1) for day in probes)]:
        folded = fold(made, until=probe)
        shown = profile_of(record, grown, until=probe)
        assert {item.competency.id: (item.standing, item.decision_id) for item in shown.items} == {
            each.id: (folded[each.id].after, folded[each.id].id)
            if each.id in folded
            else ("not-started", None)
            for each in grown.competencies
        }


def test_every_decision_says_where_the_competency_stood_before(
    record: Record, grown: Tree, lead: Membership
) -> None:
    competency = grown.competencies[0]
    for after in ("in-progress", "not-started", "in-progress"):
        decide(record=record, competency_id=competency.id, after=after, reason="Because", by=lead)
    decide(
        record=record, competency_id=grown.competencies[1].id, after="in-progress", reason="Because", by=lead
    )
    told = list(record.decisions.order_by("number").values_list("number", "before", "after"))
    assert told == [
        (1, "not-started", "in-progress"),
        (2, "in-progress", "not-started"),
        (3, "not-started", "in-progress"),
        (4, "not-started", "in-progress"),
    ]
    assert not record.decisions.filter(number__gt=F("record__last_number")).exists()


def test_a_mistake_is_put_right_by_another_decision(record: Record, grown: Tree, lead: Membership) -> None:
    competency = grown.competencies[0].id
    wrong = decide(record=record, competency_id=competency, after="in-progress", reason="Mixed up", by=lead)
    right = decide(
        record=record,
        competency_id=competency,
        after="not-started",
        reason="We meant the other one",
        by=lead,
        corrects=wrong,
    )
    assert list(wrong.corrected_by.all()) == [right]
    assert Standing.objects.get(record=record, competency=competency).value == StandingValue.NOT_STARTED
    wrong.refresh_from_db()
    assert (wrong.after, wrong.reason) == ("in-progress", "Mixed up")


def test_a_standing_gone_wrong_does_not_spread_into_decisions(
    record: Record, grown: Tree, lead: Membership
) -> None:
    competency = grown.competencies[0].id
    decide(record=record, competency_id=competency, after="in-progress", reason="Because", by=lead)
    Standing.objects.update(value="earned")
    assert (
        decide(record=record, competency_id=competency, after="in-progress", reason="Still", by=lead).before
        == "in-progress"
    )


def _some_evidence(record: Record, bring: object) -> Evidence:
    return record.evidence.first() or bring()  # type: ignore[operator]


def _latest(record: Record) -> datetime | None:
    return record.decisions.order_by("-at").values_list("at", flat=True).first()
