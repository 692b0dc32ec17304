"""What every page of a journey loads first, through what the person may see."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from throughline.frameworks.tree import Tree, tree
from throughline.journeys.models import Journey, Round
from throughline.journeys.policy import Place
from throughline.journeys.queries import journey_visible_to, place_of, round_visible_to
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


def journey_or_404(request: MemberRequest, journey_id: UUID) -> Place:
    """The person's part in a journey that they may see; 404 otherwise. Two queries."""
    journey = journey_visible_to(request.seat, journey_id)
    if journey is None:
        raise Http404
    return place_of(request.seat, journey)


def round_or_404(request: MemberRequest, round_id: UUID) -> Loaded:
    """A round of a journey that they may see; 404 otherwise. Two queries."""
    held = round_visible_to(request.seat, round_id)
    if held is None:
        raise Http404
    held.journey.organisation = request.seat.organisation
    return Loaded(held, place_of(request.seat, held.journey), tree(held.framework_version_id))
