"""Named reads of what is shared. A share that was withdrawn or has ended is found by none of these."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from throughline.journeys.models import Journey
from throughline.kit import clock
from throughline.network.models import Audience, Share
from throughline.network.policy import READERS_OF_OTHERS, audiences_of
from throughline.schools.models import Affiliation, Organisation
from throughline.schools.tenant import Seat, is_there


def is_open() -> Q:
    """The condition on `Share`: neither withdrawn nor ended, and between organisations the tie stands."""
    now = clock.now()
    tied = Affiliation.objects.filter(
        organisation=OuterRef("organisation"),
        to=OuterRef("to"),
        agreed_at__isnull=False,
        ended_at__isnull=True,
    )
    return (
        Q(withdrawn_at__isnull=True)
        & (Q(ends_at__isnull=True) | Q(ends_at__gt=now))
        & (Q(to__isnull=True) | Q(Exists(tied)))
    )


def open_shares() -> QuerySet[Share]:
    """Every share that can be read now, with its snapshot, journey and organisation."""
    return Share.objects.filter(is_there(), is_open()).select_related(
        "snapshot__journey__record__group", "snapshot__round", "organisation"
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


def share_by_link(token_hash: str) -> Share | None:
    """What a link opens now; None when it is unknown, withdrawn or has ended, whichever it is. One query."""
    return open_shares().filter(audience=Audience.LINK, token_hash=token_hash).first()


def shares_of(journey: Journey) -> QuerySet[Share]:
    """Everything that was ever shared of a journey, newest first: for those who run it."""
    return (
        Share.objects.filter(organisation=journey.organisation_id, snapshot__journey=journey)
        .select_related("snapshot__round", "made_by", "withdrawn_by", "to")
        .order_by("-made_at", "id")
    )
