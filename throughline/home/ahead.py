"""What happens next on each journey that a person sees, and with what they own in a plan: so that home is never an empty page.

Nothing here asks for anything; what does stands in `waiting`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.home.ahead_plans import Later
from throughline.home.desk import Desk, Going
from throughline.journeys.models import Journey, Round
from throughline.journeys.words import address, finished_in_words, round_title, scope_in_words
from throughline.schools.tenant import Seat
from throughline.ui.times import day_in_words, month_in_words

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Ahead:
    """A journey or what somebody owns in a plan, whose it is, where it is now, and what comes next with its date."""

    name: str
    href: str
    organisation: str
    scope: str
    now: str
    next: str
    on: date | None


def ahead_for(desk: Desk, later: Iterable[Later] = ()) -> list[Ahead]:
    """Every journey on the desk and every plan with something of theirs, the nearest date first. No query of its own."""
    going = {each.journey.pk: each for each in desk.going}
    rows = [_ahead(desk, each, going.get(each.pk)) for each in desk.journeys]
    rows += [_of_a_plan(each) for each in later]
    return sorted(rows, key=lambda row: (row.on or date.max, row.organisation))


def _of_a_plan(later: Later) -> Ahead:
    now = ngettext("%(n)d action of yours comes later.", "%(n)d actions of yours come later.", later.count)
    then = _("No day is set yet.")
    if later.on is not None:
        then = _("The next one is due %(date)s.") % {"date": day_in_words(later.on)}
    return Ahead(
        name=_("My actions"),
        href=reverse("plans:mine", kwargs={"school": later.organisation.slug}),
        organisation=later.organisation.name,
        scope="",
        now=now % {"n": later.count},
        next=then,
        on=later.on,
    )


def _ahead(desk: Desk, journey: Journey, going: Going | None) -> Ahead:
    seat = desk.seat_for(journey)
    if going is not None:
        now, then, on = _of_a_round(going)
    elif (held := desk.closed.get(journey.pk)) is not None:
        now, then, on = _between(held)
    else:
        now, then, on = _("No round yet"), _("Rating starts when the first round opens."), None
    return Ahead(
        name=journey.name,
        href=_address(seat, journey),
        organisation=seat.organisation.name,
        scope=scope_in_words(journey),
        now=now,
        next=then,
        on=on,
    )


def _address(seat: Seat, journey: Journey) -> str:
    return address(seat, "overview", journey_id=journey.pk)


def _of_a_round(going: Going) -> tuple[str, str, date | None]:
    held, title = going.round, {"round": round_title(going.round.number)}
    if held.state == Round.State.DRAFT:
        return _("%(round)s: in preparation") % title, _("Rating starts when it opens."), None
    if held.state == Round.State.RATING:
        now = _("%(round)s: everyone is rating on their own") % title
        count = finished_in_words(going.progress.finished, going.progress.awaited)
        if held.due_on is None:
            return now, _("%(count)s Next, the team meets to compare.") % {"count": count}, None
        said = {"count": count, "date": day_in_words(held.due_on)}
        return now, _("%(count)s Rating ends %(date)s; then the team meets to compare.") % said, held.due_on
    return (
        _("%(round)s: the team is agreeing on where things stand") % title,
        _("Next, the team picks its priorities and closes the round."),
        None,
    )


def _between(held: Round) -> tuple[str, str, date | None]:
    assert held.closed_at is not None
    said = {"round": round_title(held.number), "month": month_in_words(held.closed_at)}
    now = _("%(round)s: closed in %(month)s") % said
    if held.return_on is None:
        return now, _("No date is set for the next round yet."), None
    return now, _("The next round starts %(date)s.") % {"date": day_in_words(held.return_on)}, held.return_on
