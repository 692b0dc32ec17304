"""The sizes that are measured: one thing grows at a time, and at the end everything at once."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """One organisation with one journey: people on its team, rounds held, competencies in its framework."""

    team: int
    rounds: int
    items: int

    def __str__(self) -> str:
        return f"{self.team} · {self.rounds} · {self.items}"


BASE = Size(10, 1, 24)
SIZES = (
    BASE,
    Size(10, 10, 24),
    Size(10, 50, 24),
    Size(100, 1, 24),
    Size(10, 1, 80),
    Size(100, 50, 80),
)
QUICK_SIZES = (Size(6, 1, 24),)
