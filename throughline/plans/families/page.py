"""The page as families read it in one language: pure, from what was published, what the plan says today, and translations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from throughline.elements.publishing.page import direction_of
from throughline.plans.families.document import Content, Document, name_of_text, says_something
from throughline.plans.families.sections import SECTIONS, Section
from throughline.ui.times import day_in_words, month_in_words

OPEN, DONE, DROPPED = "open", "done", "dropped"


@dataclass(frozen=True, slots=True)
class Stand:
    """What the plan says of a goal or an action today. Never what it is called there."""

    state: str  # planned, under-way, done, dropped
    starts_on: date | None = None
    due_on: date | None = None
    state_on: date | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Something that was written; `language` is the one that it stands in."""

    text: str
    language: str

    @property
    def direction(self) -> str:
        """Which way it is written."""
        return direction_of(self.language)

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of a section. `state` and `when` follow the plan (both in the page's language), `when` also stands for
    a range that the school gave; `lost`: what it followed is no longer in the plan."""

    title: Words
    text: Words
    for_whom: Words
    state: str = ""
    when: str = ""
    since: str = ""
    tone: str = ""
    lost: bool = False

    @property
    def look(self) -> str:
        """How its state is drawn (`pill`)."""
        return {"done": "success", "late": "warn", "under-way": "info"}.get(self.tone, "")


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of a section, with a small heading where it needs one."""

    heading: str
    text: Words


@dataclass(frozen=True, slots=True)
class Part:
    """A section that says something."""

    key: str
    title: str
    pieces: list[Piece]
    lines: list[Line]
    year: Words | None = None
    cites: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """The first words of the Call to Action, and where all of it is read."""

    title: str
    text: str
    language: str
    address: str

    @property
    def direction(self) -> str:
        """Which way it is written."""
        return direction_of(self.language)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that somebody asked, and the school's answer."""

    id: UUID
    question: Words
    answer: Words


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """Everything that a family reads. `words` are the fixed ones, `languages` pairs of code and name."""

    organisation: str
    place: str
    language: str
    source: str
    title: str
    parts: list[Part]
    questions: list[Answered]
    cited: Cited | None
    checked: str
    number: int
    languages: list[tuple[str, str]]
    missing: int
    words: dict[str, str]
    takes_questions: bool
    way: str
    may_be_found: bool

    @property
    def direction(self) -> str:
        """Which way its language is written."""
        return direction_of(self.language)

    @property
    def is_public(self) -> bool:
        """Whether everyone can read it."""
        return self.way == "everyone"


class Teller:
    """Says pieces in one language, and counts what has no translation."""

    def __init__(self, source: str, language: str, said: Mapping[str, str], words: dict[str, str]) -> None:
        self.source, self.language, self.said, self.words = source, language, said, words
        self.missing: set[str] = set()

    def tell(self, text: str, source: str = "") -> Words:
        """The words in this language; in their own where nobody has translated them."""
        own = source or self.source
        if not says_something(text) or own == self.language:
            return Words(text, own)
        name = name_of_text(text)
        if name in self.said:
            return Words(self.said[name], self.language)
        self.missing.add(name)
        return Words(text, own)

    def part(self, section: Section, content: Content, stands: Mapping[str, Stand], today: date) -> Part:
        """A section with its entries."""
        pieces = [
            Piece(self.words.get(field.heads, ""), self.tell(content[field.name]))
            for field in section.fields
            if field.name != "year" and content.get(field.name)
        ]
        lines = [self.line(item, stands, today) for item in content.get("items", ())]
        year = self.tell(content["year"]) if content.get("year") else None
        return Part(
            section.key,
            self.words[section.key],
            pieces,
            lines,
            year,
            section.cites and bool(content.get("cites")),
        )

    def line(self, item: Content, stands: Mapping[str, Stand], today: date) -> Line:
        """An entry, with what the plan says of it today."""
        title, text, whom = (self.tell(item.get(name, "")) for name in ("title", "text", "for_whom"))
        tie = item.get("tie", "")
        stand = stands.get(tie)
        if stand is None:
            return Line(title, text, whom, when=self.ranged(item), lost=bool(tie))
        give = int(item.get("give") or 0)
        late = is_late(stand, give, today)
        since = stand.state_on if stand.state != DONE else None
        return Line(
            title,
            text,
            whom,
            state=self.words["late" if late else stand.state],
            when=self.when(stand, give, late=late),
            since=self.words["said_on"] % {"date": day_in_words(since)} if since else "",
            tone="late" if late else stand.state,
        )

    def when(self, stand: Stand, give: int, *, late: bool) -> str:
        """The date of something in the plan, as wide as the school gave it."""
        if stand.state == DONE:
            return self.words["was_done"] % {"date": day_in_words(stand.state_on)} if stand.state_on else ""
        if stand.state == DROPPED:
            return ""
        if late and stand.due_on:
            return self.words["was_by"] % {"date": day_in_words(stand.due_on)}
        if stand.due_on is None:
            return self.words["from"] % {"date": month_in_words(stand.starts_on)} if stand.starts_on else ""
        if give:
            return self.between(stand.due_on, months_later(stand.due_on, give))
        return self.words["by"] % {"date": day_in_words(stand.due_on)}

    def ranged(self, item: Content) -> str:
        """The range of something that follows nothing in the plan."""
        first, last = (
            date.fromisoformat(told) if told else None for told in map(item.get, ("earliest", "latest"))
        )
        if first and last:
            return self.between(first, last)
        if first:
            return self.words["from"] % {"date": month_in_words(first)}
        return self.words["by_month"] % {"date": month_in_words(last)} if last else ""

    def between(self, first: date, last: date) -> str:
        """From month to month; in one and the same month just that."""
        if (first.year, first.month) == (last.year, last.month):
            return self.words["by_month"] % {"date": month_in_words(last)}
        return self.words["between"] % {"first": month_in_words(first), "last": month_in_words(last)}


def is_late(stand: Stand, give: int, today: date) -> bool:
    """Whether it isn't done although its day, and what was given beyond it, has passed."""
    if stand.state in (DONE, DROPPED) or stand.due_on is None:
        return False
    return (months_later(stand.due_on, give) if give else stand.due_on) < today


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def parts_of(document: Document, teller: Teller, stands: Mapping[str, Stand], today: date) -> list[Part]:
    """The sections that say something, in the order of the page."""
    found = [
        teller.part(section, document[section.key], stands, today)
        for section in SECTIONS
        if section.key in document
    ]
    return [each for each in found if each.pieces or each.lines or each.cites]
