"""What the readers of a share are shown: its frozen snapshot, cut down to what was chosen. Never a rating, never a
spread, nobody's name outside the organisation. The preview, the page and the PDF are all made from this."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.frameworks.tree import tree
from throughline.journeys.models import Snapshot
from throughline.journeys.report.contents import Aim, aims_of
from throughline.journeys.report.snapshot import Frozen, FrozenItem, FrozenPriority, read_snapshot
from throughline.journeys.report.words import outcome_in_words, standing_in_words
from throughline.journeys.words import round_title, scope_in_words
from throughline.network.models import OUTSIDE, Share
from throughline.records.profile.picture import in_words
from throughline.records.queries import Profile, ProfileItem
from throughline.ui.times import day_in_words


@dataclass(frozen=True, slots=True)
class Change:
    """A competency that stands otherwise than in the earlier snapshot."""

    name: str
    hue: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A competency of the round with what the team made of it, in its own words."""

    name: str
    standing: str
    standing_word: str
    hue: int
    recheck: bool
    set_aside: bool
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """A domain of the round."""

    name: str
    hue: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One shared snapshot, ready to be laid out. Parts that were not chosen are None."""

    organisation: str
    journey: str
    of: str
    scope: str
    round: str
    date: str
    title: str
    framework: str
    note: str
    summary: str
    profile: Profile
    earlier: Profile | None
    earlier_date: str
    changes: tuple[Change, ...]
    aims: tuple[Aim, ...] | None
    parts: tuple[Part, ...] | None
    reading: tuple[str, ...]
    attribution: str
    source_url: str
    taken_at: datetime


def shown(share: Share) -> Shown:
    """What this share, saved or only drafted, opens to its readers now. No query once the share was loaded."""
    snapshot, journey = share.snapshot, share.snapshot.journey
    journey.organisation = share.organisation
    frozen = _frozen(snapshot, with_reasons=share.with_reasons)
    earlier = share.earlier if share.earlier and share.earlier.is_open else None
    before = _frozen(earlier.snapshot, with_reasons=share.with_reasons) if earlier else None
    framework, date = frozen.profile.tree, day_in_words(snapshot.taken_at)
    return Shown(
        organisation=share.organisation.name,
        journey=journey.name,
        of=_("%(organisation)s · %(journey)s")
        % {
            "organisation": f"\u2068{share.organisation.name}\u2069",
            "journey": f"\u2068{journey.name}\u2069",
        },
        scope=scope_in_words(journey),
        round=round_title(snapshot.round.number),
        date=date,
        title=_("Where we stood on %(date)s") % {"date": date},
        framework=_("%(title)s, version %(number)s") % {"title": framework.title, "number": framework.number},
        note=share.note,
        summary=in_words(frozen.profile),
        profile=frozen.profile,
        earlier=before.profile if before else None,
        earlier_date=day_in_words(before.snapshot.taken_at) if before else "",
        changes=_changes(frozen, before) if before else (),
        aims=aims_of(frozen, partial(_aim, named=share.audience not in OUTSIDE))
        if share.with_priorities
        else None,
        parts=_parts(frozen) if share.with_reasons else None,
        reading=_reading(),
        attribution=framework.attribution,
        source_url=framework.source_url,
        taken_at=snapshot.taken_at,
    )


def _frozen(snapshot: Snapshot, *, with_reasons: bool) -> Frozen:
    frozen = read_snapshot(snapshot, tree(snapshot.round.framework_version_id))
    if with_reasons:
        return frozen
    quiet = tuple(
        item if item.counts else replace(item, set_aside="") for item in frozen.profile.items
    )  # that it is set aside belongs to the picture, why is a reason
    return replace(frozen, profile=replace(frozen.profile, items=quiet))


def _changes(now: Frozen, then: Frozen) -> tuple[Change, ...]:
    before: Mapping[UUID, ProfileItem] = then.profile.by_competency()
    return tuple(
        Change(
            item.competency.name,
            item.competency.hue,
            _("It was %(before)s and is %(now)s.")
            % {"before": standing_in_words(before[item.competency.id]), "now": standing_in_words(item)},
        )
        for item in now.profile.items
        if _state(before[item.competency.id]) != _state(item)
    )


def _state(item: ProfileItem) -> tuple[str, bool]:
    return item.standing, item.counts


def _aim(each: FrozenPriority, *, named: bool) -> str:
    told = {"step": each.step, "date": day_in_words(each.by_when), "lead": f"\u2068{each.lead}\u2069"}
    if named:
        return _("To “%(step)s” by %(date)s. Led by %(lead)s.") % told
    return _("To “%(step)s” by %(date)s.") % told


def _parts(frozen: Frozen) -> tuple[Part, ...]:
    return tuple(
        Part(domain.name, domain.hue, tuple(_entry(each) for each in entries))
        for domain, entries in frozen.parts
    )


def _entry(each: FrozenItem) -> Entry:
    return Entry(
        name=each.competency.name,
        standing=str(each.item.standing),
        standing_word=standing_in_words(each.item),
        hue=each.competency.hue,
        recheck=each.item.counts and each.item.recheck,
        set_aside=not each.item.counts,
        outcome=outcome_in_words(each),
        reason=each.reason,
    )


def _reading() -> tuple[str, ...]:
    return (
        _(
            "A competency is earned when there is evidence for each of its indicators, and some of it shows "
            "what people do or what came of it. In progress means that work on it has begun."
        ),
        _(
            "This is where the team stood on that date, in its own judgment. It is not a score, and it ranks "
            "nobody. Nothing that happened later changes it."
        ),
    )
