"""The sections of the page about people who write one text at once."""

import subprocess
from typing import Any

from bench.report import about_machine, table

Figures = dict[str, Any]
LATE, CORES = 150, 0.5  # milliseconds from a key to another's screen (p95); cores

TOGETHER = "## Thirty people in one element"


def together(figures: Figures) -> str:
    """The section about people who write in one text over HTTP."""
    late, answer = figures["late"], figures["answer"]
    rows: list[list[object]] = [
        ["key to another’s line, ms: p50", f"{late['p50']:.0f}", "", ""],
        ["p95", f"{late['p95']:.0f}", f"≤ {LATE}", _reached(late["p95"] <= LATE)],
        ["p99", f"{late['p99']:.0f}", "", ""],
        ["answer to a letter, ms: p95", f"{answer['p95']:.0f}", "", ""],
        ["cores of the server", f"{figures['cores']:.2f}", f"≤ {CORES}", _reached(figures["cores"] <= CORES)],
        [
            "all texts equal at the end",
            "yes" if figures["equal"] else "no",
            "yes",
            _reached(figures["equal"]),
        ],
    ]
    parts = [
        TOGETHER,
        f"{figures['people']} people type a letter twice a second each for {figures['seconds']} seconds in one text of 60,000 "
        f"characters; two web processes, SQLite. Commit `{commit()}`. {about_machine()}",
        table(["", "measured", "goal", "reached"], rows),
        f"{figures['letters']} letters, {figures['refused']} refused; {figures['version']} versions. The web processes held "
        f"{figures['before']:.0f} MB (PSS) before anybody came and {figures['after']:.0f} at the end, the server in all "
        f"{figures['whole']:.0f}. {figures['steps'] / 1000:.0f} kB of steps and {figures['states']} whole texts were kept, in a "
        f"database of {figures['database']:.1f} MB.",
    ]
    return "\n\n".join(parts) + "\n"


OPEN = "## Memory of an open element"
PER_ELEMENT = 10  # megabytes


def opened(figures: Figures) -> str:
    """The section about what a web process holds for each element that people have open."""
    course = ", ".join(f"{number}: {held:.1f}" for number, held in figures["course"])
    parts = [
        OPEN,
        f"One web process, SQLite. Texts of 60,000 characters are opened one after another and stay open, by "
        f"{figures['people']} people each, who type {figures['letters']} letters in all into each. Commit `{commit()}`. "
        f"{about_machine()}",
        f"Each more open element takes {figures['slope']:.2f} MB (PSS of the process, the slope over elements "
        f"{figures['from']} to {figures['elements']}; goal: at most {PER_ELEMENT}). After so many elements: {course}.",
    ]
    return "\n\n".join(parts) + "\n"


BESIDE = "## Beside Etherpad"


def beside(mine: Figures, theirs: Figures, rounds: int) -> str:
    """The section about the same people and letters in Etherpad."""
    rows: list[list[object]] = []
    for words, (here, there), digits in (
        ("key to another’s line, ms: p50", (mine["late"]["p50"], theirs["late"]["p50"]), 0),
        ("p95", (mine["late"]["p95"], theirs["late"]["p95"]), 0),
        ("p99", (mine["late"]["p99"], theirs["late"]["p99"]), 0),
        ("answer to a letter, ms: p95", (mine["answer"]["p95"], theirs["answer"]["p95"]), 0),
        ("cores of the server", (mine["cores"], theirs["cores"]), 2),
        ("MB of the whole server (PSS)", (mine["whole"], theirs["whole"]), 0),
    ):
        rows.append([words, f"{here:.{digits}f}", f"{there:.{digits}f}", f"{here / there:.2f}"])
    rows.append(
        ["all texts equal at the end", *("yes" if told["equal"] else "no" for told in (mine, theirs)), ""]
    )
    parts = [
        BESIDE,
        f"Etherpad {theirs['named']}, the newest that npm has, with its own file as it comes; by turns, the better of {rounds} "
        f"(by p95). {mine['people']} people, {mine['seconds']} seconds, letters gathered for 40 ms on both sides. Commit "
        f"`{commit()}`. {about_machine()}",
        table(["", "here", "Etherpad", "ratio"], rows),
        "A letter is acknowledged here when it is on the disk; Etherpad acknowledges it from memory and writes soon after. Its own "
        "browser part sends at most every 500 ms, ours 40 ms after a key. Here the whole server is two web processes, the "
        "worker, and what watches them; there it is one process.",
    ]
    return "\n\n".join(parts) + "\n"


def commit() -> str:
    """What is measured, as git names it."""
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"


def _reached(met: bool) -> str:
    return "yes" if met else "**no**"
