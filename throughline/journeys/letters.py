"""Letters about rounds: the request to rate and its reminders, in the reader's language."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from uuid import UUID

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


Letter = tuple[str, list[str]]
"""Its subject, and its paragraphs after the greeting."""


def write_to(member: Membership, held: Round, key: str, write: Callable[[], Letter]) -> None:
    """Queue a letter about a round in its reader's language; once for each `key`."""
    with translation.override(member.person.language or member.organisation.language):
        subject, paragraphs = write()
        queue_mail(
            key=key,
            to=member.person.email,
            subject=subject,
            body="\n\n".join([_("Hello %(name)s,") % {"name": member.name}, *paragraphs]) + "\n",
            organisation_id=held.organisation_id,
        )


def link_for(member: Membership, page: str, **of: UUID) -> str:
    """The whole address of a page of the journeys of the member's school."""
    known = {"school": member.organisation.slug, **of}
    return f"{settings.SITE_ADDRESS}{reverse(f'journeys:{page}', kwargs=known)}"


def ask_to_rate(held: Round, raters: Iterable[Rater]) -> None:
    """Ask these raters, each once for a round: on screen with a link, on paper without."""
    framework, items = tree(held.framework_version_id), read_items(held)
    for rater in raters:
        count = len(asked(rater, items, framework))
        if rater.on_paper:
            _send(held, rater, f"round-paper:{held.id}:{rater.id}", partial(_on_paper, count=count))
        else:
            _send(held, rater, f"round-opened:{held.id}:{rater.id}", partial(_opening, count=count))


def tell_of_notes(held: Round) -> None:
    """Tell those who left a note at the round before that it can be read now that this one has opened."""
    notes = SealedNote.objects.filter(
        organisation=held.organisation_id, round__journey=held.journey_id, round__number=held.number - 1
    ).select_related("author__person", "author__organisation", "round")
    for note in notes:
        if note.author.is_active:
            write_to(note.author, held, f"note-opened:{note.id}:{held.id}", partial(_note_opened, held, note))


def _note_opened(held: Round, note: SealedNote) -> Letter:
    paragraphs = [
        _("A new round of “%(journey)s” has opened, and so has the note you sealed last time.")
        % {"journey": held.journey.name},
        link_for(note.author, "notes", round_id=note.round_id),
    ]
    return _("Your sealed note has opened: %(journey)s") % {"journey": held.journey.name}, paragraphs


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


def _send(held: Round, rater: Rater, key: str, write: Callable[[Round, Membership], Letter]) -> None:
    member = rater.membership
    assert member is not None
    write_to(member, held, key, partial(write, held, member))


def _opening(held: Round, member: Membership, *, count: int) -> Letter:
    lines = [
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
    lines.append(link_for(member, "rate", round_id=held.id))
    return _("Your turn to rate: %(journey)s") % {"journey": held.journey.name}, lines


def _reminder(held: Round, member: Membership) -> Letter:
    lines = [
        _("You haven’t finished rating for “%(journey)s” yet.") % {"journey": held.journey.name},
    ]
    if held.due_on:
        lines.append(_("The date to finish was %(date)s.") % {"date": day_in_words(held.due_on)})
    lines.append(_("This email was sent automatically. Nobody can see who has finished and who hasn’t."))
    lines.append(link_for(member, "rate", round_id=held.id))
    return _("Reminder to rate: %(journey)s") % {"journey": held.journey.name}, lines


def _on_paper(held: Round, member: Membership, *, count: int) -> Letter:
    lines = [
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
    return _("Your turn to rate on paper: %(journey)s") % {"journey": held.journey.name}, lines


def _note(held: Round, member: Membership) -> Letter:
    lines = [
        _(
            "Some paper sheets for “%(journey)s” haven’t been handed in yet. If you’ve handed in yours, thank you! Please ignore this email."
        )
        % {"journey": held.journey.name},
    ]
    if held.due_on:
        lines.append(_("The date to finish was %(date)s.") % {"date": day_in_words(held.due_on)})
    lines.append(_("This email was sent automatically, once, to everyone who rates on paper."))
    return _("Have you handed in your sheet? %(journey)s") % {"journey": held.journey.name}, lines


def ask_to_key_in(held: Round, typist: Typist) -> None:
    """Tell somebody that they were named to key in the paper sheets of a round."""
    member = Membership.objects.select_related("person", "organisation").get(pk=typist.membership_id)

    def write() -> Letter:
        lines = [
            _("Some people are rating on paper in “%(journey)s”. You’ve been chosen to enter their sheets.")
            % {"journey": held.journey.name},
            _(
                "What people wrote is confidential: please don’t talk about it with anyone, and keep the sheets locked away until they’re destroyed."
            ),
            link_for(member, "key-in", round_id=held.id),
        ]
        return _("Please enter paper sheets: %(journey)s") % {"journey": held.journey.name}, lines

    write_to(member, held, f"round-typist:{held.id}:{typist.id}", write)


def tell_sheet_is_in(held: Round, rater: Rater, typist: Membership) -> None:
    """Where names show, tell someone that their sheet was keyed in for them, each time."""

    def write(held: Round, member: Membership) -> Letter:
        lines = [
            _("%(typist)s has entered your paper sheet for “%(journey)s”.")
            % {"typist": typist.name, "journey": held.journey.name},
            _("Please check that it says what you meant. You can change it until the spread opens."),
            link_for(member, "rate", round_id=held.id),
        ]
        return _("Your sheet has been entered: %(journey)s") % {"journey": held.journey.name}, lines

    _send(held, rater, f"round-sheet-in:{held.id}:{rater.id}:{opaque_id()}", write)
