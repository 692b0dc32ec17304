"""What the story of the demo is made of: plain values that name people and evidence by short keys.

Days are counted from the day of loading: -190 is half a year before it, 11 is next week.
"""

from dataclasses import dataclass, field

Answers = dict[str, tuple[int, ...]]
"""What answers which: a key, and the numbers of the indicators (none: the competency as a whole)."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A piece of evidence, who brought it when, and what it shows. `made` names something in `things`."""

    key: str
    by: str
    day: int
    kind: str
    mark: str
    title: str
    shows: Answers
    text: str = ""
    url: str = ""
    figure: str = ""
    unit: str = ""
    made: str = ""
    beyond: bool = False
    recheck: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the team agreed for one competency, standing on pieces of evidence by key."""

    step: int
    standing: str
    reason: str
    on: Answers = field(default_factory=dict)
    why: str = ""
    dissent: str = ""
    check: int | None = None
    by: str = "amara"


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """The team could not agree."""

    reason: str
    by: str = "amara"


@dataclass(frozen=True, slots=True)
class PutOff:
    """A later round will talk about it."""

    reason: str
    by: str = "amara"


@dataclass(frozen=True, slots=True)
class Together:
    """Competencies on which nobody differed, agreed in one go with one reason."""

    step: int
    standing: str
    reason: str
    codes: tuple[str, ...]
    by: str = "amara"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A priority."""

    code: str
    why_now: str
    step: int
    by_when: int
    lead: str
    next_step: str = ""
    next_on: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A note that stays sealed until the next round opens."""

    by: str
    day: int
    text: str
    to_team: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A round: when, who, how each rated (one character per rater: 1-4, `-` cannot say, `.` nothing), what came of it.

    `again` is how they rated after talking, `back` how some see the round before from today; `again_open` leaves the
    second rating open. Those in `paper` rate on paper; the sheets of those who rated are keyed in by `typist`.
    """

    prepared: int
    opened: int
    due: int
    raters: tuple[str, ...]
    ratings: dict[str, str]
    comments: dict[str, dict[str, str]] = field(default_factory=dict)
    released: bool = False
    away: tuple[str, ...] = ()
    spread: int | None = None
    agreed_on: int | None = None
    outcome: dict[str, Agreed | LeftOpen | PutOff] = field(default_factory=dict)
    together: Together | None = None
    closed: int | None = None
    priorities: tuple[Wanted, ...] = ()
    again: dict[str, str] = field(default_factory=dict)
    again_open: bool = False
    back: dict[str, dict[str, int]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    paper: tuple[str, ...] = ()
    typist: str = ""
