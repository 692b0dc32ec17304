"""What the plan offers where the next round is prepared and its priorities are chosen: the review that was closed last."""

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.journeys.hooks import Offered
from throughline.journeys.policy import Place
from throughline.plans.reviewing.queries import last_closed


def on_preparing(place: Place) -> list[Offered]:
    """The last review. One query, none for those who do not see the plan."""
    found = last_closed(place.seat)
    if found is None:
        return []
    key = {"school": place.seat.organisation.slug, "review_id": found.pk}
    words = _("Read the review “%(title)s”") % {"title": found.title}
    return [Offered(reverse("plans:review", kwargs=key), words, "book-open")]
