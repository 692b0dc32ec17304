"""A snapshot read back: the frozen profile, what was agreed and why, the priorities. Never a rating."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from throughline.frameworks.tree import CompetencyItem, DomainItem, Tree
from throughline.journeys.models import Snapshot
from throughline.journeys.spread.looking_back import Look, look_from
from throughline.records.models import StandingValue
from throughline.records.queries import Profile, ProfileItem, day_of


@dataclass(frozen=True, slots=True)
class FrozenItem:
    """One competency as the round left it."""

    item: ProfileItem
    state: str
    step: str
    reason: str
    word: str
    word_after: str
    look: Look | None

    @property
    def competency(self) -> CompetencyItem:
        """What it is about."""
        return self.item.competency


@dataclass(frozen=True, slots=True)
class FrozenPriority:
    """A priority as it stood when the round was closed."""

    item: ProfileItem
    why_now: str
    step: str
    by_when: date
    lead: str
    next_step: str
    next_step_on: date | None


@dataclass(frozen=True, slots=True)
class Frozen:
    """One edition of a closed round."""

    snapshot: Snapshot
    profile: Profile
    parts: list[tuple[DomainItem, list[FrozenItem]]]
    priorities: list[FrozenPriority]
    raters: int
    names_shown: bool

    @property
    def agreed(self) -> int:
        """How many competencies were agreed."""
        return sum(each.state == "agreed" for _domain, entries in self.parts for each in entries)

    @property
    def open(self) -> int:
        """How many were left open or put off."""
        return sum(each.state != "agreed" for _domain, entries in self.parts for each in entries)


def read_snapshot(snapshot: Snapshot, framework: Tree) -> Frozen:
    """A snapshot laid out by domain, in the words of the framework in the language in force."""
    content = snapshot.content
    told = {UUID(each["competency"]): each for each in content["items"]}
    items = tuple(_item(each, told.get(each.id, {})) for each in framework.competencies)
    by_id = {item.competency.id: item for item in items}
    parts = []
    for domain in framework.domains:
        entries = [
            _entry(by_id[each.id], told[each.id], framework)
            for each in domain.competencies
            if told.get(each.id, {}).get("in_round")
        ]
        if entries:
            parts.append((domain, entries))
    return Frozen(
        snapshot=snapshot,
        profile=Profile(framework, items, day_of(snapshot.taken_at)),
        parts=parts,
        priorities=[_priority(each, by_id, framework) for each in content.get("priorities", [])],
        raters=content.get("raters", 0),
        names_shown=bool(content.get("names_shown")),
    )


def _item(competency: CompetencyItem, told: Mapping[str, Any]) -> ProfileItem:
    return ProfileItem(
        competency,
        told.get("standing", StandingValue.NOT_STARTED.value),
        None,
        None,
        bool(told.get("recheck")),
        told.get("set_aside"),
    )


def _entry(item: ProfileItem, told: Mapping[str, Any], framework: Tree) -> FrozenItem:
    return FrozenItem(
        item=item,
        state=told["state"],
        step=framework.step_label(told["step"]) if told.get("step") else "",
        reason=told.get("reason", ""),
        word=told.get("spread", "none"),
        word_after=told.get("spread_after_talk", ""),
        look=look_from(told["looking_back"]) if told.get("looking_back") else None,
    )


def _priority(told: Mapping[str, Any], by_id: Mapping[UUID, ProfileItem], framework: Tree) -> FrozenPriority:
    on = told.get("next_step_on")
    return FrozenPriority(
        item=by_id[UUID(told["competency"])],
        why_now=told["why_now"],
        step=framework.step_label(told["step"]),
        by_when=date.fromisoformat(told["by_when"]),
        lead=told["lead"],
        next_step=told.get("next_step", ""),
        next_step_on=date.fromisoformat(on) if on else None,
    )
