"""What the team said of the same competency: its spread and the step it agreed on, on an axis of their own."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString

from throughline.frameworks.tree import tree
from throughline.journeys.models import Round
from throughline.journeys.policy import may_see_spread
from throughline.journeys.queries import place_of
from throughline.journeys.spread.presenters import shown
from throughline.journeys.spread.queries import spread_is_open, spreads_of
from throughline.schools.tenant import Seat
from throughline.voices.models import Listening
from throughline.voices.policy import Part


@dataclass(frozen=True, slots=True)
class TeamSaid:
    """`picture` and `counts` as far as the team's own rules show them; `step`: the label of the one that it agreed on."""

    round_id: UUID
    number: int
    picture: SafeString
    counts: str
    step: str


def team_on(seat: Seat, part: Part, competency: UUID) -> TeamSaid | None:
    """Of the listening's round, else of the latest whose spread is open. None where the team has not rated it. At most seven queries.

    How the team rated is its own: others than the team see only what it agreed on, hosts too.
    """
    listening = part.listening
    held = listening.round or _latest(listening)
    if held is None or not spread_is_open(held):
        return None
    framework = tree(held.framework_version_id)
    found = next(
        (each for each in spreads_of(held, framework, None) if each.competency.id == competency), None
    )
    if found is None:
        return None
    step = framework.step_label(found.item.step) if found.item.step else ""
    if not may_see_spread(place_of(seat, listening.journey)):
        return TeamSaid(held.pk, held.number, SafeString(""), "", step) if step else None
    told = shown(found, framework.step_labels, agreed=found.item.step)
    return TeamSaid(held.pk, held.number, told.picture, told.counts, step)


def _latest(listening: Listening) -> Round | None:
    rounds = Round.objects.filter(organisation=listening.organisation_id, journey=listening.journey_id)
    return rounds.filter(spread_opened_at__isnull=False).order_by("-number").first()
