"""What is published: frozen words, and beside each line how the priority stands on the day it is read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from throughline.journeys.models import Priority
from throughline.ui.times import day_in_words
from throughline.voices.answering.languages import Said, said_in
from throughline.voices.models import Listening, Reply
from throughline.voices.replying.checking import ANSWER, HEARD

Document = dict[str, Any]


def document_of(listening: Listening, lines: Iterable[Reply]) -> Document:
    """What an edition keeps."""
    return {
        "title": listening.title,
        "languages": list(listening.languages),
        "lines": [
            {
                "kind": each.kind,
                "words": each.words,
                "competency": each.competency,
                "priority": str(each.priority_id or ""),
            }
            for each in lines
        ],
    }


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is read. `state` says how its priority stands; empty without one."""

    heard: Said
    answer: Said
    kind: str
    competency: str = ""
    state: str = ""

    @property
    def follows(self) -> str:
        """What follows, in a few words."""
        said = {
            Reply.Kind.WILL: _("We will do it"),
            Reply.Kind.LATER: _("Not yet"),
            Reply.Kind.NOT: _("We will not do it"),
        }
        return said[Reply.Kind(self.kind)]


def lines_of(
    document: Document,
    language: str,
    priorities: Mapping[str, Priority],
    names: Mapping[str, str],
) -> list[Line]:
    """The lines of an edition in a language, each in the words that there are."""
    found = []
    for each in document["lines"]:
        known = _parts(each["words"])
        heard = said_in(known[HEARD], language)
        answer = said_in(known[ANSWER], heard.language)
        priority = priorities.get(each["priority"])
        state = state_of(priority) if priority else ""
        found.append(Line(heard, answer, each["kind"], names.get(each["competency"], ""), state))
    return found


def _parts(words: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    return {
        part: {language: said.get(part, "") for language, said in words.items()} for part in (HEARD, ANSWER)
    }


def state_of(priority: Priority) -> str:
    """How a priority stands."""
    if priority.dropped_at is not None:
        return _("This was one of our priorities. It no longer is.")
    return _("One of our priorities: we want to get there by %(day)s.") % {
        "day": day_in_words(priority.by_when)
    }


def languages_of(document: Document) -> Sequence[str]:
    """In which languages something is said."""
    said = {language for line in document["lines"] for language in line["words"]}
    return [each for each in document["languages"] if each in said]
