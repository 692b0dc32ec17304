"""The fold: where each competency stands after a run of decisions. Pure, no database."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID


class Dated(Protocol):
    """What the fold needs to know of a decision."""

    @property
    def competency_id(self) -> UUID: ...
    @property
    def number(self) -> int: ...
    @property
    def at(self) -> datetime: ...


Statement = TypeVar("Statement", bound=Dated)


def fold(decisions: Iterable[Statement], *, until: datetime | None = None) -> dict[UUID, Statement]:
    """The decision in force for each competency: the one with the highest number, among those made `until` then."""
    last: dict[UUID, Statement] = {}
    for decision in decisions:
        if until is not None and decision.at > until:
            continue
        held = last.get(decision.competency_id)
        if held is None or decision.number > held.number:
            last[decision.competency_id] = decision
    return last
