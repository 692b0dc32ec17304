"""Reads of what people wrote: what waits for the reader, what waits for a moderator, what the team may read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from throughline.schools.models import Membership, Organisation
from throughline.voices.figures.queries import figures_of
from throughline.voices.figures.reading import result_of
from throughline.voices.figures.words import groups_words
from throughline.voices.groups import GROUPS
from throughline.voices.models import HeldWords, Listening, Question, Words
from throughline.voices.moderating.batches import opens_before
from throughline.voices.moderating.labels import labeled

Row = tuple[UUID, str, str, str]
Shown = Sequence[Row] | QuerySet[Words, Row]
CHILDREN = [group.code for group in GROUPS if group.children]


def is_finished(listening: Listening) -> bool:
    """Whether what was held has been let go: before that it lies in the spool, afterwards among `Words`."""
    return listening.keep_until is not None


def words_of_children(listening: Listening) -> QuerySet[HeldWords] | QuerySet[Words]:
    """What the reader may see now, read or not, in an order that says nothing: keys are random, and new after closing."""
    about = {
        "organisation": listening.organisation_id,
        "question__asked__listening": listening,
        "question__asked__group__in": CHILDREN,
    }
    if is_finished(listening):
        return Words.objects.filter(**about).order_by("pk")
    return HeldWords.objects.filter(**about, on__lt=opens_before()).order_by("pk")


def waits_for_reader(before: date) -> Q:
    """The condition on `HeldWords` for those that were not read, of the batches that are open (`opens_before`)."""
    return Q(read=False, on__lt=before, question__asked__group__in=CHILDREN)


def unread(listening: Listening) -> list[tuple[UUID, str]]:
    """Key and text of everything that waits for the reader. One query."""
    return list(words_of_children(listening).filter(read=False).values_list("pk", "text"))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far moderating is."""

    waiting: int
    shown: int
    left_out: int

    @property
    def all(self) -> int:
        return self.waiting + self.shown + self.left_out

    @property
    def decided(self) -> int:
        return self.shown + self.left_out


def words_in(listening: Listening) -> QuerySet[Words]:
    """Everything that was written in a closed listening, in a steady order that says nothing."""
    rows = Words.objects.filter(organisation=listening.organisation_id, question__asked__listening=listening)
    return rows.select_related("question__asked__listening").order_by("pk")


def progress_of(listening: Listening) -> Progress:
    """One query."""
    state = Words.State
    rows = words_in(listening).order_by().select_related(None)
    counted = dict(rows.values_list("state").annotate(n=Count("pk")))
    return Progress(*(counted.get(each, 0) for each in (state.WAITING, state.SHOWN, state.LEFT_OUT)))


def names_of_members(organisation: Organisation) -> list[str]:
    """How the members are called, for the highlight of names. One query."""
    rows = Membership.objects.filter(organisation=organisation, person__isnull=False)
    return list(rows.values_list("person__name", flat=True))


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody wrote, as the team reads it; `group` is empty where it is not told of which group it came."""

    id: UUID
    wording: str
    domain: str
    group: str


def shown_words(listening: Listening, *, domain: str = "", search: str = "") -> "Shown":
    """What was moderated and is shown, in shuffled, steady order, whole or of one domain. Asks when it is read."""
    rows = words_in(listening).filter(state=Words.State.SHOWN)
    if domain:
        rows = rows.filter(question__domain=domain)
    said = rows.values_list("pk", "wording", "question__domain", "question__asked__group")
    if not search:
        return said
    sought = search.casefold()  # in Python: SQLite knows upper and lower case of English letters only
    return [row for row in said if sought in row[1].casefold()]


def as_remarks(listening: Listening, rows: Iterable[Row]) -> list[Remark]:
    """These as the team reads them. One query, for what may be told of groups."""
    figures = figures_of(listening)
    known = result_of(figures) if figures else None
    told = labeled(known.units, known.too_small) if known else {}
    return [
        Remark(pk, wording, domain, groups_words(told[group]) if group in told else "")
        for pk, wording, domain, group in rows
    ]


def domains_with_words(listening: Listening) -> list[str]:
    """The codes of the domains about which an open question was asked. One query."""
    rows = Question.objects.filter(
        organisation=listening.organisation_id, asked__listening=listening, kind=Question.Kind.OPEN
    )
    return list(dict.fromkeys(rows.order_by("position").values_list("domain", flat=True)))
