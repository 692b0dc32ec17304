"""Dates as people write them in tables. Which number is the day is told by the table itself, or asked. Pure."""

import re
from collections.abc import Iterable
from datetime import date

from throughline.plans.tables.columns import bare

DAY_FIRST, MONTH_FIRST = "day", "month"
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[ T].*)?")
_NUMBERS = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})")
_MONTHS = {
    **{
        name: at
        for at, name in enumerate(
            ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
        )
    },
    **{
        name: at
        for at, name in enumerate(
            ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"], 1
        )
    },
}


def order_in(texts: Iterable[str]) -> str | None:
    """Which number comes first in dates of numbers: `day`, `month`, "" when nothing depends on it; None when it must be asked."""
    firsts = [(int(found[1]), int(found[2])) for text in texts if (found := _NUMBERS.fullmatch(text.strip()))]
    if any(first > 12 for first, _second in firsts):
        return DAY_FIRST
    if any(second > 12 for _first, second in firsts):
        return MONTH_FIRST
    return None if any(first != second for first, second in firsts) else ""


def day_said(text: str, order: str) -> date | None:
    """The day that a text says; None when it says none."""
    said = text.strip()
    try:
        if found := _ISO.fullmatch(said):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMBERS.fullmatch(said):
            first, second, year = int(found[1]), int(found[2]), _year(found[3])
            return date(year, first, second) if order == MONTH_FIRST else date(year, second, first)
        return _in_words(said)
    except ValueError:
        return None


def _in_words(said: str) -> date | None:
    parts = [each for each in bare(said).split() if each not in ("de", "del", "of", "the")]
    months = [_MONTHS[each[:3]] for each in parts if each[:3] in _MONTHS and each.isalpha()]
    numbers = [re.sub(r"(?<=[0-9])(st|nd|rd|th)$", "", each) for each in parts if each[0].isdigit()]
    if len(parts) != 3 or len(months) != 1 or len(numbers) != 2 or not all(map(str.isdigit, numbers)):
        return None
    years = [each for each in numbers if len(each) == 4] or numbers[-1:]
    days = [each for each in numbers if each != years[0]] or numbers[:1]
    return date(_year(years[0]), months[0], int(days[0]))


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)
