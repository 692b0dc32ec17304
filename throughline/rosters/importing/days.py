"""Days as systems write them. Which number is the day is told by the file itself, or asked. Pure."""

import re
from collections.abc import Iterable
from datetime import date

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?", re.DOTALL)
_NUMBERS = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})(?: .*)?", re.DOTALL)


def day_comes_first(texts: Iterable[str]) -> bool | None:
    """What the days themselves tell of their order; None when it has to be asked, or nothing depends on it."""
    for text in texts:
        if found := _NUMBERS.fullmatch(text.strip()):
            if int(found[1]) > 12:
                return True
            if int(found[2]) > 12:
                return False
    return None


def is_local(text: str) -> bool:
    """Whether this is a day in some local order."""
    return bool(_NUMBERS.fullmatch(text.strip()))


def read_day(text: str, *, day_first: bool | None) -> date | None:
    """The day that a text says; None when it says none, or when its order is not known and matters."""
    said = text.strip()
    try:
        if found := _ISO.fullmatch(said):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMBERS.fullmatch(said):
            first, second, year = int(found[1]), int(found[2]), int(found[3])
            if first == second or day_first:
                return date(year, second, first)
            return date(year, first, second) if day_first is False else None
    except ValueError:
        return None
    return None
