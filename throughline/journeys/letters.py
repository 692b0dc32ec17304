"""Letters about rounds: the request to rate and its reminders, in the reader's language."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from throughline.activity.actions import queue_mail
from throughline.frameworks.tree import tree
from throughline.journeys.models import Rater, Round, SealedNote, Typist
from throughline.journeys.queries import asked, minutes_for, read_items, unfinished_raters
from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.schools.models import Membership
from throughline.ui.times import day_in_words

REMIND_BEFORE = timedelta(days=2)
LEAVE_IN_PEACE = timedelta(hours=20)  # the request to rate has only just come
# Where no date was set: a reminder each week, and then no more.
WEEK = timedelta(days=7)
WEEKS = 3


def ask_to_rate(held: Round, raters: Iterable[Rater]) -> None:
    """Ask these raters, each once for a round: on screen with a link, on paper without."""
    framework, items = tree(held.framework_version_id), read_items(held)

    def write(held: Round, rater: Rater) -> tuple[str, str]:
        return _opening(held, rater, len(asked(rater, items, framework)))

    def write_on_paper(held: Round, rater: Rater) -> tuple[str, str]:
        return _on_paper(held, rater, len(asked(rater, items, framework)))

    for rater in raters:
        if rater.on_paper:
            _send(held, rater, f"round-paper:{held.id}:{rater.id}", write_on_paper)
        else:
            _send(held, rater, f"round-opened:{held.id}:{rater.id}", write)


def tell_of_notes(held: Round) -> None:
    """Tell those who left a note at the round before that it can be read now that this one has opened."""
    notes = SealedNote.objects.filter(
        organisation=held.organisation_id, round__journey=held.journey_id, round__number=held.number - 1
    ).select_related("author__person", "author__organisation", "round")
    for note in notes:
        member = note.author
        if not member.is_active:
            continue
        with translation.override(member.person.language or member.organisation.language):
            path = reverse(
                "journeys:notes", kwargs={"school": member.organisation.slug, "round_id": note.round_id}
            )
            lines = [
                _("Hello %(name)s,") % {"name": member.name},
                _("A new round of “%(journey)s” has opened, and so has the note you sealed last time.")
                % {"journey": held.journey.name},
                f"{settings.SITE_ADDRESS}{path}",
            ]
            queue_mail(
                key=f"note-opened:{note.id}:{held.id}",
                to=member.person.email,
                subject=_("Your sealed note has opened: %(journey)s") % {"journey": held.journey.name},
                body="\n\n".join(lines) + "\n",
                organisation_id=held.organisation_id,
            )


def remind_raters() -> int:
    """Remind those who have not finished: two days before the date and on the day after it, or each week of the first
    three where there is no date. Each letter is queued once, however often this is called; returns how many are behind."""
    sent = 0
    going_on = Round.objects.filter(state=Round.State.RATING, opened_at__lt=clock.now() - LEAVE_IN_PEACE)
    for held in going_on.select_related("journey__record"):
        stage = _stage(held)
        if not stage:
            continue
        for rater in unfinished_raters(held, tree(held.framework_version_id)):
            _send(held, rater, f"round-reminder:{held.id}:{rater.id}:{stage}", _reminder)
            sent += 1
        sent += _ask_for_sheets(held, stage)
    return sent


def _ask_for_sheets(held: Round, stage: str) -> int:
    """A kind note to everyone on paper while sheets are missing, once: nobody knows whose sheet is in, so everyone
    gets the same, and no second one."""
    if not stage.endswith(("soon", "week-1")):
        return 0
    rows = list(
        Rater.objects.filter(organisation=held.organisation_id, round=held, on_paper=True).select_related(
            "membership__person", "membership__organisation"
        )
    )
    people = [each for each in rows if each.membership is not None and each.membership.left_at is None]
    if sum(each.sheet_in for each in rows) >= len(people):
        return 0
    awaited = [each for each in people if not each.sheet_in and not each.absent_at]
    for rater in awaited:
        _send(held, rater, f"round-paper-note:{held.id}:{rater.id}", _note)
    return len(awaited)


def _stage(held: Round) -> str:
    """Which reminder it is time for; empty: none."""
    if held.due_on is None:
        assert held.opened_at is not None
        week = (clock.now() - held.opened_at) // WEEK
        return f"week-{week}" if 1 <= week <= WEEKS else ""
    today = clock.today()
    if held.due_on > today + REMIND_BEFORE:
        return ""
    return f"{held.due_on}:{'late' if held.due_on < today else 'soon'}"


def _send(held: Round, rater: Rater, key: str, write: Callable[[Round, Rater], tuple[str, str]]) -> None:
    member = rater.membership
    assert member is not None
    language = member.person.language or member.organisation.language
    with translation.override(language):
        subject, body = write(held, rater)
        queue_mail(
            key=key, to=member.person.email, subject=subject, body=body, organisation_id=held.organisation_id
        )


def _link(held: Round, rater: Rater) -> str:
    return _address(held, "rate", rater.membership)


def _address(held: Round, page: str, member: Membership | None) -> str:
    assert member is not None
    known = {"school": member.organisation.slug, "round_id": held.id}
    return f"{settings.SITE_ADDRESS}{reverse(f'journeys:{page}', kwargs=known)}"


def _opening(held: Round, rater: Rater, count: int) -> tuple[str, str]:
    lines = [
        _("Hello %(name)s,") % {"name": _name(rater)},
        _(
            "“%(journey)s” would like to know how you see it: %(count)s competencies, about %(minutes)s minutes."
        )
        % {"journey": held.journey.name, "count": count, "minutes": minutes_for(count)},
        _(
            "You rate on your own. Nobody sees your ratings before the spread opens, and you can stop and come back at any time."
        ),
    ]
    if held.due_on:
        lines.append(_("Please finish by %(date)s.") % {"date": day_in_words(held.due_on)})
    return _("Your turn to rate: %(journey)s") % {"journey": held.journey.name}, _letter(lines, held, rater)


def _reminder(held: Round, rater: Rater) -> tuple[str, str]:
    lines = [
        _("Hello %(name)s,") % {"name": _name(rater)},
        _("You haven’t finished rating for “%(journey)s” yet.") % {"journey": held.journey.name},
    ]
    if held.due_on:
        lines.append(_("The date to finish was %(date)s.") % {"date": day_in_words(held.due_on)})
    lines.append(_("This email was sent automatically. Nobody can see who has finished and who hasn’t."))
    return _("Reminder to rate: %(journey)s") % {"journey": held.journey.name}, _letter(lines, held, rater)


def _letter(lines: list[str], held: Round, rater: Rater) -> str:
    return "\n\n".join([*lines, _link(held, rater)]) + "\n"


def _name(rater: Rater) -> str:
    assert rater.membership is not None
    return rater.membership.name


def _on_paper(held: Round, rater: Rater, count: int) -> tuple[str, str]:
    lines = [
        _("Hello %(name)s,") % {"name": _name(rater)},
        _(
            "“%(journey)s” would like to know how you see it, on paper: %(count)s competencies, about %(minutes)s minutes."
        )
        % {"journey": held.journey.name, "count": count, "minutes": minutes_for(count)},
        _("A sheet with your name on it is being printed for you. Fill it in on your own and hand it in.")
        if held.names_shown
        else _(
            "Take any of the printed sheets: nothing on it is linked to you. Fill it in on your own and hand it in."
        ),
    ]
    if held.due_on:
        lines.append(_("Please hand it in by %(date)s.") % {"date": day_in_words(held.due_on)})
    subject = _("Your turn to rate on paper: %(journey)s") % {"journey": held.journey.name}
    return subject, "\n\n".join(lines) + "\n"


def _note(held: Round, rater: Rater) -> tuple[str, str]:
    lines = [
        _("Hello %(name)s,") % {"name": _name(rater)},
        _(
            "Some paper sheets for “%(journey)s” haven’t been handed in yet. If you’ve handed in yours, thank you! Please ignore this email."
        )
        % {"journey": held.journey.name},
    ]
    if held.due_on:
        lines.append(_("The date to finish was %(date)s.") % {"date": day_in_words(held.due_on)})
    lines.append(_("This email was sent automatically, once, to everyone who rates on paper."))
    subject = _("Have you handed in your sheet? %(journey)s") % {"journey": held.journey.name}
    return subject, "\n\n".join(lines) + "\n"


def ask_to_key_in(held: Round, typist: Typist) -> None:
    """Tell somebody that they were named to key in the paper sheets of a round."""
    member = Membership.objects.select_related("person", "organisation").get(pk=typist.membership_id)
    with translation.override(member.person.language or member.organisation.language):
        lines = [
            _("Hello %(name)s,") % {"name": member.name},
            _("Some people are rating on paper in “%(journey)s”. You’ve been chosen to enter their sheets.")
            % {"journey": held.journey.name},
            _(
                "What people wrote is confidential: please don’t talk about it with anyone, and keep the sheets locked away until they’re destroyed."
            ),
            _address(held, "key-in", member),
        ]
        queue_mail(
            key=f"round-typist:{held.id}:{typist.id}",
            to=member.person.email,
            subject=_("Please enter paper sheets: %(journey)s") % {"journey": held.journey.name},
            body="\n\n".join(lines) + "\n",
            organisation_id=held.organisation_id,
        )


def tell_sheet_is_in(held: Round, rater: Rater, typist: Membership) -> None:
    """Where names show, tell someone that their sheet was keyed in for them, each time."""

    def write(held: Round, rater: Rater) -> tuple[str, str]:
        lines = [
            _("Hello %(name)s,") % {"name": _name(rater)},
            _("%(typist)s has entered your paper sheet for “%(journey)s”.")
            % {"typist": typist.name, "journey": held.journey.name},
            _("Please check that it says what you meant. You can change it until the spread opens."),
            _link(held, rater),
        ]
        return _("Your sheet has been entered: %(journey)s") % {"journey": held.journey.name}, "\n\n".join(
            lines
        ) + "\n"

    _send(held, rater, f"round-sheet-in:{held.id}:{rater.id}:{opaque_id()}", write)
