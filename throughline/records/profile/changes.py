"""What moved between two dates of a record: pure, and then in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from throughline.records.models import Decision, StandingValue
from throughline.records.profile.picture import Link, mark_of
from throughline.records.queries import Profile, ProfileItem
from throughline.records.reading import why_in_words


class Kind(StrEnum):
    """What became of a competency."""

    MOVED = "moved"
    SET_ASIDE = "set-aside"
    TAKEN_UP = "taken-up"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Change:
    """One competency that is seen otherwise at `now` than at `then`."""

    kind: Kind
    then: ProfileItem
    now: ProfileItem


def changes_between(then: Profile, now: Profile) -> list[Change]:
    """Every change, in the framework's order; a competency can both have moved and have become stale."""
    before, found = then.by_competency(), []
    for item in now.items:
        old = before.get(item.competency.id)
        if old is None:
            continue
        if old.counts and not item.counts:
            found.append(Change(Kind.SET_ASIDE, old, item))
            continue
        if item.counts and not old.counts:
            found.append(Change(Kind.TAKEN_UP, old, item))
        if item.counts and item.standing != old.standing:
            found.append(Change(Kind.MOVED, old, item))
        if item.counts and item.recheck and not old.recheck:
            found.append(Change(Kind.STALE, old, item))
    return found


@dataclass(frozen=True, slots=True)
class ChangeRead:
    """A change as a row of a list."""

    name: str
    href: str
    mark: SafeString
    sentence: str
    why: str
    reason: str


def in_words(
    changes: list[Change], decisions: Mapping[UUID, Decision], link: Link | None = None
) -> list[ChangeRead]:
    """Changes as rows; `decisions` holds those in force, for their reasons."""
    return [_read(change, decisions, link) for change in changes]


def _read(change: Change, decisions: Mapping[UUID, Decision], link: Link | None) -> ChangeRead:
    item = change.now
    decision = decisions.get(item.decision_id) if item.decision_id else None
    said = {
        "before": StandingValue(change.then.standing).label,
        "after": StandingValue(item.standing).label,
    }
    why, reason = "", ""
    match change.kind:
        case Kind.MOVED:
            sentence = _("From %(before)s to %(after)s.") % said
            if decision:
                why, reason = why_in_words(decision.why_changed), decision.reason
        case Kind.SET_ASIDE:
            sentence, reason = _("Left out and not counted."), item.set_aside or ""
        case Kind.TAKEN_UP:
            sentence = _("Counted again.")
        case Kind.STALE:
            sentence = _("To re-check: none of its evidence is fresh, or its check is due.")
    return ChangeRead(
        name=item.competency.name,
        href=link(item.competency) if link else "",
        mark=mark_of(item.standing, item.competency.hue, item.counts and item.recheck, not item.counts),
        sentence=sentence,
        why=why,
        reason=reason,
    )
