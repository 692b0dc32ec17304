"""Links that rooms above this one put on the pages of a journey. They register from their `apps.py`."""

from collections.abc import Callable
from dataclasses import dataclass

from throughline.journeys.models import Round
from throughline.journeys.policy import Place


@dataclass(frozen=True, slots=True)
class Offered:
    """Where it leads, what it says, its icon."""

    address: str
    words: str
    icon: str


OnRound = Callable[[Place, Round], list[Offered]]
OnJourney = Callable[[Place], list[Offered]]

Shared = Callable[[Round], bool]

_on_rounds: list[OnRound] = []
_shared: list[Shared] = []
_on_journeys: list[OnJourney] = []


def on_closed_round(source: OnRound) -> None:
    """Register links for the page of a closed round. A source may not ask the database."""
    if source not in _on_rounds:
        _on_rounds.append(source)


def on_journey(source: OnJourney) -> None:
    """Register links for the first page of a journey. A source may not ask the database."""
    if source not in _on_journeys:
        _on_journeys.append(source)


def offered_on_round(place: Place, held: Round) -> list[Offered]:
    """What this person is offered on a closed round."""
    return [each for source in _on_rounds for each in source(place, held)]


def offered_on_journey(place: Place) -> list[Offered]:
    """What this person is offered on a journey."""
    return [each for source in _on_journeys for each in source(place)]


def on_shared(source: Shared) -> None:
    """Register how to tell whether a closed round was ever shared. It may use one query."""
    if source not in _shared:
        _shared.append(source)


def was_shared(held: Round) -> bool:
    """Whether what a round found has been shared with anybody."""
    return any(source(held) for source in _shared)
