"""What somebody who looks after an installation is told: each thing that was looked at, in plain words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How it is: well, worth a look, or broken."""

    OK = "ok"
    WARN = "warn"
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one thing."""

    level: Level
    about: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.level:<5} {self.about}: {self.sentence}"


Look = Callable[[], Iterator[Finding]]


def well(about: str, sentence: str) -> Finding:
    """It is as it should be."""
    return Finding(Level.OK, about, sentence)


def warn(about: str, sentence: str) -> Finding:
    """It works, and somebody should look at it."""
    return Finding(Level.WARN, about, sentence)


def fail(about: str, sentence: str) -> Finding:
    """Something is broken or lost."""
    return Finding(Level.FAIL, about, sentence)


def some(names: list[str], most: int = 3) -> str:
    """The first few of a list, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
