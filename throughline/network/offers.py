"""What this room offers on the pages of a journey: sharing a closed round, what is shared, the story so far."""

from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.journeys.hooks import Offered
from throughline.journeys.models import Round
from throughline.journeys.policy import Place
from throughline.kit.prepared import prepared
from throughline.network.models import Share
from throughline.network.policy import may_share, may_withdraw


def on_round(place: Place, held: Round) -> list[Offered]:
    """Share it; for those who may."""
    if not may_share(place):
        return []
    where = reverse("network:share", kwargs={"school": place.seat.organisation.slug, "round_id": held.pk})
    return [Offered(where, _("Share"), "share-2")]


def on_journey(place: Place) -> list[Offered]:
    """What is shared of it; for those who could take it back."""
    if not may_withdraw(place, ""):
        return []
    where = reverse(
        "network:shares", kwargs={"school": place.seat.organisation.slug, "journey_id": place.journey.pk}
    )
    return [Offered(where, _("What you share, and with whom"), "share-2")]


def was_shared(held: Round) -> bool:
    """Whether it was ever shared, be it withdrawn since. One query."""
    return bool(_shares_of(held.organisation_id, held.journey_id, held.pk))


@prepared
def _shares_of(organisation: UUID, journey: UUID, held: UUID) -> QuerySet[Share, UUID]:
    shares = Share.objects.filter(organisation=organisation, snapshot__journey=journey, snapshot__round=held)
    return shares.values_list("pk", flat=True)[:1]
