"""When may a competency be called *earned*? Pure rule, no database.

Every indicator is answered by evidence that is still fresh, and documents alone do not suffice: something must have
been seen done, or have come of it (`design/1-product`: earned needs evidence).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Cited:
    """One piece of evidence as cited: its mark, the indicator it answers (None: the competency as a whole), freshness."""

    mark: str
    indicator: UUID | None
    fresh: bool = True


class Gap(StrEnum):
    """What keeps a competency from being earned."""

    NO_EVIDENCE = "no-evidence"
    INDICATOR = "indicator"
    DOCUMENTS_ONLY = "documents-only"


@dataclass(frozen=True, slots=True)
class Missing:
    """A gap, and the indicator it concerns when it concerns one."""

    gap: Gap
    indicator: UUID | None = None


def missing_for_earned(indicators: Sequence[UUID], citations: Iterable[Cited]) -> list[Missing]:
    """Everything that keeps the competency from being earned; empty when nothing does.

    A framework without indicators asks only for fresh evidence that is not documents alone.
    """
    fresh = [cited for cited in citations if cited.fresh]
    if not fresh:
        return [Missing(Gap.NO_EVIDENCE)]
    answered = {cited.indicator for cited in fresh}
    gaps = [Missing(Gap.INDICATOR, each) for each in indicators if each not in answered]
    if all(cited.mark == "document" for cited in fresh):
        gaps.append(Missing(Gap.DOCUMENTS_ONLY))
    return gaps
