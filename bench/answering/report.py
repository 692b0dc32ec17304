"""The section about a school, or a district, that answers at once, for `bench/results.md`."""

from typing import Any

from bench.report import about_machine, table

ANSWERING = "## People who answer at the same time"
AT_ONCE_GOAL = 500  # milliseconds, p95


def answering(held: dict[str, dict[str, Any]]) -> str:
    """The section, for each engine."""
    first = next(iter(held.values()))
    parts = [
        ANSWERING,
        f"Learners with {first['learners']:,} unused slips in the database type their code, come whether or not the server keeps up, "
        f"think {first['think']:.0f} s over each page (half to one and a half of it) and hand in after the last one. They share both "
        "cores with the server, its worker and the database, and so do the programs that play them. p95 is that of the slowest kind "
        "of request. Everybody is counted afterwards: an answer that was acknowledged is there once, and its code is spent. "
        f"{about_machine()}",
    ]
    for engine, figures in held.items():
        rows = [
            [
                f"{workers} web process{'es' if workers != '1' else ''}",
                step["each_second"],
                f"{step['requests']:.0f}",
                f"{step['median']:.0f}",
                f"{step['p95']:.0f}",
                step["acknowledged"],
                step["lost"],
                step["doubled"],
                step["spent"],
                sum(step["wrong"].values()),
            ]
            for workers, steps in figures["steps"].items()
            for step in steps
        ]
        head = [
            engine,
            "come a second",
            "requests/s",
            "median ms",
            "p95 ms",
            "acknowledged",
            "lost",
            "doubled",
            "codes spent",
        ]
        parts.append(table([*head, "went wrong"], rows))
        parts.append(f"{engine}: {_holds(figures)} {_at_once(figures['at_once'])}")
    return "\n\n".join(parts) + "\n"


def _holds(figures: dict[str, Any]) -> str:
    told = []
    for workers, steps in figures["steps"].items():
        held = [each["each_second"] for each in steps if each["p95"] <= 300 and not each["wrong"]]
        per_hour = f"{max(held) * 3600:,} an hour" if held else "none"
        told.append(f"{workers}: {max(held, default=0)} a second ({per_hour})")
    return "Answers that are taken with p95 within 300 ms, by web processes: " + "; ".join(told) + "."


def _at_once(figures: dict[str, Any]) -> str:
    return (
        f"{figures['people']} people in the middle of it at once, who think {figures['think']:.0f} s over a page: p95 "
        f"{figures['p95']:.0f} ms (goal {AT_ONCE_GOAL}), {figures['acknowledged']} acknowledged, {figures['lost']} lost, "
        f"{figures['doubled']} doubled, {sum(figures['wrong'].values())} went wrong."
    )
