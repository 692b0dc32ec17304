"""What comes after a round has closed: priorities, sharing, and the day on which to look again.

The trail goes on until that day is set; sharing is offered and never insisted on.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.journeys.hooks import offered_on_round, was_shared
from throughline.journeys.models import Round
from throughline.journeys.policy import Place, may_run
from throughline.journeys.words import address
from throughline.ui.checklist import Task, in_turn
from throughline.ui.times import day_in_words


def tasks_after(place: Place, held: Round, *, chosen: int) -> list[Task]:
    """The three, for whoever runs the journey; nothing for others. `chosen`: how many priorities there are. One query."""
    if not may_run(place):
        return []
    share = next(iter(offered_on_round(place, held)), None)
    shared = was_shared(held)
    tasks = [_priorities(place, held, chosen)]
    if share is not None:
        said = (
            _("Shared. You decide who else should see it.")
            if shared
            else _("Staff, the board, families, your district: you choose who sees what. Optional.")
        )
        tasks.append(
            Task(
                shared,
                _("Share what you found"),
                said,
                share.address,
                _("Choose who sees it"),
                _("Share with others"),
            )
        )
    return in_turn([*tasks, _return(place, held)])


def _priorities(place: Place, held: Round, chosen: int) -> Task:
    detail = (
        ngettext("You chose %(n)s.", "You chose %(n)s.", chosen) % {"n": chosen}
        if chosen
        else _("What would help most now? Two or three are enough to remember.")
    )
    return Task(
        chosen > 0,
        _("Choose your priorities"),
        detail,
        address(place.seat, "priorities", round_id=held.pk),
        _("Choose priorities"),
        _("Change them"),
    )


def _return(place: Place, held: Round) -> Task:
    detail = (
        _("Set for %(date)s. We’ll remind you then.") % {"date": day_in_words(held.return_on)}
        if held.return_on
        else _("About half a year is long enough for something to have moved. We’ll remind you.")
    )
    return Task(
        held.return_on is not None,
        _("Set a date for the next round"),
        detail,
        address(place.seat, "return", round_id=held.pk),
        _("Set the date"),
        _("Change the date"),
    )
