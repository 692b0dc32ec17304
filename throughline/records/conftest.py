"""A small framework, a record against it, and evidence to hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from throughline.frameworks.blueprint import (
    Blueprint,
    CompetencyPlan,
    DomainPlan,
    IndicatorPlan,
    default_steps,
)
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.tree import Tree, forget_trees, tree
from throughline.kit import clock
from throughline.records.actions import open_record
from throughline.records.evidence.actions import Piece, bring_evidence
from throughline.records.models import Evidence, Record
from throughline.schools.models import Membership

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def plan(code: str = "small", number: str = "1", competencies: int = 4) -> Blueprint:
    """Two domains; every competency has two indicators, every other one is advanced."""

    def one(i: int) -> CompetencyPlan:
        return CompetencyPlan(
            code=f"c{i}",
            name=f"Competency {i}",
            level="advanced" if i % 2 else "foundational",
            description=f"What competency {i} means.",
            evidence=(("practice", "Notes of a visit"), ("document", "A written plan")),
            indicators=tuple(
                IndicatorPlan(str(n), f"Indicator {n} of competency {i}", ("learner", "family"))
                for n in (1, 2)
            ),
        )

    half = competencies // 2
    return Blueprint(
        code=code,
        number=number,
        language="en",
        title="A small framework",
        content={"steps_are_default": True, "steps": default_steps()},
        domains=(
            DomainPlan("d1", "Purpose", competencies=tuple(one(i) for i in range(half))),
            DomainPlan("d2", "Practice", competencies=tuple(one(i) for i in range(half, competencies))),
        ),
    )


@pytest.fixture(autouse=True)
def _trees_anew() -> None:
    forget_trees()


@pytest.fixture
def version(db: None) -> FrameworkVersion:
    return publish(plan(), owner=None, by=None).version


@pytest.fixture
def record(version: FrameworkVersion, lead: Membership) -> Record:
    """Harbour Bridge's own record against the small framework."""
    with clock.standing_at(datetime(2025, 1, 1, tzinfo=UTC)):
        return open_record(version=version, by=lead)


@pytest.fixture
def grown(record: Record) -> Tree:
    return tree(record.version_id)


@pytest.fixture
def bring(record: Record, lead: Membership) -> Callable[..., Evidence]:
    """`bring(mark="practice", …)`: a piece of text evidence; any field of `Piece` may be given."""

    def make(to: Record = record, by: Membership = lead, **fields: Any) -> Evidence:
        told: dict[str, Any] = {
            "kind": "text",
            "mark": "practice",
            "title": "What we saw",
            "text": "We went and looked.",
            "happened_on": date(2025, 1, 2),
        } | fields
        return bring_evidence(record=to, piece=Piece(**told), by=by)

    return make
