"""Dates worth looking back to. This room knows none itself; rooms above register theirs (a closed round).

# in the room's AppConfig.ready()
named_dates.sources.add(closed_rounds)    # closed_rounds(record) -> [NamedDate(date(2025, 6, 12), "First round closed")]
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from throughline.kit.registry import Registry
from throughline.records.models import Record


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date and what it is called, already translated."""

    on: date
    name: str


sources = Registry[Callable[[Record], Iterable[NamedDate]]]()  # each may use one query


def named_dates(record: Record) -> list[NamedDate]:
    """Every named date of a record, oldest first."""
    found = {named for source in sources for named in source(record)}
    return sorted(found, key=lambda named: (named.on, named.name))
