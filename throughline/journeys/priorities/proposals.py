"""What could come next, for competencies that are low or disputed. It proposes; people choose."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.journeys.models import Round, RoundItem
from throughline.journeys.spread.consensus import Agreement
from throughline.journeys.spread.queries import words_of
from throughline.journeys.words import step_words
from throughline.records.models import Claim

LOW = 2
HIGHEST = 4


@dataclass(frozen=True, slots=True)
class Proposal:
    """A competency, why it is shown, the described step to aim at, and what could come next."""

    item: RoundItem
    competency: CompetencyItem
    why: str
    aim: int
    aim_words: str
    next_steps: tuple[str, ...]
    disputed: bool


def proposals_for(held: Round, items: list[RoundItem], framework: Tree) -> list[Proposal]:
    """Low or disputed competencies in framework order, each with its proposed next step. Two queries."""
    words, shown = words_of(held), _indicators_shown(held)
    found = []
    for item in items:
        competency = framework.by_id[item.competency_id]
        disputed = words.get(item.id) == Agreement.SPLIT or item.state == RoundItem.State.LEFT_OPEN
        low = item.step is not None and item.step <= LOW
        if disputed or low:
            found.append(_proposal(item, competency, framework, disputed, shown[competency.id]))
    return found


def proposal_of(held: Round, item: RoundItem, framework: Tree) -> Proposal:
    """What could come next for one competency, low or not."""
    competency = framework.by_id[item.competency_id]
    disputed = words_of(held).get(item.id) == Agreement.SPLIT or item.state == RoundItem.State.LEFT_OPEN
    return _proposal(item, competency, framework, disputed, _indicators_shown(held)[competency.id])


def _indicators_shown(held: Round) -> dict[UUID, set[UUID]]:
    """Which indicators have evidence that has not been withdrawn."""
    claims = Claim.objects.filter(
        organisation=held.organisation_id,
        record=held.journey.record_id,
        indicator__isnull=False,
        evidence__withdrawn_at__isnull=True,
    )
    shown: dict[UUID, set[UUID]] = defaultdict(set)
    for competency_id, indicator_id in claims.values_list("competency_id", "indicator_id"):
        if indicator_id is not None:
            shown[competency_id].add(indicator_id)
    return shown


def _proposal(
    item: RoundItem, competency: CompetencyItem, framework: Tree, disputed: bool, shown: set[UUID]
) -> Proposal:
    aim = min((item.step or 1) + 1, HIGHEST)
    return Proposal(
        item=item,
        competency=competency,
        why=_why(item, framework, disputed),
        aim=aim,
        aim_words=step_words(competency, framework, aim),
        next_steps=_next_steps(competency, disputed, shown),
        disputed=disputed,
    )


def _why(item: RoundItem, framework: Tree, disputed: bool) -> str:
    if item.state == RoundItem.State.LEFT_OPEN:
        return _("You left it open.")
    if item.step is None:
        return _("You see it differently.") if disputed else _("You have not agreed on it yet.")
    words = {"step": framework.step_label(item.step).lower()}
    if disputed:
        return _("You agreed on “%(step)s”, and you saw it differently before.") % words
    return _("You agreed on “%(step)s”.") % words


def _next_steps(competency: CompetencyItem, disputed: bool, shown: set[UUID]) -> tuple[str, ...]:
    steps = []
    if disputed:
        steps.append(_("Ask people who see it differently for one example each."))
    missing = next((each for each in competency.indicators if each.id not in shown), None)
    if missing:
        steps.append(_("Add evidence for: %(indicator)s") % {"indicator": missing.text})
    elif not disputed:
        steps.append(_("Try out the next step in one place first, and see what comes of it."))
    return tuple(steps)
