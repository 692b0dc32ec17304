"""What this room offers on the pages of a journey: sharing a closed round, what is shared, the story so far."""

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.journeys.hooks import Offered
from throughline.journeys.models import Round
from throughline.journeys.policy import Place
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
    return Share.objects.filter(
        organisation=held.organisation_id, snapshot__journey=held.journey_id, snapshot__round=held.pk
    ).exists()
