"""What may be shown, as pages, panels, downloads and citing read it: from `Figures.content` and from nothing else.

    result = result_of(figures_of(listening))
    for competency in result.competencies: … result.about(competency) …

None and empty always mean: not shown. No figure here is a mean, a score, or added up over groups or questions.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from throughline.voices.figures.estimating import Interval, interval_of
from throughline.voices.figures.suppression import Part, Said, Side, Together, Way
from throughline.voices.models import Figures


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as one group was asked it."""

    key: str
    group: str
    code: str
    domain: str
    competency: str
    indicator: str
    scale: str
    words: Mapping[str, Mapping[str, str]] = field(hash=False)
    edited: bool = False
    own: bool = False

    def text(self, *, simple: bool = False, language: str = "") -> str:
        """Its words in this language (that of the page), or in the first that it has."""
        spoken = language or get_language() or ""
        found = self.words.get(spoken) or self.words.get(spoken.split("-")[0])
        told = found or next(iter(self.words.values()), {})
        return (told.get("simple") if simple else "") or told.get("text", "")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a cut in one question: the choices in it ("" for those who chose none) and its two sides."""

    choices: tuple[str, ...]
    of: int
    favorable: int


@dataclass(frozen=True, slots=True)
class Figure:
    """What one unit said to one question. `asking`: the question as each group of the unit was asked it.

    `parts`: the whole distribution, neighboring steps together where few chose one. `interval` only for answers by
    code where it is known how many were invited.
    """

    unit: "Unit" = field(repr=False, hash=False, compare=False)
    asking: tuple[Asking, ...]
    said: Said
    of: int | None
    favorable: int | None
    parts: tuple[Part, ...]
    does_not_apply: int | None
    rather_not: int | None
    cuts: Mapping[str, tuple[Cell, ...]] = field(hash=False)
    interval: Interval | None = None

    @property
    def key(self) -> str:
        return self.asking[0].key

    @property
    def scale(self) -> str:
        return self.asking[0].scale

    @property
    def is_shown(self) -> bool:
        """Whether anything is said of it, be it with counts or in words only."""
        return self.said is not Said.TOO_FEW

    def text(self, language: str = "") -> str:
        """The question as the first group of the unit was asked it."""
        return self.asking[0].text(simple=self.unit.young, language=language)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is shown as one: a group that answered one way, or several counted together.

    `people` answered this way; `invited` is None where the school never said how many there are.
    """

    groups: tuple[str, ...]
    way: Way
    together: Together
    young: bool
    people: int
    answered: int  # of these groups, each way that is shown
    invited: int | None
    lost: bool  # few of the group came another way, and are not shown
    figures: tuple[Figure, ...] = ()
    cuts: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict, hash=False)

    @property
    def key(self) -> str:
        """What names it in addresses and ids: "learner-link", "alumni-partner-both"."""
        return "-".join((*self.groups, self.way.value))


@dataclass(frozen=True)
class Result:
    """Everything that may be shown of one listening. `too_small`: groups to hear in a conversation."""

    title: str
    threshold: int
    closed_on: date | None
    digest: str
    units: tuple[Unit, ...]
    too_small: tuple[str, ...]
    background: tuple[Mapping[str, Any], ...]

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, unit by unit."""
        return tuple(figure for unit in self.units for figure in unit.figures)

    @cached_property
    def competencies(self) -> tuple[str, ...]:
        """The codes of those that were asked about, in the order of the questions; without own questions of none."""
        codes = (asking.competency for figure in self.figures for asking in figure.asking)
        return tuple(dict.fromkeys(code for code in codes if code))

    def about(self, competency: str) -> tuple["Row", ...]:
        """Question by question, what each unit said to it; "" for questions that belong to no competency."""
        rows: dict[str, list[Figure]] = {}
        for figure in self.figures:
            if figure.asking[0].competency == competency:
                rows.setdefault(figure.asking[0].indicator or figure.key, []).append(figure)
        return tuple(Row(competency, name, tuple(found)) for name, found in rows.items())

    def figure(self, unit: str, key: str) -> Figure | None:
        """One figure by the key of its unit and that of its question."""
        return next((each for each in self.figures if each.unit.key == unit and each.key == key), None)

    def choice_words(self, cut: str, choice: str, language: str = "") -> str:
        """The words of a choice of a background question in this language, or in the first that it has; "" for none."""
        spoken = language or get_language() or ""
        for told in self.background:
            for each in told["choices"] if told["code"] == cut else ():
                if each["code"] == choice:
                    words: Mapping[str, str] = each["words"]
                    return (
                        words.get(spoken) or words.get(spoken.split("-")[0]) or next(iter(words.values()), "")
                    )
        return ""


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator of a competency (or a school's own question), and what each unit said to it."""

    competency: str
    indicator: str
    figures: tuple[Figure, ...]


def result_of(figures: Figures) -> Result:
    """What was frozen. No query."""
    content = figures.content
    groups = {told["code"]: told for told in content["groups"]}
    askings: dict[tuple[str, str], Asking] = {}
    for told in content["questions"]:
        askings[told["key"], told["group"]] = Asking(**told)
    lost = {tuple(each) for each in content["left_out"]}
    answered: Counter[tuple[str, ...]] = Counter()
    for unit in content["units"]:
        answered[tuple(unit["groups"])] += unit["people"]
    return Result(
        title=content["title"],
        threshold=content["threshold"],
        closed_on=datetime.fromisoformat(content["closed"]).date() if content["closed"] else None,
        digest=figures.digest,
        units=tuple(
            _unit(told, groups, askings, answered[tuple(told["groups"])], tuple(told["groups"]) in lost)
            for told in content["units"]
        ),
        too_small=tuple(content["too_small"]),
        background=tuple(content["background"]),
    )


def _unit(
    told: Mapping[str, Any],
    groups: Mapping[str, Mapping[str, Any]],
    askings: Mapping[tuple[str, str], Asking],
    answered: int,
    lost: bool,
) -> Unit:
    asked = [groups[code] for code in told["groups"]]
    counts = [each["invited"] for each in asked]
    unit = Unit(
        groups=tuple(told["groups"]),
        way=Way(told["way"]),
        together=Together(told["together"]),
        young=all(each["young"] for each in asked),
        people=told["people"],
        answered=answered,
        invited=None if None in counts else sum(counts),
        lost=lost,
        cuts={code: tuple(tuple(band["choices"]) for band in bands) for code, bands in told["cuts"].items()},
    )
    figures = tuple(_figure(unit, shown, askings) for shown in told["shown"])
    object.__setattr__(unit, "figures", figures)  # each knows its unit: made once, before anybody has it
    return unit


def _figure(unit: Unit, told: Mapping[str, Any], askings: Mapping[tuple[str, str], Asking]) -> Figure:
    asking = tuple(askings[told["key"], group] for group in unit.groups if (told["key"], group) in askings)
    counted = told["favorable"] is not None and unit.way is Way.INVITED and unit.invited is not None
    return Figure(
        unit=unit,
        asking=asking,
        said=Said(told["said"]),
        of=told["of"],
        favorable=told["favorable"],
        parts=tuple(Part(tuple(steps), count) for steps, count in told["parts"]),
        does_not_apply=told["does_not_apply"],
        rather_not=told["rather_not"],
        cuts={
            code: tuple(
                Cell(choices, side.of, side.favorable)
                for choices, side in zip(unit.cuts[code], (Side(*each) for each in sides), strict=True)
            )
            for code, sides in told["cuts"].items()
        },
        interval=interval_of(told["favorable"], told["of"], unit.invited or 0) if counted else None,
    )
