"""The last look at a table before it is given out: whether we could read it again as the same framework. No ORM."""

from throughline.frameworks.blueprint import Blueprint, FrameworkProblem
from throughline.frameworks.case.validation import ExportFault
from throughline.frameworks.tables.reading import read_table


def checked_table(table: bytes, plan: Blueprint) -> bytes:
    """The table (CSV) of a framework, if it may go out. Raises `ExportFault`."""
    try:
        reading = read_table(table, plan.title)
    except FrameworkProblem as problem:
        raise ExportFault(problem.sentence) from None
    for line in reading.problems:
        raise ExportFault(f"{line.row}: {line.problem}")
    if reading.plan is None or _codes(reading.plan) != _codes(plan):
        raise ExportFault("")
    return table


def _codes(plan: Blueprint) -> list[object]:
    return [
        (domain.code, [(each.code, each.name, len(each.indicators)) for each in domain.competencies])
        for domain in plan.domains
    ]
