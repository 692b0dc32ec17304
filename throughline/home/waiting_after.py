"""What waits after a round has closed, for those who run the journey: priorities, sharing, a date, the next round.

The trail never ends in nothing: as long as no date is set for the next round, the next of these stands here.
"""

from django.utils.translation import gettext as _

from throughline.home.desk import Desk, runs
from throughline.home.waiting import Waiting, named, source
from throughline.journeys.models import Journey, Round
from throughline.journeys.next_round.dates import is_near
from throughline.journeys.words import address
from throughline.kit import clock
from throughline.schools.tenant import Seat
from throughline.ui.times import day_in_words, month_in_words


@source
def after_rounds(desk: Desk) -> list[Waiting]:
    """At most one thing for each journey whose last round is closed. One query, shared with what lies ahead."""
    found = []
    for journey in desk.journeys:
        held, seat = desk.closed.get(journey.pk), desk.seat_for(journey)
        if held is not None and runs(seat, journey):
            said = _next(seat, journey, held)
            found += [said] if said else []
    return found


def _next(seat: Seat, journey: Journey, held: Round) -> Waiting | None:
    assert held.closed_at is not None

    def wait(title: str, detail: str, href: str, action: str, weight: int) -> Waiting:
        return Waiting(
            title=named(title, journey=journey.name),
            detail=detail,
            organisation=seat.organisation.name,
            weight=weight,
            href=href,
            action=action,
            due=held.return_on,
        )

    if is_near(held.return_on, clock.today()):
        return wait(
            _("{journey}: time for the next round"),
            _("You planned it for %(date)s. Preparing it takes about five minutes.")
            % {"date": day_in_words(held.return_on)},  # type: ignore[arg-type]
            address(seat, "prepare", journey_id=journey.pk),
            _("Prepare the next round"),
            72,
        )
    if not held.chosen:  # type: ignore[attr-defined]
        return wait(
            _("{journey}: choose your priorities"),
            _("The round closed in %(month)s. Pick the two or three things that would help most now.")
            % {"month": month_in_words(held.closed_at)},
            address(seat, "priorities", round_id=held.pk),
            _("Choose priorities"),
            68,
        )
    if held.return_on is not None:
        return None
    if not held.was_shared:  # type: ignore[attr-defined]
        return wait(
            _("{journey}: share what you found, then set a date to look again"),
            _("You choose who sees what. If you’d rather keep it to the team, just set the date."),
            address(seat, "round", round_id=held.pk) + "#next",
            _("See what’s next"),
            62,
        )
    return wait(
        _("{journey}: set a date for the next round"),
        _("We suggest one about half a year out and remind you when it comes."),
        address(seat, "return", round_id=held.pk),
        _("Set the date"),
        60,
    )
