"""What is published: frozen words, and beside each line how the priority stands on the day it is read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.journeys.models import Priority
from throughline.ui.times import day_in_words
from throughline.voices.answering.languages import Said, said_in
from throughline.voices.models import Listening, Reply
from throughline.voices.replying.checking import ANSWER, HEARD
from throughline.voices.replying.following import Step, progress_words, stands_in

Document = dict[str, Any]
FOLLOWS = {
    Reply.Kind.WILL: gettext_lazy("We will do it"),
    Reply.Kind.LATER: gettext_lazy("Not yet"),
    Reply.Kind.NOT: gettext_lazy("We will not do it"),
}


def document_of(
    listening: Listening, lines: Iterable[Reply], steps: Mapping[UUID, Sequence[Step]]
) -> Document:
    """What an edition keeps; of the steps of a line only how many stand how, and that where the line tells it."""
    return {
        "title": listening.title,
        "languages": list(listening.languages),
        "lines": [
            {
                "kind": each.kind,
                "words": each.words,
                "competency": each.competency,
                "priority": str(each.priority_id or ""),
                **({"stands": stands_in(steps[each.pk])} if each.tells and steps.get(each.pk) else {}),
            }
            for each in lines
        ],
    }


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is read. `state` says how its priority stands today, `progress` how far its steps were when it was
    published; each empty without one."""

    heard: Said
    answer: Said
    kind: str
    competency: str = ""
    state: str = ""
    progress: str = ""

    @property
    def follows(self) -> str:
        """What follows, in a few words."""
        return str(FOLLOWS[Reply.Kind(self.kind)])


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
        name, progress = names.get(each["competency"], ""), progress_words(each.get("stands", {}))
        found.append(Line(heard, answer, each["kind"], name, state, progress))
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


def same_words(one: Document, other: Document) -> bool:
    """Whether two documents differ at most in how far the steps of the plan are."""
    return _without_stands(one) == _without_stands(other)


def _without_stands(document: Document) -> Document:
    lines = [{name: told for name, told in line.items() if name != "stands"} for line in document["lines"]]
    return {**document, "lines": lines}


def languages_of(document: Document) -> Sequence[str]:
    """In which languages something is said."""
    said = {language for line in document["lines"] for language in line["words"]}
    return [each for each in document["languages"] if each in said]
