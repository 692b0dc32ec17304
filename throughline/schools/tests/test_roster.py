"""Reading a pasted list, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.schools.roster import Line, read

ROLES = {"educator": "educator", "leadership team": "team", "team": "team", "family member": "family"}


def one(text: str) -> Line:
    (line,) = read(text, roles=ROLES, usual="educator")
    return line


@pytest.mark.parametrize(
    ("text", "name", "roles"),
    [
        ("Mei Tanaka, mei@example.org", "Mei Tanaka", ("educator",)),
        ("Mei Tanaka, MEI@Example.org, leadership team", "Mei Tanaka", ("team",)),
        ("Mei Tanaka, mei@example.org, educator; Leadership Team", "Mei Tanaka", ("educator", "team")),
        ("Mei Tanaka <mei@example.org>", "Mei Tanaka", ("educator",)),
        ('"Tanaka, Mei" <mei@example.org>, family member', "Tanaka, Mei", ("family",)),
        ("Mei Tanaka\tmei@example.org\tteam", "Mei Tanaka", ("team",)),
        ("Mei\tTanaka\tmei@example.org", "Mei Tanaka", ("educator",)),
        ("Mei Tanaka;mei@example.org;team", "Mei Tanaka", ("team",)),
        ("mei@example.org, Mei Tanaka, team", "Mei Tanaka", ("team",)),
        ("mei@example.org", "mei", ("educator",)),
        (
            "  \u0645\u064a \u062a\u0627\u0646\u0627\u0643\u0627 , mei@example.org ,, ",
            "\u0645\u064a \u062a\u0627\u0646\u0627\u0643\u0627",
            ("educator",),
        ),
    ],
)
def test_the_usual_ways_to_write_someone_down_are_understood(
    text: str, name: str, roles: tuple[str, ...]
) -> None:
    line = one(text)
    assert (line.name, line.email, line.roles, line.error) == (name, "mei@example.org", roles, "")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("Mei Tanaka", "no email address"),
        ("Mei, mei@example.org, ravi@example.org", "more than one"),
        ("Mei, mei@example.org, wizard", "“wizard” is not a role"),
        ("Mei, mei@nowhere", "not an email address"),
        ("x" * 201 + ", mei@example.org", "200 characters"),
        ("Mei\x00, mei@example.org", "cannot be saved"),
        ("Mei, " + "m" * 300 + "@example.org", "not an email address"),
    ],
)
def test_a_line_that_is_not_understood_says_why_and_is_kept(text: str, error: str) -> None:
    line = one(text)
    assert error in line.error
    assert line.raw and "\x00" not in line.raw.replace("\x00", "") + ""


def test_lines_keep_their_numbers_and_a_second_mention_names_the_first() -> None:
    text = "Name,E-mail,Role\r\n\r\nMei, mei@example.org\r\nMei again, MEI@example.org\r\n"
    first, second = read(text, roles=ROLES, usual="educator")
    assert (first.number, second.number) == (3, 4)
    assert "line 3" in second.error


def test_a_heading_is_skipped_only_where_headings_stand() -> None:
    lines = read("Mei, mei@example.org\nName, e-mail", roles=ROLES, usual="educator")
    assert [bool(line.error) for line in lines] == [False, True]


@given(st.text(max_size=400))
def test_no_text_breaks_the_reading_and_no_line_is_lost(text: str) -> None:
    lines = read(text, roles=ROLES, usual="educator")
    assert all(line.error or (line.email and line.name and line.roles) for line in lines)
    said = [
        raw
        for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if raw.replace("\x00", "").strip()
    ]
    assert len(lines) in (len(said), len(said) - 1)
