"""*Earned* needs an answer to every indicator, fresh, and not on paper only."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.kit import clock
from throughline.kit.registry import Registry
from throughline.records import rules
from throughline.records.actions import Cite, decide
from throughline.records.earning import DEFAULT, Cited, EvidenceRule, Gap, Missing, missing_for_earned
from throughline.records.evidence.actions import withdraw_evidence
from throughline.records.models import Decision, Evidence, Record
from throughline.schools.models import Membership

ONE, TWO = uuid4(), uuid4()
CITED = st.builds(
    Cited,
    mark=st.sampled_from(["document", "practice", "effect"]),
    indicator=st.sampled_from([None, ONE, TWO]),
    fresh=st.booleans(),
)


@given(st.lists(CITED, max_size=6))
def test_nothing_is_missing_exactly_when_the_rule_holds(cited: list[Cited]) -> None:
    fresh = [each for each in cited if each.fresh]
    holds = {ONE, TWO} <= {each.indicator for each in fresh} and any(
        each.mark != "document" for each in fresh
    )
    assert (missing_for_earned([ONE, TWO], cited) == []) is holds


@given(st.lists(CITED, max_size=6), CITED)
def test_more_fresh_evidence_never_takes_earned_away(cited: list[Cited], more: Cited) -> None:
    if missing_for_earned([ONE, TWO], cited) == []:
        assert missing_for_earned([ONE, TWO], [*cited, more]) == []


def test_each_gap_is_named() -> None:
    assert missing_for_earned([ONE], []) == [Missing(Gap.NO_EVIDENCE)]
    assert missing_for_earned([ONE], [Cited("practice", ONE, fresh=False)]) == [Missing(Gap.NO_EVIDENCE)]
    assert missing_for_earned([ONE, TWO], [Cited("effect", ONE)]) == [Missing(Gap.INDICATOR, TWO)]
    assert missing_for_earned([ONE], [Cited("document", ONE)]) == [Missing(Gap.DOCUMENTS_ONLY)]
    assert missing_for_earned([], [Cited("practice", None)]) == []


RULE = st.builds(
    EvidenceRule,
    pieces=st.integers(1, 3),
    contexts=st.integers(1, 3),
    within_days=st.sampled_from([None, 30, 365]),
    met=st.integers(1, 4),
    every_indicator=st.booleans(),
    documents_suffice=st.booleans(),
    panel=st.booleans(),
)
TODAY = date(2026, 3, 3)
SHOWN = st.builds(
    Cited,
    mark=st.sampled_from(["document", "practice", "effect"]),
    indicator=st.sampled_from([None, ONE, TWO]),
    fresh=st.booleans(),
    piece=st.integers(1, 4),
    context=st.integers(1, 3),
    on=st.dates(TODAY - timedelta(days=400), TODAY),
    level=st.sampled_from([None, 1, 2, 3, 4]),
)


@given(st.lists(SHOWN, max_size=8), RULE)
def test_a_stricter_rule_never_finds_less_missing(cited: list[Cited], rule: EvidenceRule) -> None:
    def missing(asked: EvidenceRule) -> list[Missing]:
        return missing_for_earned([ONE, TWO], cited, asked, today=TODAY, by_panel=True)

    if missing(rule) == []:
        lax = EvidenceRule(every_indicator=rule.every_indicator, documents_suffice=rule.documents_suffice)
        assert missing(lax) == []


@given(st.lists(SHOWN, max_size=8), SHOWN, RULE)
def test_more_evidence_never_takes_earned_away_whatever_the_rule(
    cited: list[Cited], more: Cited, rule: EvidenceRule
) -> None:
    if missing_for_earned([ONE, TWO], cited, rule, today=TODAY, by_panel=True) == []:
        assert missing_for_earned([ONE, TWO], [*cited, more], rule, today=TODAY, by_panel=True) == []


def test_a_rule_asks_for_pieces_settings_recent_work_levels_and_a_panel() -> None:
    def gaps(rule: EvidenceRule, *cited: Cited, by_panel: bool = False) -> list[Missing]:
        return missing_for_earned([ONE], cited, rule, today=TODAY, by_panel=by_panel)

    here = Cited("practice", ONE, piece="a", context="club", on=TODAY, level=3)
    there = Cited("practice", ONE, piece="b", context="home", on=TODAY - timedelta(days=90), level=2)
    assert gaps(EvidenceRule(pieces=3), here, there) == [Missing(Gap.PIECES, more=1)]
    assert gaps(EvidenceRule(contexts=2), here, here) == [Missing(Gap.CONTEXTS, more=1)]
    assert gaps(EvidenceRule(contexts=2), here, there) == []
    assert gaps(EvidenceRule(pieces=2, within_days=30), here, there) == [Missing(Gap.PIECES, more=1)]
    assert gaps(EvidenceRule(met=3), there) == [Missing(Gap.INDICATOR, ONE)]
    assert gaps(EvidenceRule(met=3), here) == []
    assert gaps(EvidenceRule(panel=True), here) == [Missing(Gap.PANEL)]
    assert gaps(EvidenceRule(panel=True), here, by_panel=True) == []


Earn = Callable[..., Decision]


@pytest.fixture
def competency(grown: Tree) -> CompetencyItem:
    return grown.competencies[0]


@pytest.fixture
def earn(record: Record, competency: CompetencyItem, lead: Membership) -> Earn:
    def go(*cites: Cite) -> Decision:
        return decide(
            record=record,
            competency_id=competency.id,
            after="earned",
            reason="We saw it",
            by=lead,
            cites=cites,
        )

    return go


def test_earned_with_every_indicator_answered(
    earn: Earn, competency: CompetencyItem, bring: Callable[..., Evidence]
) -> None:
    first, second = competency.indicators
    made = earn(Cite(bring().id, first.id), Cite(bring(mark="document").id, second.id))
    assert made.after == "earned"
    assert made.citations.count() == 2


def test_earned_is_refused_with_the_sentence_that_says_what_is_missing(
    earn: Earn, competency: CompetencyItem, bring: Callable[..., Evidence]
) -> None:
    first, second = competency.indicators
    with pytest.raises(ValidationError, match="still fresh"):
        earn()
    with pytest.raises(ValidationError, match=f"Still unanswered: {second.text}"):
        earn(Cite(bring().id, first.id))
    paper = bring(mark="document").id
    with pytest.raises(ValidationError, match="Documents alone"):
        earn(Cite(paper, first.id), Cite(paper, second.id))
    assert Decision.objects.count() == 0


def test_stale_and_withdrawn_evidence_does_not_count(
    earn: Earn, competency: CompetencyItem, bring: Callable[..., Evidence], lead: Membership
) -> None:
    both = [each.id for each in competency.indicators]
    aged = bring(recheck_on=clock.today() + timedelta(days=2))
    with (
        clock.standing_at(clock.now() + timedelta(days=3)),
        pytest.raises(ValidationError, match="still fresh"),
    ):
        earn(*(Cite(aged.id, each) for each in both))
    gone = bring()
    withdraw_evidence(evidence=gone, reason="Not ours", by=lead)
    with pytest.raises(ValidationError, match="withdrawn"):
        earn(*(Cite(gone.id, each) for each in both))


def test_evidence_counts_as_of_the_date_of_the_decision(
    record: Record, competency: CompetencyItem, bring: Callable[..., Evidence], lead: Membership
) -> None:
    with clock.standing_at(datetime(2025, 2, 1, 12, tzinfo=UTC)):
        aged = bring(recheck_on=date(2025, 6, 1))
    made = decide(
        record=record,
        competency_id=competency.id,
        after="earned",
        reason="Agreed in May, written down now",
        by=lead,
        cites=[Cite(aged.id, each.id) for each in competency.indicators],
        at=datetime(2025, 5, 1, 12, tzinfo=UTC),
    )
    assert made.after == "earned"


def test_no_longer_earned_is_an_ordinary_decision(
    record: Record, earn: Earn, competency: CompetencyItem, bring: Callable[..., Evidence], lead: Membership
) -> None:
    piece = bring()
    earn(*(Cite(piece.id, each.id) for each in competency.indicators))
    made = decide(
        record=record,
        competency_id=competency.id,
        after="in-progress",
        reason="Two of five have stopped",
        by=lead,
        why_changed="practice",
    )
    assert (made.before, made.after) == ("earned", "in-progress")


def test_a_room_above_says_what_earned_asks_for(
    earn: Earn, bring: Callable[..., Evidence], competency: CompetencyItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = EvidenceRule(pieces=3, every_indicator=False)
    monkeypatch.setattr(rules, "sources", Registry([lambda record, known: asked]))
    with pytest.raises(ValidationError, match="1 more piece of evidence is asked for"):
        earn(Cite(bring().pk), Cite(bring().pk))
    assert earn(Cite(bring().pk), Cite(bring().pk), Cite(bring().pk)).after == "earned"
    assert rules.rule_for(Record(), competency.id) == asked


def test_without_a_source_the_default_holds(
    competency: CompetencyItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "sources", Registry([lambda record, known: None]))
    assert rules.rule_for(Record(), competency.id) == DEFAULT


def test_a_level_is_one_that_is_described_and_is_kept_with_what_was_seen(
    earn: Earn, bring: Callable[..., Evidence], competency: CompetencyItem
) -> None:
    one, two = (each.id for each in competency.indicators)
    piece = bring()
    for wrong in (0, 5):
        with pytest.raises(ValidationError, match="levels that are described"):
            earn(Cite(piece.pk, one, wrong), Cite(piece.pk, two, 1))
    with pytest.raises(ValidationError, match="levels that are described"):
        earn(Cite(piece.pk, None, 2))
    with pytest.raises(ValidationError, match="one level for each"):
        earn(Cite(piece.pk, one, 2), Cite(piece.pk, one, 3))
    made = earn(Cite(piece.pk, one, 3), Cite(piece.pk, two, 4))
    assert set(made.citations.values_list("indicator", "level")) == {(one, 3), (two, 4)}
