"""The section about what many people answered, for `bench/results.md`."""

from typing import Any

from bench.report import about_machine, table

VOICES = "## What a hundred thousand people answered"
READ = 300  # milliseconds on the clock


def voices(counted: dict[str, dict[str, Any]]) -> str:
    """The section, for each engine."""
    parts = [
        VOICES,
        "Learners and families, two ways in, sixty questions each, a cut by grade band. Answers are counted in as they are let "
        f"go, ten at a time; what may be shown is frozen at closing, and pages read that alone. {about_machine()}",
    ]
    for engine, figures in counted.items():
        rows = [
            [
                words,
                cost["queries"],
                f"{cost['cpu']:.1f}",
                f"{cost['p95']:.1f}",
                f"{cost['clock']:.1f}",
                f"≤ {READ}" if words.startswith("read") else "",
            ]
            for words, cost in figures["costs"].items()
        ]
        head = f"{engine}, {figures['answers']} answers × {figures['items']} questions"
        parts.append(
            table([head, "queries", "CPU ms median", "p95", "on the clock", "goal, on the clock"], rows)
        )
        once = "; ".join(f"{words}: {seconds:.1f} s" for words, seconds in figures["once"].items())
        parts.append(
            f"{engine}, once: {once}. Meanwhile the process grew by {figures['grew']:.0f} MB. "
            f"{figures['tallies']} tallies; {figures['figures']} figures, {figures['bytes'] / 1000:.0f} kB."
        )
    return "\n\n".join(parts) + "\n"
