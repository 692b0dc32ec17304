"""What we write is read alike by three libraries that others wrote, whatever stands in a title."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import icalendar
import ics
import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st

from throughline.plans.calendars.ics import Dated, calendar_text

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = date(2026, 4, 1)
ARABIC = "اكتب معايير التقييم معًا، مع جميع المعلمين في المدرسة؛ قبل نهاية الفصل الدراسي الثاني"
TITLES = [
    "Write, then read; aloud",
    'He said "yes": twice',
    "a\\b \\; \\, \\\\",
    ARABIC,
    "👩🏽‍🏫" * 30,
    "é" * 90,
    "x" * 300,
    "BEGIN:VEVENT",
    "%0D%0A:;=^n",
]


def written(*titles: str, about: str = "") -> bytes:
    dates = [Dated(UUID(int=n), DAY, title, 2, AT, about=about) for n, title in enumerate(titles)]
    return calendar_text("Harbour, Bridge; Plan", dates, zone="America/Chicago")


def by_icalendar(text: bytes) -> list[tuple[str, str]]:
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return [(str(each["SUMMARY"]), str(each.get("DESCRIPTION", ""))) for each in events]


def by_vobject(text: bytes) -> list[tuple[str, str]]:
    (calendar,) = vobject.readComponents(text.decode())
    return [
        (each.summary.value, each.description.value if hasattr(each, "description") else "")
        for each in calendar.vevent_list
    ]


def by_ics(text: bytes) -> list[tuple[str, str]]:
    found = sorted(ics.Calendar(text.decode()).events, key=lambda each: str(each.uid))
    return [(each.name or "", each.description or "") for each in found]


READERS = [by_icalendar, by_vobject, by_ics]


@pytest.mark.parametrize("read", READERS)
def test_titles_come_out_as_they_went_in(read: object) -> None:
    assert callable(read)
    assert read(written(*TITLES, about="One\nTwo; three, four")) == [
        (title, "One\nTwo; three, four") for title in TITLES
    ]


# (A backslash before n or N is read wrongly by some: findings/icalendar-backslash-n.sh.)
words = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=200)


@settings(max_examples=60, deadline=None)
@given(words.map(str.strip).filter(lambda text: bool(text) and not re.search(r"\\[nN]", text)))
@example(ARABIC)
@example("\\")
def test_any_title_comes_out_as_it_went_in(title: str) -> None:
    text = written(title)
    for line in text.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no letter is cut in two
    assert [read(text) for read in READERS] == [[(title, "")]] * len(READERS)


def test_a_backslash_before_a_capital_n_is_no_new_line() -> None:
    assert "SUMMARY:C:\\\\Notes" in written("C:\\Notes").decode()


def test_what_no_calendar_may_hold_is_left_out() -> None:
    assert by_vobject(written("a\x07b\u2028c")) == [("a b c", "")]


def test_a_date_takes_its_whole_day_and_nothing_more() -> None:
    (event,) = icalendar.Calendar.from_ical(written("One")).walk("VEVENT")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (DAY, DAY + timedelta(days=1))
    (event,) = ics.Calendar(written("One").decode()).events
    assert event.all_day
    assert event.begin.date() == DAY


def test_a_canceled_date_says_so_and_the_frame_says_when_to_ask_again() -> None:
    text = calendar_text("Plan", [Dated(UUID(int=1), DAY, "One", 3, AT, canceled=True)], zone="UTC").decode()
    assert "STATUS:CANCELLED\r\n" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in text
    assert "X-PUBLISHED-TTL:PT1H\r\n" in text
    assert text.count("BEGIN:VCALENDAR") == text.count("END:VCALENDAR") == 1
