"""Conversations on the first page of a journey."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from throughline.journeys.hooks import Part
from throughline.journeys.policy import Place
from throughline.ui.times import day_in_words
from throughline.voices.conversations.bands import BANDS
from throughline.voices.conversations.policy import may_write
from throughline.voices.conversations.queries import held_about
from throughline.voices.models import Conversation
from throughline.voices.policy import may_see_listenings


def on_overview(place: Place) -> Part | None:
    """The latest conversations of a journey. One query, none for those who see no listenings."""
    seat = place.seat
    if not may_see_listenings(seat):
        return None
    found = held_about(*seat.ids, place.journey.pk)
    if not found:
        return None
    school = seat.organisation.slug
    more = ""
    if may_write(seat.membership) and place.journey.archived_at is None:
        more = f"{reverse('voices:new-conversation', args=[school])}?journey={place.journey.pk}"
    return Part(_("Conversations"), _in_words(found, school), more, _("Write one down"))


def _in_words(found: list[Conversation], school: str) -> SafeString:
    rows = (
        (
            reverse("voices:conversation", args=[school, each.pk]),
            each.get_group_display(),
            day_in_words(each.held_on),
            BANDS[each.how_many],
        )
        for each in found
    )
    items = format_html_join(
        "", '<li><a href="{}">{}</a> <span class="small quiet">{} · {}</span></li>', rows
    )
    return format_html('<ul class="bare stack tight">{}</ul>', items)
