"""Questions read aloud: what can be, what is, and whose the files are."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Q

from throughline.schools.tenant import Seat
from throughline.voices.models import Asked, Listening, Question, Recording
from throughline.voices.policy import visible_listenings

MOST_MB = 5  # a question takes half a minute; as WAV in one channel that is 2.6 MB


class Wording(NamedTuple):
    """Words of a question that can be read aloud. `used` says whether the group is asked in them."""

    language: str
    simple: bool
    text: str
    used: bool


def wordings(question: Question, asked: Asked, languages: list[str]) -> Iterator[Wording]:
    """What can be read aloud, language by language, what the group is asked first."""
    for language in languages:
        told = question.words.get(language, {})
        simply = asked.young and bool(told.get("simple"))
        found = [
            Wording(language, simple, told[name], simple == simply)
            for name, simple in (("text", False), ("simple", True))
            if told.get(name)
        ]
        yield from sorted(found, key=lambda each: not each.used)


def visible_recordings(seat: Seat) -> Q:
    """Condition on `StoredFile`: recordings of the listenings that this person may see."""
    held = Listening.objects.filter(visible_listenings(seat))
    rows = Recording.objects.filter(organisation=seat.organisation, question__asked__listening__in=held)
    return Q(pk__in=rows.values("file"))


def cited_recordings() -> Q:
    """Condition on `StoredFile`: what a question is read aloud with, which is never swept away."""
    return Q(pk__in=Recording.objects.values("file"))
