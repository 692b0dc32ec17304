"""Shares in words, for lists."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.journeys.words import round_title
from throughline.network.models import Audience, Share
from throughline.ui.times import day_in_words


def audience_in_words(share: Share) -> str:
    """With whom, to stand in a sentence."""
    if share.to is not None:
        return share.to.name
    return str(Audience(share.audience).label)


@dataclass(frozen=True, slots=True)
class Listed:
    """A share in the list of those who run the journey."""

    id: UUID
    whom: str
    round: str
    round_id: UUID
    open: bool
    facts: tuple[str, ...]
    may_withdraw: bool


def listed(share: Share, may_withdraw: bool) -> Listed:
    """With whom, since when, until when, how often a link was opened, when it was taken back."""
    open_now = share.is_open and getattr(share, "open_now", True)
    told = {"name": f"\u2068{share.made_by.name}\u2069", "date": day_in_words(share.made_at)}
    facts = [_("Shared by %(name)s on %(date)s.") % told]
    if open_now:
        facts.append(
            _("Open until %(date)s.") % {"date": day_in_words(share.ends_at)}
            if share.ends_at
            else _("Open until it is withdrawn.")
        )
    elif share.withdrawn_at:
        facts.append(_("Withdrawn on %(date)s.") % {"date": day_in_words(share.withdrawn_at)})
    elif share.is_open:
        facts.append(_("Ended when the connection it was shared through ended."))
    else:
        facts.append(_("Ended on %(date)s.") % {"date": day_in_words(share.ends_at or share.made_at)})
    facts.append(_parts(share))
    facts += [_("Others may ask us about what we have earned.")] if share.may_be_asked else []
    facts += [_("Others may cite a standing as evidence.")] if share.may_be_cited else []
    if share.is_link:
        facts += [_("Protected with a passcode.")] if share.passcode else []
        facts.append(_opened(share))
    return Listed(
        id=share.pk,
        whom=_whom(share),
        round=round_title(share.snapshot.round.number),
        round_id=share.snapshot.round_id,
        open=open_now,
        facts=tuple(facts),
        may_withdraw=may_withdraw and share.is_open,
    )


def _whom(share: Share) -> str:
    titles = {
        Audience.STAFF.value: _("Our staff"),
        Audience.BOARD.value: _("Our board"),
        Audience.PEOPLE.value: _("All our people"),
        Audience.LINK.value: _("Anyone with the link"),
    }
    return share.to.name if share.to else titles[share.audience]


def _parts(share: Share) -> str:
    if share.with_priorities and share.with_reasons:
        return _("With the priorities and the team’s reasons.")
    if share.with_priorities:
        return _("With the priorities, without reasons.")
    if share.with_reasons:
        return _("With the team’s reasons, without the priorities.")
    return _("The credit profile only.")


def _opened(share: Share) -> str:
    if not share.opens or share.opened_at is None:
        return _("It has not been opened yet.")
    return ngettext(
        "Opened once, on %(date)s. We do not record by whom.",
        "Opened %(count)s times, most recently on %(date)s. We do not record by whom.",
        share.opens,
    ) % {"count": share.opens, "date": day_in_words(share.opened_at)}


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A share in the list of those who may read it."""

    id: UUID
    title: str
    organisation: str
    stood: str
    since: str


def reading_row(share: Share) -> ReadingRow:
    """Whose journey, and as of when."""
    return ReadingRow(
        id=share.pk,
        title=share.snapshot.journey.name,
        organisation=share.organisation.name,
        stood=_("Where it stood on %(date)s") % {"date": day_in_words(share.snapshot.taken_at)},
        since=_("Shared on %(date)s") % {"date": day_in_words(share.made_at)},
    )
