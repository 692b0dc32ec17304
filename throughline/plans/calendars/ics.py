"""A calendar as text (RFC 5545): for each date one event that takes the whole day. Pure.

The frame and the folding of lines are those of `icalendar`. Its events are not used: five hundred of them take 70 ms, and
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
_LONGEST = 74  # octets without the end of the line
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
    folded: bytes = kind(line).to_ical()
    return folded.decode()


def _event(each: Dated) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{each.id}",
        f"DTSTAMP:{_moment(each.at)}",
        f"SEQUENCE:{each.sequence}",
        f"DTSTART;VALUE=DATE:{each.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{each.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(each.title)}",
        f"STATUS:{'CANCELLED' if each.canceled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        f"LAST-MODIFIED:{_moment(each.at)}",
    ]
    if each.about:
        lines.append(f"DESCRIPTION:{_escaped(each.about)}")
    if each.url:
        lines.append(f"URL:{each.url}")
    lines.append("END:VEVENT")
    return lines


def _moment(at: datetime) -> str:
    """`at` is in UTC, as everything is kept."""
    return f"{at:%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    plain = _NOT_IN_TEXT.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
