"""What waits on journeys: rating, agreeing, and what those who run them do next."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.home.desk import Desk, Going, runs
from throughline.home.starting import covered
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
            title=named(_("{journey}: time to rate"), journey=going.journey.name),
            detail=_rating_in_words(going),
            organisation=going.seat.organisation.name,
            weight=100,
            href=address(going.seat, "rate", round_id=going.round.pk),
            action=_("Continue rating") if going.mine.left < going.mine.total else _("Start rating"),
            minutes=going.mine.minutes,
            due=going.round.due_on,
        )
        for going in desk.going
        if going.round.state == Round.State.RATING and going.mine and going.mine.left
        if going.journey.pk not in covered(desk)
    ]


def _rating_in_words(going: Going) -> str:
    assert going.mine is not None
    said = left_in_words(going.mine.left, going.mine.minutes)
    due = going.round.due_on
    if due is None:
        return said
    if due < clock.today():
        return f"{said} {_('The deadline was %(date)s, but your view still counts.') % {'date': day_in_words(due)}}"
    return f"{said} {_('Please finish by %(date)s.') % {'date': day_in_words(due)}}"


@source
def agreements(desk: Desk) -> list[Waiting]:
    """Competencies that deciders have still to talk about."""
    return [
        Waiting(
            title=named(_("{journey}: agree on where you stand"), journey=going.journey.name),
            detail=ngettext(
                "The spread is open, and %(left)s competency is left to talk about.",
                "The spread is open, and %(left)s competencies are left to talk about.",
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
        if going.runs and not (going.round.state == Round.State.DRAFT and going.journey.pk in covered(desk))
        for title, detail, page, action, weight in _next(going)
    ]


def _next(going: Going) -> list[tuple[str, str, str, str, int]]:
    held, progress = going.round, going.progress
    if held.state == Round.State.DRAFT:
        return [
            (
                _("{journey}: your draft is ready"),
                _("Look it over, then open the round. Nobody has been asked yet."),
                "round",
                _("Review the draft"),
                60,
            )
        ]
    if held.state == Round.State.AGREEING:
        settled = (
            _("{journey}: choose priorities and close the round"),
            _("Every competency is settled. Pick the two or three things that would help most now."),
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
        else _("The deadline has passed: open the spread without the others, or give them more time.")
    )
    return [(_("{journey}: the spread can be opened"), f"{count} {after}", "round", _("Go to the round"), 80)]


@source
def first_rounds(desk: Desk) -> list[Waiting]:
    """Journeys that have not begun; where an organisation itself is starting, its list of steps says so instead."""
    starting = covered(desk)
    return [
        Waiting(
            title=named(_("{journey}: prepare the first round"), journey=journey.name),
            detail=_("Choose who rates and by when. Nobody is asked until you open the round."),
            organisation=desk.seat_for(journey).organisation.name,
            weight=70,
            href=address(desk.seat_for(journey), "prepare", journey_id=journey.pk),
            action=_("Prepare the round"),
            minutes=5,
        )
        for journey in desk.journeys
        if not journey.has_begun  # type: ignore[attr-defined]
        and journey.pk not in starting
        and runs(desk.seat_for(journey), journey)
    ]
