"""Named reads of what respondents see. What cannot change any more is read once and kept by the process for a minute."""

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey
from throughline.kit.prepared import Text, prepared
from throughline.schools.tenant import is_there
from throughline.voices.answering.parts import Part, parts_of
from throughline.voices.asking.estimate import load
from throughline.voices.asking.promise import asks_learners_in_words, is_anonymous
from throughline.voices.groups import BY_CODE
from throughline.voices.models import Asked, Draft, Listening, Question, Recording, ReplyEdition
from throughline.voices.spool.marks import token_hash

KEPT_FOR, MOST_KEPT = 60.0, 64  # seconds; questionnaires in one process
LONGEST_PLACE = 12
Key = tuple[Any, ...]


@dataclass(slots=True)
class Questionnaire:
    """What a group is asked, as a whole. `drawn` keeps what pages are made of (`drawing.py`)."""

    asked: Asked
    questions: tuple[Question, ...]
    names: dict[str, dict[str, str]]  # language → domain → its name
    recordings: dict[tuple[UUID, str, bool], UUID]  # question, language, simply worded → the recording
    anonymous: bool
    beside: tuple[Asked, ...]  # children's groups of the same listening, whose questions families can read
    drawn: dict[Key, Any] = field(default_factory=dict)

    @property
    def listening(self) -> Listening:
        """What it is a part of."""
        return self.asked.listening

    @property
    def minutes(self) -> int:
        """How long one person needs."""
        words = sum(each.kind == Question.Kind.OPEN for each in self.questions)
        steps = len(self.questions) - words
        return load(steps, words, blocks=self.asked.blocks, young=self.asked.young).minutes

    @property
    def asks_in_words(self) -> bool:
        """Whether something is answered in one's own words."""
        return any(each.kind == Question.Kind.OPEN for each in self.questions)

    def parts(self, block: int) -> tuple[Part, ...]:
        """The pages of somebody in this block."""
        key = ("parts", block)
        if key not in self.drawn:
            background = bool(self.listening.background)
            self.drawn[key] = parts_of(self.questions, block=block, background=background)
        found: tuple[Part, ...] = self.drawn[key]
        return found

    def spoken(self, question: Question, language: str) -> str:
        """Where a question is read aloud in the words in which it is asked; nothing where it is not."""
        simple = self.asked.young and bool(question.words.get(language, {}).get("simple"))
        found = self.recordings.get((question.pk, language, simple))
        if found is None:
            return ""
        if self.listening.state != Listening.State.DRAFT:
            return reverse("voices:read-aloud", kwargs={"place": self.asked.place, "recording_id": found})
        here = {"school": self.listening.organisation.slug, "listening_id": self.listening.pk}
        return reverse("voices:hear", kwargs={**here, "recording_id": found})

    def name_of(self, domain: str, language: str) -> str:
        """What a domain is called; nothing for what belongs to none."""
        return self.names.get(language, {}).get(domain, "")


@prepared
def _asked_at(place: Text, *, demo: bool) -> QuerySet[Asked]:
    """`demo` is what `is_there` looks at."""
    return Asked.objects.filter(is_there(), place=place).select_related("organisation", "listening")


def asked_at(place: str) -> Asked | None:
    """The group that is asked at an address; capitals do not matter. One query."""
    if len(place) > LONGEST_PLACE:
        return None
    found = _asked_at(Text(place.lower()), demo=settings.DEMO)
    if not found:
        return None
    found[0].listening.organisation = found[0].organisation
    return found[0]


@prepared
def _draft_here(organisation: UUID, asked: UUID, token: Text) -> QuerySet[Draft]:
    return Draft.objects.filter(organisation=organisation, asked=asked, token_hash=token)


def draft_here(asked: Asked, token: str) -> Draft | None:
    """What this token finds among the drafts of a group. One query; none without a token."""
    found = _draft_here(asked.organisation_id, asked.pk, Text(token_hash(token))) if token else []
    return found[0] if found else None


_kept: OrderedDict[Key, tuple[float, Questionnaire]] = OrderedDict()


def forget_questionnaires() -> None:
    """Read each anew: for tests."""
    _kept.clear()


def questionnaire_of(asked: Asked) -> Questionnaire:
    """What a group is asked. Fixed once the listening was opened, so it is kept by the process then; else six queries."""
    listening = asked.listening
    if listening.state == Listening.State.DRAFT:
        return _read(asked)
    key, now = (asked.pk, listening.opened_at, listening.version), time.monotonic()
    kept = _kept.get(key)
    if kept is None or kept[0] < now:
        kept = _kept[key] = (now + KEPT_FOR, _read(asked))
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return kept[1]


def _read(asked: Asked) -> Questionnaire:
    listening, here = asked.listening, {"organisation": asked.organisation_id}
    groups = list(Asked.objects.filter(**here, listening=listening))
    rows = Question.objects.filter(**here, asked=asked).order_by("position")
    if not asks_learners_in_words(listening, asked):
        rows = rows.exclude(kind=Question.Kind.OPEN)
    read_aloud = Recording.objects.filter(**here, question__asked=asked)
    if listening.keep_until is not None:  # nobody answers any more, and nobody is read to
        read_aloud = read_aloud.none()
    version = Journey.objects.values_list("record__version_id", flat=True).get(pk=listening.journey_id)
    return Questionnaire(
        asked,
        tuple(rows),
        {
            language: {each.code: each.name for each in tree(version, language).domains}
            for language in listening.languages
        },
        {(each.question_id, each.language, each.simple): each.pk for each in read_aloud},
        is_anonymous(asked, groups, listening.threshold),
        tuple(each for each in groups if BY_CODE[each.group].children and each.pk != asked.pk),
    )


def was_answered(listening: Listening) -> bool:
    """Whether it was published what was said and done, or why not. At most one query."""
    return (
        bool(listening.unanswered_why)
        or ReplyEdition.objects.filter(organisation=listening.organisation_id, listening=listening).exists()
    )


def recording_in(asked: Asked, recording: UUID) -> Recording | None:
    """A question of this group, read aloud. One query."""
    rows = Recording.objects.filter(organisation=asked.organisation_id, question__asked=asked, pk=recording)
    return rows.select_related("file").first()
