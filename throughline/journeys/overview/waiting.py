"""The one thing that waits for somebody on a journey, in words and with what to press."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.journeys.hooks import offered_on_round
from throughline.journeys.models import Round
from throughline.journeys.next_round.dates import is_near
from throughline.journeys.overview.queries import Line, Overview, as_round
from throughline.journeys.policy import may_run
from throughline.journeys.queries import minutes_for, spread_may_open
from throughline.journeys.words import address, finished_in_words, left_in_words
from throughline.kit import clock
from throughline.ui.times import day_in_words, month_in_words

Action = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A card: its title, what is to do in sentences, links (address, words, kind). `calm`: nothing is asked."""

    title: str
    sentences: tuple[str | SafeString, ...]
    actions: tuple[Action, ...] = ()
    calm: bool = False


def waiting_for(seen: Overview) -> Waiting:
    """What this person should do now on this journey; calm words when nothing waits."""
    if seen.journey.archived_at:
        return _calm(_("This journey is archived. You can still read everything in it."))
    line = seen.current
    if line is None:
        return _between_rounds(seen)
    if line.state == Round.State.DRAFT:
        return _draft(seen, line)
    if line.state == Round.State.RATING:
        return _rating(seen, line)
    return _agreeing(seen, line)


def _calm(*sentences: str | SafeString, actions: tuple[Action, ...] = ()) -> Waiting:
    return Waiting(_("You’re all caught up"), sentences, actions, calm=True)


def _to(seen: Overview, name: str, words: str, kind: str, line: Line | None = None) -> Action:
    where = {"round_id": line.id} if line else {"journey_id": seen.journey.id}
    return address(seen.place.seat, name, **where), words, kind


def _draft(seen: Overview, line: Line) -> Waiting:
    if not may_run(seen.place):
        return _calm(_("A new round is being prepared. You’ll be asked when it opens."))
    return Waiting(
        _("Waiting for you"),
        (_("You have a draft of a round. Review it, then open it."),),
        (_to(seen, "round", _("Review the draft"), "primary", line),),
    )


def _rating(seen: Overview, line: Line) -> Waiting:
    progress, mine = seen.progress, seen.mine
    assert progress is not None
    count = finished_in_words(progress.finished, progress.awaited)
    look = _to(seen, "round", _("See the round"), "", line)
    if mine and mine.left:
        words = _("Continue rating") if mine.left < mine.total else _("Start rating")
        said = [count, left_in_words(mine.left, mine.minutes)]
        if line.due_on:
            said.append(_("Please finish by %(date)s.") % {"date": day_in_words(line.due_on)})
        return Waiting(
            _("Waiting for you"), (" ".join(said),), (_to(seen, "rate", words, "primary", line), look)
        )
    if may_run(seen.place) and progress.as_many_as_expected and spread_may_open(progress):
        everyone = _("Everyone has finished rating. When the team meets, open the spread.")
        most = (count, _("When the team meets, open the spread."))
        return Waiting(
            _("Waiting for you"),
            (everyone,) if progress.all_finished else most,
            (_to(seen, "round", _("Go to the round"), "primary", line),),
        )
    if mine and mine.on_paper:
        return _calm(
            _("You’re rating on paper in this round. Fill in a sheet on your own, then hand it in."),
            count,
            actions=(look,),
        )
    if mine:
        return _calm(
            _("You’ve rated everything. You can change it until the spread opens."),
            count,
            actions=(look, _to(seen, "rate", _("See my ratings"), "quiet", line)),
        )
    return _calm(_("Everyone is rating on their own."), count, actions=(look,))


def _agreeing(seen: Overview, line: Line) -> Waiting:
    settled = _("%(settled)s of %(all)s competencies are done.") % {
        "settled": line.competencies - line.unsettled,
        "all": line.competencies,
    }
    look = _to(seen, "round", _("See the round"), "", line)
    if seen.place.decides and line.unsettled:
        left = ngettext(
            "%(left)s competency is left to talk about.",
            "%(left)s competencies are left to talk about.",
            line.unsettled,
        ) % {"left": line.unsettled}
        return Waiting(
            _("Waiting for you"),
            (_("The spread is open and the team agrees. %(left)s") % {"left": left},),
            (_to(seen, "spread", _("Go to the spread"), "primary", line), look),
        )
    if may_run(seen.place) and not line.unsettled:
        return Waiting(
            _("Waiting for you"),
            (
                _(
                    "You’ve been through every competency. Choose two or three priorities, then close the round."
                ),
            ),
            (
                _to(seen, "priorities", _("Choose priorities"), "primary", line),
                _to(seen, "close", _("Close the round"), "", line),
            ),
        )
    return _calm(_("The team is agreeing on where things stand."), settled, actions=(look,))


def _between_rounds(seen: Overview) -> Waiting:
    last = seen.last_closed
    if last is None:
        if may_run(seen.place):
            return Waiting(
                _("Waiting for you"),
                (
                    _(
                        "Your team is in place. Prepare the first round: everyone rates on their own, about %(minutes)s "
                        "minutes, and then you look at it together."
                    )
                    % {"minutes": minutes_for(len(seen.framework.competencies))},
                ),
                (_to(seen, "prepare", _("Prepare the first round"), "primary"),),
            )
        return _calm(_("The first round hasn’t started yet. You’ll be asked when it opens."))
    runs = bool(may_run(seen.place))
    return (
        (_due_or_aimless(seen, last) if runs else None)
        or _own_priority(seen, last)
        or (_undated(seen, last) if runs and last.return_on is None else None)
        or _rest(seen, last)
    )


def _due_or_aimless(seen: Overview, last: Line) -> Waiting | None:
    """For those who run it: the day of the next round is near, or the last one has no priorities yet."""
    closed = _("The last round closed in %(month)s.") % {"month": month_in_words(last.when)}
    if last.return_on and is_near(last.return_on, clock.today()):
        said = _("You planned the next round for %(date)s. Preparing it takes about five minutes.")
        prepare = _to(seen, "prepare", _("Prepare the next round"), "primary")
        later = _to(seen, "return", _("Set another date"), "", last)
        told = (closed, said % {"date": day_in_words(last.return_on)})
        return Waiting(_("Time for the next round"), told, (prepare, later))
    if seen.priorities_of != last.id:
        said = _("Now choose the two or three things that would help most.")
        choose = _to(seen, "priorities", _("Choose priorities"), "primary", last)
        return Waiting(_("Waiting for you"), (closed, said), (choose,))
    return None


def _undated(seen: Overview, last: Line) -> Waiting:
    """For those who run it: share, and say when to look again."""
    said = _("Your priorities are set. Share what you found, and set a date to look again.")
    offered = offered_on_round(seen.place, as_round(seen.journey, last))[:1]
    share = [(each.address, _("Share what you found"), "") for each in offered]
    return Waiting(
        _("Waiting for you"), (said,), (_to(seen, "return", _("Set the date"), "primary", last), *share)
    )


def _own_priority(seen: Overview, last: Line) -> Waiting | None:
    """Whoever leads a priority that has no next step is asked for one."""
    me = seen.place.seat.membership.id
    for chosen in seen.priorities:
        if chosen.lead_id == me and not chosen.next_step and seen.priorities_of:
            url = address(
                seen.place.seat,
                "priority",
                round_id=seen.priorities_of,
                competency_id=chosen.competency_id,
            )
            said = format_html(
                _("You’re leading {name}, and it has no next step yet. A small one with a date is enough."),
                name=format_html("<strong>{}</strong>", chosen.item.competency.name),
            )
            return Waiting(_("Waiting for you"), (said,), ((url, _("Add a next step"), "primary"),))
    return None


def _rest(seen: Overview, last: Line) -> Waiting:
    closed = _("The last round closed in %(month)s.") % {"month": month_in_words(last.when)}
    if last.return_on is None:
        return _calm(closed, _("You’ll be asked when the next one opens."))
    planned = _("The next round is planned for %(date)s.") % {"date": day_in_words(last.return_on)}
    if not may_run(seen.place):
        return _calm(closed, planned)
    sooner = _to(seen, "prepare", _("Prepare it now"), "")
    return _calm(closed, planned, actions=(sooner, _to(seen, "return", _("Change the date"), "quiet", last)))
