"""A calendar as text (RFC 5545): for each date one event that takes the whole day. Pure.

The frame is that of `icalendar`, and so is the folding of lines where letters take several octets. Its events are not used: five hundred of them take 70 ms, and
it takes a backslash before a capital N in a title for the end of a line (docs/decisions/0046).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

PRODUCT = "-//Throughline//Plan//EN"
AGAIN = timedelta(hours=1)  # how long a program may keep what it was told
_LONGEST = 74  # octets, with the space that begins the rest of a line
_A_DAY = timedelta(days=1)
# What no text may hold, and what some readers take for the end of a line.
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that is due on a day. `sequence` never falls; `at` is when it came to be as it is."""

    id: UUID
    day: date
    title: str
    sequence: int
    at: datetime
    canceled: bool = False
    about: str = ""
    url: str = ""


def calendar_text(name: str, dates: Iterable[Dated], *, zone: str) -> bytes:
    """A whole calendar. One event for each id: no reader that was tried hides the older of two."""
    from icalendar import Calendar  # noqa: PLC0415  (takes 6 MB, and few processes are asked for a calendar)
    from icalendar.parser import Contentline  # noqa: PLC0415

    frame = Calendar()
    frame.add("prodid", PRODUCT)
    frame.add("version", "2.0")
    frame.add("calscale", "GREGORIAN")
    frame.add("x-wr-timezone", zone)
    frame.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    frame.add("x-published-ttl", "PT1H")  # under an X- name it would be written as Python prints it
    begin = frame.to_ical().decode().partition("END:VCALENDAR")[0]
    lines = [f"NAME:{_escaped(name)}", f"X-WR-CALNAME:{_escaped(name)}"]
    for each in dates:
        lines += _event(each)
    lines.append("END:VCALENDAR")
    folded = [
        line if len(line) <= _LONGEST and line.isascii() else _folded(Contentline, line) for line in lines
    ]
    return "\r\n".join([begin + folded[0], *folded[1:], ""]).encode()


def _folded(kind: Any, line: str) -> str:
    """Lines of at most 75 octets. Those with more than ASCII are left to `icalendar`, which takes ten times as long."""
    if not line.isascii():
        folded: bytes = kind(line).to_ical()
        return folded.decode()
    parts, start = [], 0
    while len(line) - start > _LONGEST:
        end = start + _LONGEST
        while line[end - 1] == "\\" and end > start + 1:
            end -= 1  # some readers know no escape over two lines
        parts.append(line[start:end])
        start = end
    return "\r\n ".join([*parts, line[start:]])


def _event(each: Dated) -> list[str]:
    at = each.at.isoformat()[:19].replace("-", "").replace(":", "") + "Z"  # in UTC, as everything is kept
    lines = [
        "BEGIN:VEVENT",
        f"UID:{each.id}",
        f"DTSTAMP:{at}",
        f"SEQUENCE:{each.sequence}",
        f"DTSTART;VALUE=DATE:{_day(each.day)}",
        f"DTEND;VALUE=DATE:{_day(each.day + _A_DAY)}",
        f"SUMMARY:{_escaped(each.title)}",
        f"STATUS:{'CANCELLED' if each.canceled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        f"LAST-MODIFIED:{at}",
    ]
    if each.about:
        lines.append(f"DESCRIPTION:{_escaped(each.about)}")
    if each.url:
        lines.append(f"URL:{each.url}")
    lines.append("END:VEVENT")
    return lines


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    plain = _NOT_IN_TEXT.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
