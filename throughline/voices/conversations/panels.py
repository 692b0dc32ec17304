"""Conversations on the first page of a journey: a link, which asks the database nothing."""

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.journeys.hooks import Offered
from throughline.journeys.policy import Place
from throughline.voices.policy import may_see_listenings


def on_journey(place: Place) -> list[Offered]:
    """The way to the conversations, for those who see listenings."""
    if not may_see_listenings(place.seat):
        return []
    there = reverse("voices:conversations", kwargs={"school": place.seat.organisation.slug})
    return [Offered(there, _("Conversations"), "message-square")]
