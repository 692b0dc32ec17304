"""What is run, and what it may take: every room has a budget, and no test falls between two parts of the suite."""

import re
from pathlib import Path

from tests.architecture.tree import PACKAGE, ROOT, python_files
from tools.budgets import allowed, judged, room_of

# Two parts at a time with two processes each, on two cores; less than half of the 45 minutes that a whole run must keep within.
MOST_SECONDS = 4 * 20 * 60
# The parts that start servers or a browser are only looked for here (`tools.test.everything`).
PLACES = {"browser": {"tests/browser", "tests/journeys"}, "crash": {"tests/crash", "tests/running"}}
MARKED = re.compile(r"pytest\.mark\.(\w+)")


def files_of_tests() -> list[Path]:
    return [path for path in python_files() if path.name.startswith("test_")]


def room_of_file(path: Path) -> str:
    return room_of(".".join(path.relative_to(ROOT).with_suffix("").parts))


def test_every_room_with_tests_has_a_budget_and_no_other() -> None:
    assert set(allowed()) == {room_of_file(path) for path in files_of_tests()}


def test_all_rooms_together_keep_within_twenty_minutes_of_two_cores() -> None:
    assert sum(allowed().values()) <= MOST_SECONDS


def test_tests_that_start_servers_stand_where_they_are_looked_for() -> None:
    for path in files_of_tests():
        for mark in set(MARKED.findall(path.read_text())) & set(PLACES):
            assert room_of_file(path) in PLACES[mark], f"{path} is marked {mark}"


def test_what_runs_on_one_engine_only_says_why() -> None:
    assert [
        path for path in files_of_tests() if re.search(r"mark\.one_engine(?!\(\")", path.read_text())
    ] == []


def test_a_room_that_has_grown_is_told_and_a_slow_machine_is_not() -> None:
    may = {"journeys": 300, "people": 30, "tests/browser": 300}
    usual = {"journeys": 250.0, "people": 29.0, "tests/browser": 280.0}
    assert judged(usual, may)[1]
    slow = {room: seconds * 7 for room, seconds in usual.items()}
    assert judged(slow, may)[1]
    lines, well = judged({**usual, "people": 120.0}, may)
    assert not well
    assert [line.split()[-3:] for line in lines if "TOO" in line] == [["people", "TOO", "MUCH"]]
    assert not judged({**slow, "people": 900.0}, may)[1]
    assert "OVER" in "".join(judged({**usual, "people": 40.0}, may)[0])


def test_tests_are_counted_to_the_room_they_stand_in() -> None:
    assert room_of("throughline.journeys.rating.tests.test_rating") == "journeys"
    assert room_of("tests.trust.test_walk.TestOne") == "tests/trust"
    assert {room_of_file(path) for path in files_of_tests()} > {
        path.name for path in PACKAGE.iterdir() if (path / "tests").is_dir()
    } - {"ui"}
