"""Dates worth looking back to. This room knows none itself; rooms above register theirs (a closed round).

# in the room's AppConfig.ready()
dates.register(closed_rounds)    # closed_rounds(record) -> [NamedDate(date(2025, 6, 12), "First round closed")]
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from throughline.records.models import Record


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date and what it is called, already translated."""

    on: date
    name: str


Source = Callable[[Record], Iterable[NamedDate]]

_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a source of named dates. It may use one query."""
    if source not in _sources:
        _sources.append(source)
    return source


def named_dates(record: Record) -> list[NamedDate]:
    """Every named date of a record, oldest first."""
    found = {named for source in _sources for named in source(record)}
    return sorted(found, key=lambda named: (named.on, named.name))
