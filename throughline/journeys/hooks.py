"""Links that rooms above this one put on the pages of a journey. They register from their `apps.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString

from throughline.journeys.models import Round
from throughline.journeys.policy import Place
from throughline.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class Offered:
    """Where it leads, what it says, its icon."""

    address: str
    words: str
    icon: str
    label: str = ""  # a longer name for readers, where several look alike


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of a page, with the way on."""

    title: str
    content: SafeString
    address: str = ""
    words: str = ""


# Links for the page of a closed round, links for the first page of a journey: neither may ask the database. Whether a
# closed round was ever shared: may use one query.
_on_rounds = Registry[Callable[[Place, Round], list[Offered]]]()
_on_journeys = Registry[Callable[[Place], list[Offered]]]()
_shared = Registry[Callable[[Round], bool]]()
# Links beside a priority of a closed round, which is named by its competency: may not ask the database.
_on_priorities = Registry[Callable[[Place, Round, UUID], list[Offered]]]()
# Links on the page where a round is prepared and where its priorities are chosen: one query each at most.
_on_preparing = Registry[Callable[[Place], list[Offered]]]()
on_preparing = _on_preparing.add
# Parts of a journey's first page: one prepared query each at most, and none where the place already tells.
_on_overviews = Registry[Callable[[Place], Part | None]]()
on_overview = _on_overviews.add
on_closed_round, on_journey, on_shared = _on_rounds.add, _on_journeys.add, _shared.add
on_priority = _on_priorities.add


def offered_on_round(place: Place, held: Round) -> list[Offered]:
    """What this person is offered on a closed round."""
    return [each for source in _on_rounds for each in source(place, held)]


def offered_on_journey(place: Place) -> list[Offered]:
    """What this person is offered on a journey."""
    return [each for source in _on_journeys for each in source(place)]


def offered_on_preparing(place: Place) -> list[Offered]:
    """What this person may want to read before a round is prepared or its priorities are chosen."""
    return [each for source in _on_preparing for each in source(place)]


def parts_of_overview(place: Place) -> list[Part]:
    """What rooms above have to say of a journey to this person."""
    return [part for source in _on_overviews if (part := source(place))]


def offered_on_priority(place: Place, held: Round, competency_id: UUID) -> list[Offered]:
    """What this person is offered on a priority; nothing before its round is closed."""
    if held.state != Round.State.CLOSED:
        return []
    return [each for source in _on_priorities for each in source(place, held, competency_id)]


def was_shared(held: Round) -> bool:
    """Whether what a round found has been shared with anybody."""
    return any(source(held) for source in _shared)
