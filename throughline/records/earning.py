"""When may a competency be called *earned*? Pure rule, no database.

By default every indicator is answered by evidence that is still fresh, and documents alone do not suffice: something must
have been seen done, or have come of it (`design/1-product`: earned needs evidence). A room that knows better what a holder
is asked for gives another `EvidenceRule` (`rules.sources`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """What *earned* asks for.

    `pieces`: at least so many. `contexts`: from at least so many settings, or from school and beyond it. `within_days`: only
    what happened within so many days counts (None: whatever is fresh). `met`: the described level from which an indicator
    counts as answered, where levels were given. `panel`: a panel decides.
    """

    pieces: int = 1
    contexts: int = 1
    within_days: int | None = None
    met: int = 1
    every_indicator: bool = True
    documents_suffice: bool = False
    panel: bool = False


DEFAULT = EvidenceRule()


@dataclass(frozen=True, slots=True)
class Cited:
    """One piece of evidence as cited: its mark, the indicator it answers (None: the competency as a whole), freshness.

    `piece` and `context` tell pieces and settings apart; `level` is the described step it showed on that indicator.
    """

    mark: str
    indicator: UUID | None
    fresh: bool = True
    piece: object = None
    context: object = None
    on: date | None = None
    level: int | None = None


class Gap(StrEnum):
    """What keeps a competency from being earned."""

    NO_EVIDENCE = "no-evidence"
    INDICATOR = "indicator"
    DOCUMENTS_ONLY = "documents-only"
    PIECES = "pieces"
    CONTEXTS = "contexts"
    PANEL = "panel"


@dataclass(frozen=True, slots=True)
class Missing:
    """A gap, the indicator it concerns when it concerns one, and how many are still asked for."""

    gap: Gap
    indicator: UUID | None = None
    more: int = 0


def missing_for_earned(
    indicators: Sequence[UUID],
    citations: Iterable[Cited],
    rule: EvidenceRule = DEFAULT,
    *,
    today: date | None = None,
    by_panel: bool = False,
) -> list[Missing]:
    """Everything that keeps the competency from being earned; empty when nothing does.

    A framework without indicators asks only for fresh evidence that is not documents alone. `today` is needed by rules that
    ask for recent evidence.
    """
    counted = [cited for cited in citations if cited.fresh and _is_recent(cited, rule, today)]
    if not counted:
        return [Missing(Gap.NO_EVIDENCE)]
    gaps = _unanswered(indicators, counted, rule)
    if not rule.documents_suffice and all(cited.mark == "document" for cited in counted):
        gaps.append(Missing(Gap.DOCUMENTS_ONLY))
    pieces = len({cited.piece for cited in counted})
    if pieces < rule.pieces:
        gaps.append(Missing(Gap.PIECES, more=rule.pieces - pieces))
    contexts = len({cited.context for cited in counted})
    if contexts < rule.contexts:
        gaps.append(Missing(Gap.CONTEXTS, more=rule.contexts - contexts))
    if rule.panel and not by_panel:
        gaps.append(Missing(Gap.PANEL))
    return gaps


def _is_recent(cited: Cited, rule: EvidenceRule, today: date | None) -> bool:
    if rule.within_days is None or cited.on is None or today is None:
        return True
    return cited.on > today - timedelta(days=rule.within_days)


def _unanswered(indicators: Sequence[UUID], counted: list[Cited], rule: EvidenceRule) -> list[Missing]:
    if not rule.every_indicator:
        return []
    answered = {cited.indicator for cited in counted if cited.level is None or cited.level >= rule.met}
    return [Missing(Gap.INDICATOR, each) for each in indicators if each not in answered]
