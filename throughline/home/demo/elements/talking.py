"""What is said about the texts: threads and suggestions, and what became of them."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

from throughline.elements.editing.lines import line_at
from throughline.elements.editing.queries import text_at
from throughline.elements.models import Element, Thread
from throughline.elements.talk.actions.suggesting import accept_suggestion, refuse_suggestion, suggest
from throughline.elements.talk.actions.talking import begin_thread, reply, resolve
from throughline.elements.writing.places import spread
from throughline.home.demo.elements.drafting import Drafts
from throughline.home.demo.elements.texts import Told

Day = tuple[int, Callable[[], object]]


class Talk:
    """One thread, from its beginning to what became of it."""

    def __init__(self, drafts: Drafts, kind: str, told: Told) -> None:
        self.drafts, self.kind, self.told = drafts, kind, told
        self.thread: Thread | None = None

    def doings(self) -> Iterator[Day]:
        """What happens, each on its day."""
        yield self.told["day"], self.begin
        for each in self.told.get("said", ()):
            yield each["day"], partial(self.answer, each)
        for outcome, settle in (("resolved", self.resolve), ("refused", self.refuse)):
            if outcome in self.told:
                yield self.told[outcome]["day"], partial(settle, self.told[outcome])

    def begin(self) -> None:
        """Somebody says something, or suggests other words."""
        told, element = self.told, self.drafts.element(self.kind)
        by, text = self.drafts.who(told["by"]), told["text"]
        passage = _passage(element, told["passage"]) if "passage" in told else None
        if "suggests" in told:
            assert passage is not None
            self.thread = suggest(element=element, passage=passage, by=by, words=told["suggests"], text=text)
        else:
            section = told.get("section", "")
            self.thread = begin_thread(element=element, text=text, by=by, passage=passage, section=section)

    def answer(self, told: Told) -> None:
        """Somebody answers."""
        reply(thread=self.begun, text=told["text"], by=self.drafts.who(told["by"]))

    def resolve(self, told: Told) -> None:
        """It is done."""
        resolve(thread=self.begun, by=self.drafts.who(told["by"]))

    def refuse(self, told: Told) -> None:
        """A suggestion is not taken, for a reason."""
        refuse_suggestion(thread=self.begun, reason=told["reason"], by=self.drafts.who(told["by"]))

    @property
    def begun(self) -> Thread:
        """The thread, once it has begun."""
        return cast("Thread", self.thread)


def suggested(drafts: Drafts, kind: str, sitting: Told) -> list[Day]:
    """A sitting in which nobody wrote: somebody had suggested other words, and they are accepted."""
    [(now, before)] = sitting["changes"]
    told = sitting["suggested"]
    talk = Talk(
        drafts,
        kind,
        {"day": told["day"], "by": told["by"], "passage": before, "suggests": now, "text": told["why"]},
    )

    def accept() -> None:
        accept_suggestion(thread=talk.begun, by=drafts.who(sitting["by"]))

    return [*talk.doings(), (sitting["day"], accept)]


def _passage(element: Element, said: str) -> tuple[int, int, int]:
    """Where words stand in the text now. Signs of Markdown in them are left out."""
    words = spread(said.replace("*", ""))
    line = line_at(element, text_at(element).version)
    start = line.line.find(words)
    assert start >= 0, f"{said!r} does not stand in {element.title!r}"
    return start, start + len(words), line.version
