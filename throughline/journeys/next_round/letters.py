"""The letter that says it is time for the next round, on the day that was set when the last one closed."""

from datetime import timedelta
from functools import partial

from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from throughline.journeys.letters import Letter, link_for, write_to
from throughline.journeys.models import Round
from throughline.journeys.policy import RUNNERS
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.ui.times import month_in_words

# A worker that was down for longer lets the day pass: home still says it.
LATEST = timedelta(days=30)


def remind_of_return() -> int:
    """Write to those who run a journey whose day has come. Each letter is queued once, however often this is called."""
    today = clock.today()
    due = (
        Round.objects.filter(
            state=Round.State.CLOSED,
            return_on__lte=today,
            return_on__gt=today - LATEST,
            journey__archived_at__isnull=True,
        )
        .annotate(newest=Max("journey__rounds__number"))
        .filter(number=F("newest"))
        .select_related("journey")
    )
    sent = 0
    for held in due:
        for member in _runners(held):
            key = f"round-return:{held.id}:{held.return_on}:{member.id}"
            write_to(member, held, key, partial(_letter, held, member))
            sent += 1
    return sent


def _runners(held: Round) -> list[Membership]:
    """Those who run the journey and belong to the organisation now."""
    asked = Q(holdings__role__in=[role.value for role in RUNNERS]) | Q(pk=held.journey.started_by_id)
    found = Membership.objects.filter(
        asked, organisation=held.organisation_id, joined_at__isnull=False, left_at__isnull=True
    )
    return list(found.select_related("person", "organisation").distinct())


def _letter(held: Round, member: Membership) -> Letter:
    assert held.closed_at is not None
    paragraphs = [
        _("Today is the day you set for the next round of “%(journey)s”. The last one closed in %(month)s.")
        % {"journey": held.journey.name, "month": month_in_words(held.closed_at)},
        _("Preparing it takes about five minutes. Not a good time? Set another date on the same page."),
        link_for(member, "overview", journey_id=held.journey_id),
    ]
    return _("Time for the next round: %(journey)s") % {"journey": held.journey.name}, paragraphs
