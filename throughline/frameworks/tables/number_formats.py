"""A number as its cell shows it: leading zeros, decimals, percent and words that stand only in the cell's format. Pure."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|([0#?]+)|(.)', re.DOTALL)
_BEYOND = re.compile(r"\?.*/|,(?![0#?])")  # fractions, and thousands that are not written
_PLAIN = frozenset(" -+/():!^&'~{}<>=$€£¥.,%")
_LONGEST = 60  # characters of a format; longer ones are nobody's
_PLAIN_FORMATS = {"", "general", "standard", "@"}


def shown(value: Any, number_format: str) -> tuple[str, bool]:
    """The text of a cell, and whether that is what its format shows (False: the format is beyond us)."""
    if value is None:
        return "", True
    if isinstance(value, bool):
        return str(value).upper(), True
    if isinstance(value, datetime):
        whole = value.time() == time() and value.tzinfo is None
        return (value.date() if whole else value).isoformat(), True
    if isinstance(value, date | time):
        return value.isoformat(), True
    if isinstance(value, timedelta):
        return str(value), True
    if isinstance(value, int | float):
        plain = str(int(value)) if float(value).is_integer() else repr(value)
        if number_format.strip().casefold() in _PLAIN_FORMATS:
            return plain, True
        told = _formatted(value, number_format)
        return (plain, False) if told is None else (told, True)
    return str(value), True


def _formatted(value: float, number_format: str) -> str | None:
    parts = number_format[:_LONGEST].split(";")
    negative = value < 0
    own = len(parts) > 1 and negative
    tokens = _tokens(parts[1] if own else parts[0])
    if tokens is None or len(number_format) > _LONGEST or abs(value) >= 1e15:
        return None
    holders = "".join(text for sort, text in tokens if sort == "digits")
    marks = {text for sort, text in tokens if sort == "mark"}
    if not holders:
        return None
    amount = abs(value) * (100 if "%" in marks else 1)
    point = next((place for place, token in enumerate(tokens) if token == ("mark", ".")), None)
    before = tokens if point is None else tokens[:point]
    after = [] if point is None else tokens[point + 1 :]
    decimals = "".join(text for sort, text in after if sort == "digits")
    digits, _dot, rest = f"{amount:.{len(decimals)}f}".partition(".")
    told = _filled(before, digits, grouped="," in marks)
    if point is not None:
        told += _behind(after, rest)
    return ("-" if negative and not own else "") + told.strip()


def _tokens(section: str) -> list[tuple[str, str]] | None:
    found: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(section):
        quoted, escaped, digits, other = match.groups()
        if digits:
            found.append(("digits", digits))
        elif other is None:
            found.append(("text", quoted or escaped or ""))
        elif other in ".,%":
            found.append(("mark", other))
        elif other in _PLAIN:
            found.append(("text", other))
        else:  # letters of days and hours, exponents, fractions by letter
            return None
    return None if _BEYOND.search(section) else found


def _filled(tokens: list[tuple[str, str]], digits: str, *, grouped: bool) -> str:
    """Digits put into their places from the right; more digits than places stand before the first one."""
    digits = "" if digits == "0" else digits
    if grouped:
        least = sum(text.count("0") for sort, text in tokens if sort == "digits")
        whole = f"{int(digits.rjust(least, '0') or '0'):,}" if digits or least else ""
        first = next(place for place, (sort, _text) in enumerate(tokens) if sort == "digits")
        lead = "".join(text for sort, text in tokens[:first] if sort == "text")
        tail = "".join(text for sort, text in tokens[first:] if sort == "text" or text == "%")
        return lead + whole + tail
    out: list[str] = []
    left = list(digits)
    holders = sum(len(text) for sort, text in tokens if sort == "digits")
    for sort, text in reversed(tokens):
        if sort == "mark":
            out.append(text if text == "%" else "")
        elif sort == "text":
            out.append(text)
        else:
            for holder in reversed(text):
                holders -= 1
                out.append(left.pop() if left else "0" if holder == "0" else "")
                if not holders:
                    out.extend(reversed(left))
    return "".join(reversed(out))


def _behind(tokens: list[tuple[str, str]], digits: str) -> str:
    """What stands after the point; places that need not be filled lose their zeros."""
    wanted = "".join(text for sort, text in tokens if sort == "digits")
    least = len(wanted.rstrip("#?"))
    kept = digits[:least] + digits[least:].rstrip("0")
    words = "".join(text for sort, text in tokens if sort == "text" or text == "%")
    return (f".{kept}" if kept else "") + words
