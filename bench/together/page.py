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


def commit() -> str:
    """What is measured, as git names it."""
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"


def _reached(met: bool) -> str:
    return "yes" if met else "**no**"
