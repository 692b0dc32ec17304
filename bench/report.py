"""The figures as a page: `bench/results.md`."""

import os
import platform
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from bench.sizes import BASE

MOODLE = 7.2

Figures = dict[str, Any]
QUERIES, CPU, DRAWING, SAVING = 12, 10.0, 3.0, 3.0
HELD_TO = ("overview", "rate: the list", "rate: one competency", "spread", "agree")
SHAPE = "people · rounds · competencies"


def page(found: list[Figures], *, quick: bool) -> str:
    """Everything as Markdown, the goals first."""
    parts = [
        "# What pages and verbs cost",
        "Written by `make bench`; what the columns mean and how it is measured stands in [README.md](README.md).",
        *(["**A quick run: too few requests for figures that mean anything.**"] if quick else []),
        about_machine(),
        "## Goals",
        "Moodle 4.5 shows one learner's plan with the same 24 competencies in 45 ms CPU and 84 queries on such a machine.",
        _goals(found),
    ]
    for figures in found:
        parts += list(_engine(figures))
    return "\n\n".join(parts) + "\n"


IMPORTS = "## Imports"


def imports(brought: dict[str, Figures]) -> str:
    """The section about bringing frameworks, for each engine."""
    parts = [
        IMPORTS,
        f"Moodle 4.5 needs {MOODLE} s for 2,400 competencies from CSV on such a machine. {about_machine()}",
    ]
    for engine, figures in brought.items():
        rows = [
            [name, f"{cost['clock']:.2f}", f"{cost['cpu']:.2f}"] for name, cost in figures["times"].items()
        ]
        parts.append(table([engine, "on the clock s", "CPU s"], rows))
        held = figures["memory"]
        parts.append(
            f"{engine}: a CASE package of {held['file']:.0f} MB takes a process from {held['before']:.0f} MB to "
            f"{held['reading']:.0f} MB while it is read, and to {held['publishing']:.0f} MB while it is published."
        )
    return "\n\n".join(parts) + "\n"


ROSTERS = "## Rosters"


def rosters(staged: dict[str, Figures]) -> str:
    """The section about rosters that are read and staged, for each engine."""
    parts = [
        ROSTERS,
        "A packed OneRoster file of so many users, read and staged in a process of its own. The goal for a million: 60 s "
        f"and 1,024 MB. {about_machine()}",
    ]
    for engine, figures in staged.items():
        rows = [
            [
                users,
                f"{told['file']:.0f}",
                f"{told['clock']:.1f}",
                f"{told['cpu']:.1f}",
                f"{told['held']:.0f}",
            ]
            for users, told in figures.items()
        ]
        heads = [f"{engine}: users", "file MB", "on the clock s", "CPU s", "most held MB"]
        parts.append(table(heads, rows))
    return "\n\n".join(parts) + "\n"


STALLED = "## Stalled uploads"


def stalled(waited: dict[str, Figures]) -> str:
    """The section about savers beside uploads that stand still, for each engine."""
    parts = [
        STALLED,
        "Thirty people save ratings as fast as they are answered, by themselves and beside 200 connections that promised a "
        f"body and sent three bytes of it; in turns, the better of two for each. {about_machine()}",
    ]
    for engine, figures in waited.items():
        rows = [
            [words, f"{r['per_second']:.0f}", f"{r['median']:.0f}", f"{r['p95']:.0f}", r["failed"]]
            for words, r in (
                ("by themselves", figures["alone"]),
                ("beside 200 stalled uploads", figures["beside"]),
            )
        ]
        parts.append(table([engine, "requests/s", "median ms", "p95 ms", "failed"], rows))
        parts.append(
            f"{engine}: p95 beside them is {figures['beside']['p95'] / figures['alone']['p95']:.2f} × that without them "
            "(goal: at most 1.5 ×, and no request failed)."
        )
    return "\n\n".join(parts) + "\n"


MEMORY = "## Memory of a web process"
ONCE, MIXED = 100, 130  # megabytes (RSS)


def memory(held: dict[str, Figures]) -> str:
    """The section about what one web process holds, for each engine."""
    parts = [
        MEMORY,
        "Megabytes: RSS is `VmRSS` of `/proc/PID/status`, everything in memory, with what is shared with other processes "
        f"(libraries above all); PSS has only its part of that. {about_machine()}",
    ]
    for engine, figures in held.items():
        looks = figures["looks"]
        goals = {"every page once": ONCE, "mixed requests": MIXED}
        rows = [
            [
                words,
                f"{look['rss']:.0f}",
                f"{look['pss']:.0f}",
                f"≤ {goals[words]}" if words in goals else "",
                ("yes" if look["rss"] <= goals[words] else "**no**") if words in goals else "",
            ]
            for words, look in looks.items()
        ]
        parts.append(table([engine, "RSS", "PSS", "goal (RSS)", "reached"], rows))
        mix = ", ".join(f"{count} × {kind}" for kind, count in figures["sent"].items())
        apart = (
            " and ".join(f"{each['rss']:.0f} (PSS {each['pss']:.0f})" for each in figures["apart"]) or "none"
        )
        parts.append(
            f"{engine}: {figures['opened']} pages of {figures['routes']} routes, each once for everybody who can open it; then "
            f"{mix}. {figures['failed']} requests failed. Processes apart at the end, which go after 30 seconds: {apart}."
        )
        course = ", ".join(f"{each['requests']}: {each['rss']:.0f}" for each in figures["course"])
        parts.append(f"{engine}: RSS after so many requests: {course}.")
    return "\n\n".join(parts) + "\n"


TEXTS = "## The text of an element"
PLANS = "## A plan of five hundred actions"
OPENED, COMPARED, TIMES_KEPT = 150, 300, 3  # milliseconds of CPU; times the text and its edits


def texts(written: dict[str, Figures]) -> str:
    """The section about the history of a long text and what is said about it, for each engine."""
    goals = {
        "open any version": OPENED,
        "page of a version": OPENED,
        "read two versions and compare them": COMPARED,
        "page of a comparison": COMPARED,
        "page of the two that differ most": COMPARED,
    }
    parts = [
        TEXTS,
        "A text of twenty pages (200 paragraphs of 50 words), changed a sentence at a time, and comments all over it. "
        f"{about_machine()}",
    ]
    for engine, figures in written.items():
        rows = [
            [
                words,
                cost["queries"],
                f"{cost['cpu']:.1f}",
                f"{cost['p95']:.1f}",
                f"≤ {goals[words]}" if words in goals else "",
            ]
            for words, cost in figures["costs"].items()
        ]
        parts.append(table([engine, "queries", "CPU ms median", "p95", "goal"], rows))
        held = figures["bytes"]
        wrote = held["text"] + held["edits"]
        parts.append(
            f"{engine}: {figures['versions']} versions, {figures['comments']} comments. The text takes {held['text'] / 1000:.0f} "
            f"kB, its edits {held['edits'] / 1000:.0f} kB, all that is kept {held['kept'] / 1000:.0f} kB: "
            f"{held['kept'] / wrote:.1f} × both (goal: at most {TIMES_KEPT} ×). On the disk, with ids, dates, indexes and the "
            f"empty room in pages, it is {held['disk'] / 1000:.0f} kB: {held['disk'] / wrote:.1f} ×."
        )
    return "\n\n".join(parts) + "\n"


def plans(written: dict[str, Figures]) -> str:
    """The section about a plan of many actions, for each engine."""
    goals = {
        "the picture of the timeline alone": 5,
        "timeline by goal": 15,
        "timeline by person": 15,
        "my actions": 10,
    }
    parts = [PLANS, f"Twenty goals, their actions spread over a year, ten owners. {about_machine()}"]
    for engine, figures in written.items():
        rows = [
            [
                words,
                cost["queries"],
                f"{cost['cpu']:.1f}",
                f"{cost['p95']:.1f}",
                f"≤ {goals[words]}" if words in goals else "",
            ]
            for words, cost in figures["costs"].items()
        ]
        head = f"{engine}, {figures['actions']} actions"
        parts.append(table([head, "queries", "CPU ms median", "p95", "goal"], rows))
        parts.append(_brought(engine, figures["import"], figures["rows"]))
    return "\n\n".join(parts) + "\n"


def _brought(engine: str, costs: Figures, rows: int) -> str:
    """What bringing a plan in costs, the whole and for one row."""
    told = [
        [
            words,
            cost["queries"],
            f"{cost['cpu']:.0f}",
            f"{cost['clock']:.0f}",
            f"{1000 * cost['cpu'] / rows:.0f}",
        ]
        for words, cost in costs.items()
    ]
    head = f"{engine}, a table of {rows} rows brought in (goal: all of it ≤ 1000 ms)"
    return table([head, "queries", "CPU ms median", "ms on the clock", "µs CPU for a row"], told)


CALENDARS = "## A calendar of 500 dates"
A_CALENDAR = 20  # milliseconds of CPU


def calendars(asked: dict[str, Figures]) -> str:
    """The section about private calendars, for each engine."""
    parts = [
        CALENDARS,
        f"Everything that one person owns in a plan, as a calendar program asks for it. {about_machine()}",
    ]
    for engine, figures in asked.items():
        rows = [
            [words, cost["queries"], f"{cost['cpu']:.1f}", f"{cost['p95']:.1f}", f"≤ {A_CALENDAR}"]
            for words, cost in figures["costs"].items()
        ]
        parts.append(table([engine, "queries", "CPU ms median", "p95", "goal"], rows))
        parts.append(f"{engine}: {figures['dates']} dates, {figures['bytes'] / 1000:.0f} kB.")
    return "\n\n".join(parts) + "\n"


def with_section(text: str, section: str) -> str:
    """The page with this section in place of the one it had, or at its end."""
    before, found, after = text.partition(section.partition("\n")[0] + "\n")
    if not found:
        return text.rstrip("\n") + "\n\n" + section
    rest = after.partition("\n## ")
    return before + section + (f"\n## {rest[2]}" if rest[1] else "")


def about_machine() -> str:
    """When and on what it was measured."""
    busy = os.getloadavg()[0]
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {_processor()}, {os.cpu_count()} cores, "
        f"{platform.system()}, Python {platform.python_version()}. Load average at the end: {busy:.1f} "
        "(above the number of cores, others were at work on the machine, and times are longer than on a quiet one)."
    )


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as about:
            names = [line.split(":", 1)[1].strip() for line in about if line.startswith("model name")]
        return names[0]
    except (OSError, IndexError):
        return platform.machine()


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table: the first column is words, the others are figures."""
    names = list(head)
    lines = [names, ["---", *["---:"] * (len(names) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def _goals(found: list[Figures]) -> str:
    rows: list[list[object]] = []
    for figures in found:
        engine = figures["engine"]
        for goal, reached, met in _reached(figures):
            rows.append([f"{engine}: {goal}", reached, "yes" if met else "**no**"])
    return table(["goal", "measured", "reached"], rows)


def _reached(figures: Figures) -> Iterator[tuple[str, str, bool]]:
    sizes: Figures = figures["sizes"]
    base = sizes.get(str(BASE)) or next(iter(sizes.values()))
    for name in HELD_TO:
        counts = [size["pages"][name]["queries"] for size in sizes.values()]
        many = str(counts[0]) if len(set(counts)) == 1 else f"{min(counts)} to {max(counts)}"
        yield (
            f"{name} ≤ {QUERIES} queries, the same at every size",
            many,
            max(counts) <= QUERIES and len(set(counts)) == 1,
        )
        cpu = base["pages"][name]["cpu"]
        yield f"{name} ≤ {CPU:.0f} ms CPU (ten people, 24 competencies)", f"{cpu:.1f} ms", cpu <= CPU
    drawn = base["alone"]["words and drawing"]["cpu"]
    yield f"profile SVG of 24 ≤ {DRAWING:.0f} ms", f"{drawn:.2f} ms", drawn <= DRAWING
    rating, plain = (figures["saving"][each]["clock"] for each in ("one rating", "trivial insert"))
    yield (
        f"saving a rating ≤ {SAVING:.0f} × a trivial insert",
        f"{rating / plain:.1f} ×",
        rating / plain <= SAVING,
    )


def _engine(figures: Figures) -> Iterator[str]:
    sizes: Figures = figures["sizes"]
    yield f"## {figures['engine']}"
    for name, size in sizes.items():
        plain = size["trivial"]
        yield f"### {name} ({SHAPE})"
        yield (
            f"Trivial page: {plain['queries']} queries, {plain['cpu']:.2f} ms CPU. Profile SVG: "
            f"{size['alone']['words and drawing']['cpu']:.2f} ms, of which drawing "
            f"{size['alone']['drawing only']['cpu']:.2f} ms."
        )
        yield _costs({**size["pages"], **{f"`{verb}`": cost for verb, cost in size["verbs"].items()}}, plain)
    yield "### One rating beside a trivial insert"
    yield table(
        ["", "queries", "CPU ms", "on the clock ms"],
        [[n, c["queries"], f"{c['cpu']:.2f}", f"{c['clock']:.2f}"] for n, c in figures["saving"].items()],
    )
    yield "### Over HTTP"
    yield table(
        ["page", "clients", "requests/s", "median ms", "p95 ms", "failed"],
        [
            [n, k, f"{r['per_second']:.0f}", f"{r['median']:.0f}", f"{r['p95']:.0f}", r["failed"]]
            for n, by_clients in figures["load"].items()
            for k, r in by_clients.items()
        ],
    )


def _costs(costs: Figures, plain: Figures) -> str:
    return table(
        ["page or `verb`", "queries", "CPU ms median", "p95", "× trivial page"],
        [
            [n, c["queries"], f"{c['cpu']:.1f}", f"{c['p95']:.1f}", f"{c['cpu'] / plain['cpu']:.1f}"]
            for n, c in costs.items()
        ],
    )
