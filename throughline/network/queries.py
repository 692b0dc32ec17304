"""Named reads of what is shared. A share that was withdrawn or has ended is found by none of these."""

from collections.abc import Iterable
from datetime import datetime
from itertools import starmap
from uuid import UUID

from django.conf import settings
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from throughline.journeys.models import Journey, Round, Snapshot
from throughline.journeys.queries import journeys_visible_to, place_of
from throughline.kit import clock
from throughline.kit.prepared import prepared
from throughline.network.models import Audience, Share, ShareRead
from throughline.network.policy import READERS_OF_OTHERS, audiences_of, may_withdraw
from throughline.schools.models import Affiliation, Organisation
from throughline.schools.tenant import Seat, is_there


def is_open(now: datetime | None = None) -> Q:
    """The condition on `Share`: neither withdrawn nor ended, and between organisations the tie stands.

    It must be the tie under which it was shared: a tie that is made anew opens nothing that was shared before.
    """
    now = now or clock.now()
    tied = Affiliation.objects.filter(
        organisation=OuterRef("organisation"),
        to=OuterRef("to"),
        agreed_at__lte=OuterRef("made_at"),
        ended_at__isnull=True,
    )
    return (
        Q(withdrawn_at__isnull=True)
        & (Q(ends_at__isnull=True) | Q(ends_at__gt=now))
        & (Q(to__isnull=True) | Q(Exists(tied)))
    )


def open_shares(now: datetime | None = None) -> QuerySet[Share]:
    """Every share that can be read now, with its snapshot, journey and organisation."""
    return Share.objects.filter(is_there(), is_open(now)).select_related(
        "snapshot__journey__record__group", "snapshot__round", "earlier__snapshot__round", "organisation"
    )


def shares_for(seat: Seat) -> QuerySet[Share]:
    """What is shared inside the organisation with this person, by their roles; newest first."""
    return (
        open_shares()
        .filter(organisation=seat.organisation, audience__in=audiences_of(seat))
        .order_by("-made_at", "id")
    )


def shared_with_organisation(organisation: Organisation) -> QuerySet[Share]:
    """What schools (and districts) that belong to `organisation` share with it; newest first.

    Starts from the ties, so that every index is used as it is ordered. Whether a person of it may read these is said
    by `policy.may_read_of_others`.
    """
    tied = Affiliation.objects.filter(to=organisation, agreed_at__isnull=False, ended_at__isnull=True)
    return (
        open_shares()
        .filter(organisation__in=tied.values("organisation"), to=organisation)
        .order_by("-made_at", "id")
    )


def received_by(seat: Seat) -> QuerySet[Share]:
    """What other organisations share with this person's, for those who work there on journeys; empty for others."""
    if not seat.has(*READERS_OF_OTHERS):
        return Share.objects.none()
    return shared_with_organisation(seat.organisation)


def tied_to(organisation: Organisation) -> QuerySet[Organisation]:
    """The districts and networks to which an organisation belongs, by name."""
    ties = Affiliation.objects.filter(
        organisation=organisation, agreed_at__isnull=False, ended_at__isnull=True
    )
    return Organisation.objects.filter(pk__in=ties.values("to")).order_by("name")


def earlier_share(share: Share) -> Share | None:
    """What the same readers are shown of the latest earlier round in the same words; links are one kind of readers."""
    held = share.snapshot.round
    return (
        open_shares()
        .filter(
            organisation=share.organisation,
            snapshot__journey=share.snapshot.journey_id,
            snapshot__round__number__lt=held.number,
            snapshot__round__framework_version=held.framework_version_id,
            audience=share.audience,
            to=share.to,
        )
        .order_by("-snapshot__round__number", "-snapshot__edition", "-made_at")
        .first()
    )


def share_by_link(token_hash: str) -> Share | None:
    """What a link opens now; None when it is unknown, withdrawn or has ended, whichever it is. One query."""
    return open_shares().filter(audience=Audience.LINK, token_hash=token_hash).first()


def shares_of(journey: Journey) -> QuerySet[Share]:
    """Everything that was ever shared of a journey, newest first: for those who run it. `open_now`: whether it is read."""
    return (
        Share.objects.filter(organisation=journey.organisation_id, snapshot__journey=journey)
        .annotate(open_now=ExpressionWrapper(is_open(), BooleanField()))
        .select_related("snapshot__round", "made_by", "withdrawn_by", "to")
        .order_by("-made_at", "id")
    )


def newest_snapshot(held: Round) -> Snapshot | None:
    """What was frozen when this round was closed last."""
    return (
        Snapshot.objects.filter(organisation=held.organisation_id, round=held)
        .select_related("round", "journey__record__group")
        .order_by("-edition")
        .first()
    )


def unread_by(seats: Iterable[Seat]) -> list[Share]:
    """What is shared with people of their own organisations and not opened by them yet. One query for all seats."""
    return _unread(tuple(seat.ids for seat in seats), clock.now(), demo=settings.DEMO)


@prepared
def _unread(
    seats: tuple[tuple[UUID, UUID, frozenset[str]], ...], now: datetime, *, demo: bool
) -> QuerySet[Share]:
    """`demo` is what `is_there` looks at."""
    mine = Q(pk__in=[])
    members = []
    for seat in starmap(Seat.of_ids, seats):
        mine |= Q(organisation=seat.organisation, audience__in=audiences_of(seat))
        members.append(seat.membership.pk)
    read = ShareRead.objects.filter(
        organisation=OuterRef("organisation"), share=OuterRef("pk"), membership__in=members
    )
    found = open_shares(now).filter(mine, ~Exists(read)).exclude(made_by__in=members)
    return found.order_by("-made_at", "id")


def readable_by(seat: Seat, share_id: UUID) -> Share | None:
    """One open share that this person may read: by their role, by their organisation, or because they could take it
    back and so see what they share. None for everything else."""
    share = open_shares().filter(pk=share_id).first()
    if share is None:
        return None
    if share.organisation_id != seat.organisation.pk:
        return share if share.to_id == seat.organisation.pk and seat.has(*READERS_OF_OTHERS) else None
    if share.audience in audiences_of(seat):
        return share
    journey = journeys_visible_to(seat).filter(pk=share.snapshot.journey_id).first()
    return share if journey and may_withdraw(place_of(seat, journey), share.audience) else None
