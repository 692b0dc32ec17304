"""Dates worth looking back to. This room knows none itself; rooms above register theirs (a closed round).

# in the room's AppConfig.ready()
named_dates.sources.add(closed_rounds)    # closed_rounds(record, latest) -> [NamedDate(date(2025, 6, 12), "First round closed")]

`latest`: how many are wanted at most, those that come last; None: all.
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


sources = Registry[Callable[[Record, int | None], Iterable[NamedDate]]]()  # each may use one query


def named_dates(record: Record, latest: int | None = None) -> list[NamedDate]:
    """The named dates of a record, oldest first: all of them, or at least the `latest` so many."""
    found = {named for source in sources for named in source(record, latest)}
    return sorted(found, key=lambda named: (named.on, named.name))
