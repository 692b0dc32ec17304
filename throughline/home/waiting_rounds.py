"""What waits on journeys: rating, agreeing, and what those who run them do next."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.home.desk import Desk, Going, runs
from throughline.home.waiting import Waiting, named, source
from throughline.journeys.models import Round
from throughline.journeys.queries import spread_may_open
from throughline.journeys.words import address, finished_in_words, left_in_words
from throughline.kit import clock
from throughline.ui.times import day_in_words


@source
def ratings(desk: Desk) -> list[Waiting]:
    """Competencies that somebody still has to rate."""
    return [
        Waiting(
            title=named(_("{journey}: your view is asked"), journey=going.journey.name),
            detail=_rating_in_words(going),
            organisation=going.seat.organisation.name,
            weight=100,
            href=address(going.seat, "rate", round_id=going.round.pk),
            action=_("Go on rating") if going.mine.left < going.mine.total else _("Begin rating"),
            minutes=going.mine.minutes,
            due=going.round.due_on,
        )
        for going in desk.going
        if going.round.state == Round.State.RATING and going.mine and going.mine.left
    ]


def _rating_in_words(going: Going) -> str:
    assert going.mine is not None
    said = left_in_words(going.mine.left, going.mine.minutes)
    due = going.round.due_on
    if due is None:
        return said
    if due < clock.today():
        return f"{said} {_('The date was %(date)s; your view still counts.') % {'date': day_in_words(due)}}"
    return f"{said} {_('Please finish by %(date)s.') % {'date': day_in_words(due)}}"


@source
def agreements(desk: Desk) -> list[Waiting]:
    """Competencies that deciders have still to talk about."""
    return [
        Waiting(
            title=named(_("{journey}: agree where you stand"), journey=going.journey.name),
            detail=ngettext(
                "The spread is open. %(left)s competency is left to talk about.",
                "The spread is open. %(left)s competencies are left to talk about.",
                going.left,
            )
            % {"left": going.left},
            organisation=going.seat.organisation.name,
            weight=90,
            href=address(going.seat, "spread", round_id=going.round.pk),
            action=_("Go to the spread"),
        )
        for going in desk.going
        if going.round.state == Round.State.AGREEING and going.decides and going.left
    ]


@source
def steps_of_rounds(desk: Desk) -> list[Waiting]:
    """What those who run a journey do next: open a draft, open the spread, close."""
    return [
        Waiting(
            title=named(title, journey=going.journey.name),
            detail=detail,
            organisation=going.seat.organisation.name,
            weight=weight,
            href=address(going.seat, page, round_id=going.round.pk),
            action=action,
            due=going.round.due_on,
        )
        for going in desk.going
        if going.runs
        for title, detail, page, action, weight in _next(going)
    ]


def _next(going: Going) -> list[tuple[str, str, str, str, int]]:
    held, progress = going.round, going.progress
    if held.state == Round.State.DRAFT:
        return [
            (
                _("{journey}: a round is prepared"),
                _("Look it over, then ask everyone."),
                "round",
                _("Look at the draft"),
                60,
            )
        ]
    if held.state == Round.State.AGREEING:
        settled = (
            _("{journey}: choose priorities and close the round"),
            _("Every competency is settled. Two or three priorities are enough to remember."),
            "priorities",
            _("Choose priorities"),
            80,
        )
        return [] if going.left else [settled]
    late = held.due_on is not None and held.due_on < clock.today()
    if not spread_may_open(progress) or not (progress.as_many_as_expected or late):
        return []
    count = finished_in_words(progress.finished, progress.awaited)
    after = (
        _("When the team meets, open the spread.")
        if progress.as_many_as_expected
        else _("The date has passed: open the spread without the others, or give them more time.")
    )
    return [(_("{journey}: the spread can be opened"), f"{count} {after}", "round", _("Go to the round"), 80)]


@source
def first_rounds(desk: Desk) -> list[Waiting]:
    """Journeys that have not begun, and organisations without one."""
    found = []
    for journey in desk.journeys:
        seat = desk.seat_for(journey)
        if not journey.has_begun and runs(seat, journey):  # type: ignore[attr-defined]
            found.append(
                Waiting(
                    title=named(_("{journey}: open the first round"), journey=journey.name),
                    detail=_(
                        "The journey has a team and a map. Ask everyone how they see it, each one alone."
                    ),
                    organisation=seat.organisation.name,
                    weight=70,
                    href=address(seat, "prepare", journey_id=journey.pk),
                    action=_("Open the first round"),
                )
            )
    return found + [
        Waiting(
            title=named(_("{organisation}: start the first journey"), organisation=seat.organisation.name),
            detail=_("Choose whose journey it is and who is on the team. That takes about two minutes."),
            organisation=seat.organisation.name,
            weight=70,
            href=address(seat, "start"),
            action=_("Start a journey"),
            minutes=2,
        )
        for seat in desk.seats
        if seat.is_lead and seat.organisation.kind != "network" and not desk.journeys_in(seat)
    ]
