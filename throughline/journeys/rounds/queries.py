"""A round as its page shows it, by the state it is in."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.frameworks.tree import CompetencyItem, DomainItem, Tree
from throughline.journeys.models import Rater, Round, RoundItem
from throughline.journeys.paper.queries import people_asked
from throughline.journeys.queries import asked, minutes_for
from throughline.records.models import Record, Standing, StandingValue


@dataclass(frozen=True, slots=True)
class Settled:
    """One competency of a round and what the team made of it so far."""

    item: RoundItem
    competency: CompetencyItem
    standing: str
    step: str


@dataclass(frozen=True, slots=True)
class DomainPart:
    """A domain and its competencies in a round."""

    domain: DomainItem
    entries: list[Settled]

    @property
    def left(self) -> int:
        """How many are still to talk about."""
        return sum(each.item.state == RoundItem.State.OPEN for each in self.entries)


def parts_of(items: list[RoundItem], record: Record, framework: Tree) -> list[DomainPart]:
    """The items of a round by domain, each with the standing in force. One query."""
    standings: dict[UUID, str] = defaultdict(lambda: StandingValue.NOT_STARTED.value)
    rows = Standing.objects.filter(organisation=record.organisation_id, record=record)
    standings.update(rows.values_list("competency_id", "value"))
    by_competency = {item.competency_id: item for item in items}
    parts = [
        DomainPart(
            domain,
            [
                Settled(
                    by_competency[each.id],
                    each,
                    standings[each.id],
                    framework.step_label(by_competency[each.id].step or 1)
                    if by_competency[each.id].step
                    else "",
                )
                for each in domain.competencies
                if each.id in by_competency
            ],
        )
        for domain in framework.domains
    ]
    return [part for part in parts if part.entries]


@dataclass(frozen=True, slots=True)
class Asked:
    """A rater of a draft: what they will be asked, and how long it takes."""

    rater: Rater
    what: str
    minutes: int


def asked_of(held: Round, items: list[RoundItem], framework: Tree) -> list[Asked]:
    """Everyone who will be asked, by name. One query."""
    return [_asked(rater, items, framework) for rater in people_asked(held)]


def _asked(rater: Rater, items: list[RoundItem], framework: Tree) -> Asked:
    count = len(asked(rater, items, framework))
    names = [domain.name for domain in framework.domains if str(domain.id) in rater.domains]
    what = ", ".join(names) if names else _("everything")
    return Asked(rater, what, minutes_for(count))
