"""Putting things in another order, one place at a time. Pure."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def one_further(
    rows: Sequence[Thing], thing: Thing, up: bool, is_seen: Callable[[Thing], bool] = lambda each: True
) -> list[Thing]:
    """The rows with `thing` one place further up or down, past what is not seen: so that people see it move."""
    ordered = list(rows) if up else list(reversed(rows))
    at = ordered.index(thing)
    before = [number for number, each in enumerate(ordered[:at]) if is_seen(each)]
    if before:
        ordered.insert(before[-1], ordered.pop(at))
    return ordered if up else list(reversed(ordered))
