"""What each row of a table becomes: a new action, a changed one, the same as before, or a sentence about what is wrong. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.kit.days import slip_in
from throughline.kit.ids import parse_uuid
from throughline.kit.text import clean_line, clean_text
from throughline.plans.doing.checking import DAYS, TEXT_LIMIT, TITLE_LIMIT
from throughline.plans.tables.columns import state_said
from throughline.plans.tables.days import day_said

Row = Sequence[Any]  # its number in the file, its cells, what is amiss by column
LATER = ("title", "owner", *DAYS, "state", "done_when", "resources", "helpers", "goal")


class Person(NamedTuple):
    """Somebody who can own an action."""

    id: UUID
    name: str
    email: str


class Stands(NamedTuple):
    """An action of the plan as it stands."""

    id: UUID
    title: str
    goal: str
    told: Mapping[str, Any]


@dataclass(slots=True)
class Known:
    """What is known of the plan: people by name and address, actions by id, key and words."""

    people: Sequence[Person] = ()
    actions: Sequence[Stands] = ()
    keys: Mapping[str, UUID] = field(default_factory=dict)


class Named(NamedTuple):
    """Somebody whom a row names and whom we don't know: in its words, and what was chosen for that name."""

    said: str
    settled: bool
    who: str = ""  # the name of the member that was chosen, empty for nobody


def word_of(name: str) -> str:
    """What two spellings of one name share."""
    return clean_line(name).casefold()


@dataclass(slots=True)
class Line:
    """A row. `wrong` says column by column what to do about it; `changes` is what would be another."""

    row: int
    told: dict[str, Any] = field(default_factory=dict)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[Named] = field(default_factory=list)
    action: UUID | None = None
    changes: dict[str, Any] = field(default_factory=dict)

    @property
    def says(self) -> str:
        """What the row is about."""
        return str(self.told.get("title") or self.told.get("goal") or "–")

    @property
    def becomes(self) -> str:
        """new, changed, same, wrong, or (without an action) goal."""
        if self.wrong:
            return "wrong"
        if "title" not in self.told:
            return "goal"
        if self.action is None:
            return "new"
        return "changed" if self.changes else "same"


def lines_of(
    rows: Iterable[Row],
    headings: Sequence[str],
    columns: Mapping[str, int],
    known: Known,
    *,
    order: str,
    without_owner: bool = False,
    people: Mapping[str, UUID | None] = MappingProxyType({}),
) -> list[Line]:
    """Every row as what it becomes.

    `order`: which number of a date comes first. `people`: who is meant by a name that we don't know, None for nobody;
    `without_owner`: nobody for all other names.
    """
    reader = _Reader(headings, columns, known, order, without_owner, people)
    found = [reader.line(*row) for row in rows]
    seen: dict[Any, int] = {}
    for line in found:
        for mark in filter(None, (line.told.get("key"), line.action or _words(line.told))):
            first = seen.setdefault(mark, line.row)
            if first != line.row and not line.wrong and "title" in line.told:
                line.wrong.append(
                    (
                        reader.heading("title"),
                        _("This is the same action as in row %(row)d. Keep one of them.") % {"row": first},
                    )
                )
    return found


def _words(told: Mapping[str, Any]) -> tuple[str, str]:
    return told.get("title", "").casefold(), told.get("goal", "").casefold()


class _Reader:
    """Reads one row after the other."""

    def __init__(
        self,
        headings: Sequence[str],
        columns: Mapping[str, int],
        known: Known,
        order: str,
        without_owner: bool,
        chosen: Mapping[str, UUID | None],
    ) -> None:
        self._headings, self._columns, self._known = headings, columns, known
        self._order, self._without_owner, self._chosen = order, without_owner, chosen
        self._people: dict[str, list[Person]] = defaultdict(list)
        for each in known.people:
            for word in {word_of(each.name), each.email.casefold()} - {""}:
                self._people[word].append(each)
        self._names = {each.id: each.name for each in known.people}
        self._by_id = {each.id: each for each in known.actions}
        self._by_words: dict[tuple[str, str], list[Stands]] = defaultdict(list)
        for one in known.actions:
            self._by_words[one.title.casefold(), one.goal.casefold()].append(one)

    def heading(self, name: str) -> str:
        """What the column of a field is called in the file."""
        at = self._columns.get(name)
        return self._headings[at] if at is not None else ""

    def line(self, number: int, cells: Sequence[str], faults: Mapping[str, str]) -> Line:
        line = Line(int(number))
        told = line.told
        for name, at in self._columns.items():
            if fault := faults.get(str(at)):
                line.wrong.append((self.heading(name), fault))
            elif at < len(cells) and cells[at].strip():
                self._read(line, name, cells[at])
        if not line.wrong:
            self._whole(line)
        if "title" in told and not line.wrong:
            self._find(line)
        return line

    def _wrong(self, line: Line, name: str, sentence: str) -> None:
        line.wrong.append((self.heading(name), sentence))

    def _read(self, line: Line, name: str, text: str) -> None:
        if name in ("title", "goal", "for_whom", "key"):
            line.told[name] = said = clean_line(text)
            most = 200 if name == "key" else TITLE_LIMIT
            if len(said) > most:
                self._wrong(line, name, _("Please keep this under %(most)s characters.") % {"most": most + 1})
        elif name in ("done_when", "resources"):
            line.told[name] = clean_text(text)
            if len(line.told[name]) > TEXT_LIMIT:
                self._wrong(
                    line, name, _("Please keep this under %(most)s characters.") % {"most": TEXT_LIMIT}
                )
        elif name in (*DAYS, "by_when"):
            self._day(line, name, text)
        elif name == "state":
            line.told["state"] = found = state_said(text)
            if found is None:
                self._wrong(
                    line,
                    name,
                    _("“%(word)s” is no state we know. Write planned, under way, done or given up.")
                    % {"word": clean_line(text)[:60]},
                )
        elif name == "owner":
            self._owner(line, text)
        else:
            self._helpers(line, text)

    def _day(self, line: Line, name: str, text: str) -> None:
        day: date | None = day_said(text, self._order)
        if day is None:
            words = _("“%(word)s” is no date we can read. Write it as 2027-03-31.")
            self._wrong(line, name, words % {"word": clean_line(text)[:60]})
        elif wrong := slip_in(day):
            self._wrong(line, name, wrong)
        line.told[name] = day

    def _somebody(self, line: Line, text: str) -> tuple[UUID | None, str]:
        """Who is meant, or nobody; and what to do where nothing was chosen for a name that we don't know."""
        word, said = word_of(text), clean_line(text)[:60]
        found = self._people.get(word, [])
        if len(found) == 1:
            return found[0].id, ""
        chosen = self._chosen.get(word)
        if chosen in self._names:
            line.unknown.append(Named(said, True, self._names[chosen]))
            return chosen, ""
        settled = self._without_owner or (word in self._chosen and chosen is None)
        line.unknown.append(Named(said, settled))
        if settled:
            return None, ""
        if found:
            words = _("More than one person here is called “%(name)s”. Choose above who is meant.")
        else:
            words = _("Nobody here is called “%(name)s”. Choose above who is meant, or invite them first.")
        return None, words % {"name": said}

    def _owner(self, line: Line, text: str) -> None:
        who, wrong = self._somebody(line, text)
        if wrong:
            self._wrong(line, "owner", wrong)
        elif who:
            line.told["owner"] = who

    def _helpers(self, line: Line, text: str) -> None:
        helpers = set()
        for each in filter(None, map(clean_line, text.replace("\n", ";").split(";"))):
            who, wrong = self._somebody(line, each)
            if wrong:
                self._wrong(line, "helpers", wrong)
            elif who:
                helpers.add(who)
        line.told["helpers"] = helpers

    def _whole(self, line: Line) -> None:
        told = line.told
        if "title" not in told and "goal" not in told:
            self._wrong(line, "title", _("This row names no action and no goal. Fill it in or remove it."))
        starts, due = told.get("starts_on"), told.get("due_on")
        if starts and due and due < starts:
            self._wrong(line, "due_on", _("It can’t be due before it starts."))

    def _find(self, line: Line) -> None:
        told = line.told
        key = told.get("key", "")
        stands = self._by_id.get(parse_uuid(key) or self._known.keys.get(key))  # type: ignore[arg-type]
        if stands is None:
            same = self._by_words.get(_words(told), [])
            stands = same[0] if len(same) == 1 else None
            if len(same) > 1:
                self._wrong(
                    line,
                    "title",
                    _("The plan has more than one action of this name. Rename one of them, or add its key."),
                )
        if stands is None:
            return
        line.action = stands.id
        line.changes = {
            name: told[name] for name in LATER if name in told and told[name] != stands.told.get(name)
        }
        if "goal" in line.changes and told["goal"].casefold() == stands.goal.casefold():
            del line.changes["goal"]
        if (
            "helpers" in line.changes
            and told["helpers"] - {told.get("owner", stands.told["owner"])} == (stands.told["helpers"])
        ):
            del line.changes["helpers"]
        starts = told.get("starts_on", stands.told["starts_on"])
        due = told.get("due_on", stands.told["due_on"])
        if starts and due and due < starts:
            self._wrong(line, "due_on", _("It can’t be due before it starts."))


def counted(lines: Iterable[Line]) -> dict[str, int]:
    """How many rows become what."""
    counts = dict.fromkeys(("new", "changed", "same", "goal", "wrong"), 0)
    for line in lines:
        counts[line.becomes] += 1
    return counts


def unknown_names(lines: Iterable[Line]) -> dict[str, str]:
    """The names that we don't know, in the order of their rows: as they are first written, by what their spellings share."""
    found: dict[str, str] = {}
    for line in lines:
        for each in line.unknown:
            found.setdefault(word_of(each.said), each.said)
    return found
