"""What is done on which day."""

from collections.abc import Callable

# A day that is counted from the base, and what is done on it. On one day, what is told first is done first.
Doing = tuple[int, Callable[[], object]]
