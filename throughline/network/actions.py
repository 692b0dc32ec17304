"""Verbs: share a snapshot, take it back, open a link, read what is shared."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from throughline.activity.actions import record
from throughline.journeys.locks import hold_journey
from throughline.journeys.models import Snapshot
from throughline.journeys.policy import Place
from throughline.kit import clock
from throughline.kit.days import slip_in
from throughline.kit.text import clean_line, clean_text
from throughline.network.models import Audience, Share, ShareRead
from throughline.network.policy import may_share_with, may_withdraw
from throughline.network.queries import earlier_share, is_open, shares_for, tied_to
from throughline.people.secret_links import SHORTEST_PASSCODE, passcode_is_right
from throughline.records.queries import end_of
from throughline.schools.log import note
from throughline.schools.models import Membership, Organisation, hash_of, new_token
from throughline.schools.tenant import seat_of

LONGEST_LINK = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Offer:
    """With whom a snapshot is shared, what of it, until when. `to` is the district or network, for that audience;

    whether it may ask us and cite us counts for that audience only.
    """

    audience: str
    to: UUID | None = None
    with_priorities: bool = True
    with_reasons: bool = False
    with_change: bool = True
    may_be_asked: bool = False
    may_be_cited: bool = False
    note: str = ""
    ends_on: date | None = None
    passcode: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """What was shared and, for a link, its secret: kept nowhere else."""

    share: Share
    token: str = ""


def drafted(*, place: Place, snapshot: Snapshot, offer: Offer) -> Share:
    """The share that this offer would make, not saved: what is looked at beforehand is what is made."""
    may_share_with(place, offer.audience).enforce()
    snapshot = Snapshot.objects.select_related("round", "journey__record__group").get(
        pk=snapshot.pk, organisation=place.journey.organisation_id, journey=place.journey
    )
    to = _checked(place, offer)
    share = Share(
        organisation=place.seat.organisation,
        snapshot=snapshot,
        audience=offer.audience,
        to=to,
        with_priorities=offer.with_priorities,
        with_reasons=offer.with_reasons,
        may_be_asked=offer.may_be_asked and to is not None,
        may_be_cited=offer.may_be_cited and to is not None,
        note=clean_text(offer.note),
        made_by=place.seat.membership,
        made_at=clock.now(),
        ends_at=_end(offer.ends_on),
    )
    share.earlier = earlier_share(share) if offer.with_change else None
    return share


def _checked(place: Place, offer: Offer) -> Organisation | None:
    errors = {}
    if offer.audience not in Audience.values:
        errors["audience"] = _("Choose who should see it.")
    to = None
    if offer.audience == Audience.ORGANISATION:
        to = tied_to(place.seat.organisation).filter(pk=offer.to).first() if offer.to else None
        if to is None:
            errors["audience"] = _("Choose a district or network to which this organization belongs.")
    if wrong := _wrong_end(offer):
        errors["ends_on"] = wrong
    passcode = clean_line(offer.passcode)
    if passcode and offer.audience == Audience.LINK and len(passcode) < SHORTEST_PASSCODE:
        errors["passcode"] = _("A passcode needs at least %(number)s characters.") % {
            "number": SHORTEST_PASSCODE
        }
    if errors:
        raise ValidationError(errors)
    return to


def _wrong_end(offer: Offer) -> str:
    if offer.ends_on is None:
        return _("Choose the date the link ends.") if offer.audience == Audience.LINK else ""
    if offer.ends_on < clock.today():
        return _("Choose today or a date in the future.")
    if offer.audience == Audience.LINK and offer.ends_on > clock.today() + LONGEST_LINK:
        return _("A link can be open for a year at most. After that, you can make another one.")
    return slip_in(offer.ends_on)


def _end(day: date | None) -> datetime | None:
    return end_of(day) if day else None


@transaction.atomic
def share_snapshot(*, place: Place, snapshot: Snapshot, offer: Offer) -> Shared:
    """Open a snapshot to an audience. What these readers were shown of it before is withdrawn in the same act;
    every link stands alone."""
    share = drafted(place=place, snapshot=snapshot, offer=offer)
    hold_journey(place)
    token = ""
    if share.is_link:
        token = new_token()
        share.token_hash = hash_of(token)
        passcode = clean_line(offer.passcode)
        share.passcode = make_password(passcode) if passcode else ""
    share.save(force_insert=True)
    if not share.is_link:
        _take_place_of_older(share)
    _log(share, place.seat.membership, "made")
    return Shared(share, token)


def _take_place_of_older(share: Share) -> None:
    """These readers are shown one state of a round only; what is compared with it follows."""
    here = Share.objects.filter(organisation=share.organisation)
    older = list(
        here.filter(
            is_open(), snapshot__round=share.snapshot.round_id, audience=share.audience, to=share.to
        ).exclude(pk=share.pk)
    )
    here.filter(earlier__in=older).update(earlier=share)
    here.filter(pk__in=[each.pk for each in older]).update(
        withdrawn_at=share.made_at, withdrawn_by=share.made_by
    )


@transaction.atomic
def withdraw_share(*, place: Place, share: Share) -> Share:
    """Nobody sees it from now on, wherever they stand. Safe to repeat."""
    share = (
        Share.objects.select_for_update(of=("self",))
        .select_related("snapshot__round", "snapshot__journey", "organisation", "to")
        .get(pk=share.pk, organisation=place.journey.organisation_id, snapshot__journey=place.journey)
    )
    may_withdraw(place, share.audience).enforce()
    if share.withdrawn_at is None:
        share.withdrawn_at, share.withdrawn_by = clock.now(), place.seat.membership
        share.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _log(share, place.seat.membership, "withdrawn")
    return share


def _log(share: Share, by: Membership, act: str) -> None:
    """One line here and, when it concerns a district or network, one there."""
    journey = share.snapshot.journey
    known = {"journey": journey.name, "number": share.snapshot.round.number}
    if share.to is None:
        note(f"share.{act}-{share.audience}", by=by, subject=share, **known)
        return
    note(f"share.{act}-{share.audience}", by=by, subject=share, to=share.to.name, **known)
    record(
        f"share.{act}-for-us",
        organisation_id=share.to.pk,
        actor_id=by.pk,
        actor_name=by.name,
        subject=share,
        member=share.organisation.name,
        **known,
    )


@transaction.atomic
def mark_read(*, by: Membership, share: Share) -> None:
    """This member has opened it, so that their home does not ask again. Leaves no line in the log."""
    found = shares_for(seat_of(by)).filter(pk=share.pk).first()
    if found is not None:
        ShareRead.objects.get_or_create(organisation=found.organisation, share=found, membership=by)


@transaction.atomic
def note_opening(share: Share) -> None:
    """A link was opened: that it was and when, never by whom."""
    at = clock.now()
    Share.objects.filter(organisation=share.organisation_id, pk=share.pk).update(
        opens=F("opens") + 1, opened_at=at
    )
    record(
        "share.link-opened",
        organisation_id=share.organisation_id,
        actor_id=None,
        subject=share,
        journey=share.snapshot.journey.name,
        number=share.snapshot.round.number,
    )


def try_passcode(share: Share, passcode: str, *, address: str, device: str = "") -> bool:
    """Whether this is the passcode. Wrong ones slow down whoever gives them, not those who knew it before on `device`.

    Raises `ValidationError` while one has to wait.
    """
    return passcode_is_right(str(share.pk), share.passcode, passcode, address=address, device=device)
