"""What the team said of the same competency: its spread and the step it agreed on, on an axis of their own."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString

from throughline.frameworks.tree import tree
from throughline.journeys.models import Round
from throughline.journeys.spread.presenters import shown
from throughline.journeys.spread.queries import spread_is_open, spreads_of
from throughline.voices.models import Listening


@dataclass(frozen=True, slots=True)
class TeamSaid:
    """`picture` and `counts` as far as the team's own rules show them; `step`: the label of the one that it agreed on."""

    round_id: UUID
    number: int
    picture: SafeString
    counts: str
    step: str


def team_on(listening: Listening, competency: UUID) -> TeamSaid | None:
    """Of the listening's round, else of the latest whose spread is open. None where the team has not rated it. At most six queries."""
    held = listening.round or _latest(listening)
    if held is None or not spread_is_open(held):
        return None
    framework = tree(held.framework_version_id)
    found = next(
        (each for each in spreads_of(held, framework, None) if each.competency.id == competency), None
    )
    if found is None:
        return None
    told = shown(found, framework.step_labels, agreed=found.item.step)
    step = framework.step_label(found.item.step) if found.item.step else ""
    return TeamSaid(held.pk, held.number, told.picture, told.counts, step)


def _latest(listening: Listening) -> Round | None:
    rounds = Round.objects.filter(organisation=listening.organisation_id, journey=listening.journey_id)
    return rounds.filter(spread_opened_at__isnull=False).order_by("-number").first()
