"""What the page of an import shows: what the file would become, its tree in short, every row with what it is.

Plain values for the template, made from what was read; nothing is written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from throughline.frameworks.blueprint import Blueprint, FrameworkProblem, check
from throughline.frameworks.case.mapping import Choice
from throughline.frameworks.drafting.changes import (
    Change,
    Changes,
    Difference,
    besides,
    changes_between,
    same_in_words,
)
from throughline.frameworks.importing.matching import Match, at_a_glance, match_source
from throughline.frameworks.importing.sources import Source
from throughline.frameworks.labels import column_name, row_names
from throughline.frameworks.markup import flattened
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.queries import newest_first
from throughline.frameworks.stored_blueprint import stored_blueprint
from throughline.frameworks.tables.row_result import Line
from throughline.frameworks.versions.comparison import origins_by_words
from throughline.schools.models import Organisation

MOST_DOMAINS = 40
MOST_IN_A_DOMAIN = 25
SAID = 160
DEEPEST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ShownDomain:
    """A domain of the framework to be: the first of its competencies, and how many more there are."""

    name: str
    count: int
    competencies: list[tuple[str, bool, int]]  # name, advanced, indicators
    more: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The framework to be, or why there can be none (`refused`)."""

    refused: str = ""
    plan: Blueprint | None = None
    found: Match | None = None
    notes: tuple[str, ...] = ()
    domains: tuple[ShownDomain, ...] = ()
    more_domains: int = 0
    competencies: int = 0
    advanced: int = 0
    indicators: int = 0

    @property
    def foundational(self) -> int:
        """How many competencies are foundational."""
        return self.competencies - self.advanced


def preview_of(source: Source, choice: Choice, organisation: Organisation, *, large: bool) -> Preview:
    """What the file would become here with this choice; what a `large` one changes is only found when it is published."""
    try:
        found = (at_a_glance if large else match_source)(source, choice, organisation)
        check(found.plan)
    except FrameworkProblem as problem:
        return Preview(refused=problem.sentence, notes=tuple(source.notes))
    plan, notes = found.plan, found.notes
    items = plan.competencies
    return Preview(
        plan=plan,
        found=found,
        notes=tuple(notes),
        domains=tuple(
            ShownDomain(
                name=each.name,
                count=len(each.competencies),
                competencies=[
                    (item.name, item.level == "advanced", len(item.indicators))
                    for item in each.competencies[:MOST_IN_A_DOMAIN]
                ],
                more=max(0, len(each.competencies) - MOST_IN_A_DOMAIN),
            )
            for each in plan.domains[:MOST_DOMAINS]
        ),
        more_domains=max(0, len(plan.domains) - MOST_DOMAINS),
        competencies=len(items),
        advanced=sum(item.level == "advanced" for item in items),
        indicators=sum(len(item.indicators) for item in items),
    )


@dataclass(frozen=True, slots=True)
class Prospect:
    """What publishing would do here: a `new` framework, a new version of `of` with these changes, or nothing (`same` is
    there already, and `kept` says whether other parts of the file would be kept with it).
    """

    of: FrameworkVersion | None = None
    same: FrameworkVersion | None = None
    kept: bool = False
    changes: Changes | None = None
    besides: tuple[Difference, ...] = ()

    @property
    def parts(self) -> list[tuple[str, str, list[Change]]]:
        """The changes of competencies by kind."""
        return self.changes.parts() if self.changes else []

    @property
    def unchanged(self) -> str:
        """How many competencies stay as they are, in words."""
        return same_in_words(len(self.changes.same)) if self.changes and self.changes.same else ""


def prospect_of(found: Match | None) -> Prospect:
    """What publishing would do, told against the newest version that is here."""
    if found is None or found.of is None:
        return Prospect()
    newest = newest_first(found.of)[0]
    if found.same is not None:
        return Prospect(newest, found.same, kept=bool(found.source))
    if not found.exact:
        return Prospect(newest)
    old = stored_blueprint(newest)
    changes = changes_between(old, found.plan, origins_by_words(old, found.plan), {})
    return Prospect(newest, changes=changes, besides=besides(old, found.plan))


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the file: its number (of a table) or level (in a tree), what it becomes, its words, its problem."""

    number: int
    becomes: str
    says: str
    problem: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class ShownRemark:
    """A row of which something is not kept, or that was read with a guess."""

    number: int
    says: str
    lost: tuple[str, ...]
    remarks: tuple[str, ...]


def remarks_of(lines: list[Line]) -> list[ShownRemark]:
    """These rows for the page."""
    return [ShownRemark(line.row, line.says, line.lost, line.remarks) for line in lines]


def columns_of(source: Source) -> list[tuple[str, str, bool]]:
    """The headings of a table, what each is read as, and whether it is kept."""
    return [(heading, column_name(use), bool(use)) for heading, use in source.columns if heading]


def rows_of(source: Source) -> list[Any]:
    """What stands in the file, row by row, cheap to count and to slice; `shown_rows` makes a page of it ready."""
    if source.package is not None and not source.problems:
        return list(source.package.nodes())
    return sorted(source.lines, key=lambda line: not line.problem)


def shown_rows(source: Source, plan: Blueprint | None, rows: list[Any]) -> Iterator[ShownRow]:
    """These rows for the page."""
    if source.package is not None and not source.problems:
        kinds = kinds_of(plan)
        for place, node in enumerate(rows, start=1):
            words = flattened(node.short or node.statement, SAID)
            says = f"{node.code} {words}" if node.code else words
            kind = row_names([kinds.get(node.identifier, "")])
            yield ShownRow(place, kind, says, level=min(node.depth, DEEPEST_SHOWN))
        return
    for line in rows:
        yield ShownRow(line.row, row_names(line.becomes), line.says, line.problem)


def kinds_of(plan: Blueprint | None) -> dict[str, str]:
    """What each item of a package becomes, by its identifier."""
    kinds: dict[str, str] = {}
    for domain in plan.domains if plan else ():
        kinds[domain.source_identifier] = "domain"
        for each in domain.competencies:
            kinds[each.source_identifier] = each.level
            kinds |= {idea.source_identifier: "indicator" for idea in each.indicators}
    return kinds
