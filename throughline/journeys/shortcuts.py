"""What every page of a journey loads first, through what the person may see."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404

from throughline.frameworks.tree import Tree, tree
from throughline.journeys.models import Journey, Round
from throughline.journeys.policy import Place, may_run, may_see_spread
from throughline.journeys.queries import place_in, round_and_place
from throughline.journeys.words import eyebrow
from throughline.schools.tenant import MemberRequest


@dataclass(frozen=True, slots=True)
class Loaded:
    """A round with its journey, the person's part in it, and the framework."""

    round: Round
    place: Place
    framework: Tree

    @property
    def journey(self) -> Journey:
        """The journey of this round."""
        return self.place.journey

    def head(self) -> dict[str, Any]:
        """What the head of every page of a round shows."""
        number = self.round.number
        return {"round": self.round, "journey": self.journey, "eyebrow": eyebrow(self.journey, number)}


def journey_or_404(request: MemberRequest, journey_id: UUID) -> Place:
    """The person's part in a journey that they may see; 404 otherwise. One query."""
    place = place_in(request.seat, journey_id)
    if place is None:
        raise Http404
    return place


def round_or_404(request: MemberRequest, round_id: UUID, *states: str) -> Loaded:
    """A round of a journey that they may see, in one of `states` if any are told; 404 otherwise. One query."""
    found = round_and_place(request.seat, round_id)
    if found is None:
        raise Http404
    held, place = found
    loaded = Loaded(held, place, tree(held.framework_version_id))
    return _in_state(loaded, states) if states else loaded


def round_to_run_or_404(request: MemberRequest, round_id: UUID, *states: str) -> Loaded:
    """A round for those who run its journey; 404 unless it is in one of `states`."""
    loaded = round_or_404(request, round_id)
    may_run(loaded.place).enforce()
    return _in_state(loaded, states)


def before_spread_or_404(request: MemberRequest, round_id: UUID) -> Loaded:
    """A round in which rating has not ended, for those who run the journey."""
    return round_to_run_or_404(request, round_id, Round.State.DRAFT, Round.State.RATING)


def spread_or_404(request: MemberRequest, round_id: UUID) -> Loaded:
    """A round whose spread is open, for those who may see it; 404 before that."""
    loaded = round_or_404(request, round_id, Round.State.AGREEING, Round.State.CLOSED)
    may_see_spread(loaded.place).enforce()
    return loaded


def _in_state(loaded: Loaded, states: tuple[str, ...]) -> Loaded:
    if loaded.round.state not in states:
        raise Http404
    return loaded
