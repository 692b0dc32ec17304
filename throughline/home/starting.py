"""How to begin, for whoever looks after an organisation that has not yet seen how its first round came out: three steps
that tick themselves off. What stands here does not wait a second time in the list of what waits."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.home.desk import Desk, Going, runs
from throughline.journeys.models import Journey, Round
from throughline.journeys.queries import minutes_for
from throughline.journeys.words import address, finished_in_words, left_in_words
from throughline.schools.models import Role
from throughline.schools.tenant import Seat
from throughline.ui.checklist import Task, in_turn
from throughline.ui.times import day_in_words

SHIPPED = 24  # competencies of the framework that ships


@dataclass(frozen=True, slots=True)
class Start:
    """The list of one organisation, and the journey that it is about once there is one."""

    seat: Seat
    journey: Journey | None
    tasks: list[Task]


def starts_of(desk: Desk) -> list[Start]:
    """One list for each organisation that is starting. One query, and what the desk has read anyway."""
    return [_start(desk, seat) for seat in desk.starting]


def begun_with(desk: Desk, seat: Seat) -> Journey | None:
    """The journey with which an organisation starts: the one whose round goes on, or else its first."""
    mine = [each for each in desk.journeys_in(seat) if runs(seat, each)]
    going = {each.journey_id for each in desk.rounds}
    return next((each for each in mine if each.pk in going), mine[0] if mine else None)


def covered(desk: Desk) -> set[UUID]:
    """The journeys whose next step already stands in such a list."""
    return {journey.pk for seat in desk.starting if (journey := begun_with(desk, seat))}


def _start(desk: Desk, seat: Seat) -> Start:
    journey = begun_with(desk, seat)
    going = next((each for each in desk.going if journey and each.journey.pk == journey.pk), None)
    tasks = [_invite(desk, seat), _prepare(seat, journey, going), _rate(seat, going, _minutes(desk, journey))]
    return Start(seat, journey, in_turn(tasks))


def _invite(desk: Desk, seat: Seat) -> Task:
    invited, came = desk.company.get(seat.organisation.pk, (0, 0))
    detail = _(
        "Six to ten people who see the school differently: teachers, leaders, a learner, a parent. About 5 minutes."
    )
    if invited:
        people = ngettext("%(n)s person invited", "%(n)s people invited", invited) % {"n": invited}
        joined = (
            ngettext("%(n)s has joined.", "%(n)s have joined.", came) % {"n": came}
            if came
            else _("nobody has joined yet.")
        )
        detail = f"{people}; {joined}"
    return Task(
        invited > 0,
        _("Invite your team"),
        detail,
        reverse("schools:invite", kwargs={"school": seat.organisation.slug}) + f"?role={Role.TEAM}",
        _("Invite people"),
        _("Invite more people"),
    )


def _prepare(seat: Seat, journey: Journey | None, going: Going | None) -> Task:
    state = going.round.state if going else ""
    if journey is None:
        href = address(seat, "start")
    elif going is None:
        href = address(seat, "prepare", journey_id=journey.pk)
    else:
        href = address(seat, "round", round_id=going.round.pk)
    opened = state not in ("", Round.State.DRAFT)
    detail = (
        _("Choose who rates and by when. Nobody is asked until you open the round. About 5 minutes.")
        if state != Round.State.DRAFT
        else _("Your draft is ready. Look it over, then open the round.")
    )
    if opened:
        due = going.round.due_on if going else None
        detail = _("Open until %(date)s.") % {"date": day_in_words(due)} if due else _("The round is open.")
    action = _("Open the round") if state == Round.State.DRAFT else _("Prepare the round")
    return Task(opened, _("Prepare the first round"), detail, href, action, _("See the round"))


def _minutes(desk: Desk, journey: Journey | None) -> int:
    """How long rating all of it takes; before there is a journey, of the framework that ships."""
    return minutes_for(len(desk.framework(journey).competencies) if journey else SHIPPED)


def _rate(seat: Seat, going: Going | None, minutes: int) -> Task:
    detail = _(
        "Everyone rates on their own, about %(minutes)s minutes. Then you meet and see where you agree and where you don’t."
    ) % {"minutes": minutes}
    if going is None or going.round.state != Round.State.RATING:
        return Task(False, _("Rate, each on your own"), detail)
    progress, mine = going.progress, going.mine
    count = finished_in_words(progress.finished, progress.awaited)
    if mine and mine.left:
        began, due = mine.left < mine.total, going.round.due_on
        said = [left_in_words(mine.left, mine.minutes), count]
        if due:
            said.append(_("Please finish by %(date)s.") % {"date": day_in_words(due)})
        return Task(
            False,
            _("Rate, each on your own"),
            " ".join(said),
            address(seat, "rate", round_id=going.round.pk),
            _("Continue rating") if began else _("Start rating"),
            due=due,
        )
    return Task(
        progress.as_many_as_expected,
        _("Rate, each on your own"),
        count if progress.all_finished else _("Your part is done. %(count)s") % {"count": count},
        address(seat, "round", round_id=going.round.pk),
        _("See the round"),
        _("See the round"),
    )
