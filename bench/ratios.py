"""The sections that compare: this tree with an earlier commit, a page that is kept with one that is made."""

from collections.abc import Iterator

from bench.report import CPU, QUERIES, Figures, about_machine, table

BESIDE = "## Beside an earlier commit"
MUCH_QUICKER = ("overview", "agree", "spread", "my home", "report")
SHARE = 0.6  # of the processor time that the commit needs for these pages
SAVES = 2.0  # times its saves a second
FLAT = 1.2  # times one round, for many


def beside(compared: dict[str, Figures]) -> str:
    """The goals, every page at both sizes, and saves, for each engine."""
    parts = [BESIDE]
    for engine, figures in compared.items():
        few, many = figures["sizes"]
        parts.append(
            f"{engine}: commit `{figures['commit']}` and this tree in one run, by turns, page by page and request by "
            f"request. Sizes {few} and {many} (people · rounds · competencies). {about_machine()}"
        )
        parts.append(
            table(
                ["goal", "measured", "reached"],
                [[goal, measured, "yes" if met else "**no**"] for goal, measured, met in _goals(figures)],
            )
        )
        parts.append(_pages(figures))
        parts.append(_saves(figures))
    return "\n\n".join(parts) + "\n"


def _goals(figures: Figures) -> Iterator[tuple[str, str, bool]]:
    pages, sizes = figures["pages"], figures["sizes"]
    for name in MUCH_QUICKER:
        then, now = pages[name]
        shares = [new["cpu"] / old["cpu"] for old, new in zip(then, now, strict=True)]
        told = ", ".join(f"{share:.2f} ×" for share in shares)
        yield f"{name} ≤ {SHARE} × its CPU, {sizes[0]} and {sizes[1]}", told, max(shares) <= SHARE
    for clients, (old, new) in figures["saves"].items():
        times = new["per_second"] / old["per_second"]
        yield f"saves a second with {clients} at once ≥ {SAVES:.0f} ×", f"{times:.2f} ×", times >= SAVES
    grown = {name: now[1]["cpu"] / now[0]["cpu"] for name, (_then, now) in pages.items()}
    yield _every(f"many rounds ≤ {FLAT} × one", {k: f"{v:.2f} ×" for k, v in grown.items() if v > FLAT})
    for at, size in enumerate(sizes):
        cpu = {name: now[at]["cpu"] for name, (_then, now) in pages.items()}
        yield _every(f"{size}: ≤ {CPU:.0f} ms CPU", {k: f"{v:.1f} ms" for k, v in cpu.items() if v > CPU})
        sent = {name: now[at]["queries"] for name, (_then, now) in pages.items()}
        yield _every(f"{size}: ≤ {QUERIES} queries", {k: str(v) for k, v in sent.items() if v > QUERIES})


def _every(goal: str, over: dict[str, str]) -> tuple[str, str, bool]:
    told = ", ".join(f"{name} {figure}" for name, figure in over.items())
    return f"every page, {goal}", f"{len(over)} not: {told}" if over else "all", not over


def _pages(figures: Figures) -> str:
    head = ["page"]
    for size in figures["sizes"]:
        head += [f"{size}: queries", "CPU ms", "ratio"]
    rows = []
    for name, (then, now) in figures["pages"].items():
        row = [name]
        for old, new in zip(then, now, strict=True):
            row += [
                f"{old['queries']} → {new['queries']}",
                f"{old['cpu']:.1f} → {new['cpu']:.1f}",
                f"{new['cpu'] / old['cpu']:.2f}",
            ]
        rows.append([*row, f"{then[1]['cpu'] / then[0]['cpu']:.2f} → {now[1]['cpu'] / now[0]['cpu']:.2f}"])
    return table([*head, "many rounds × one"], rows)


def _saves(figures: Figures) -> str:
    rows = [
        [
            clients,
            f"{old['per_second']:.0f} → {new['per_second']:.0f}",
            f"{new['per_second'] / old['per_second']:.2f}",
            f"{old['cpu']:.1f} → {new['cpu']:.1f}",
            f"{new['cpu'] / old['cpu']:.2f}",
            f"{old['failed']} → {new['failed']}",
        ]
        for clients, (old, new) in figures["saves"].items()
    ]
    return table(
        ["saves over HTTP, clients", "requests/s", "ratio", "CPU ms of the server", "ratio", "failed"], rows
    )


PUBLIC = "## Pages that everyone reads"
KEPT = 3_000  # requests a second


def public(asked: dict[str, Figures]) -> str:
    """The section about the page for families, kept and made anew, beside the public page of a framework, for each engine."""
    parts = [
        PUBLIC,
        "Requests of two clients with eight open connections each, who share the processors with the server’s two web processes; in "
        f"turns, the better of two for each. {about_machine()}",
    ]
    names = (
        ("kept", "page for families, as it is kept"),
        ("made", "page for families, made anew"),
        ("framework", "public page of a framework"),
    )
    for engine, figures in asked.items():
        rows = [
            [
                words,
                f"{figures[key]['per_second']:.0f}",
                f"{figures[key]['median']:.1f}",
                f"{figures[key]['p95']:.1f}",
                f"{figures[key]['bytes'] / 1000:.1f}",
                figures[key]["failed"],
            ]
            for key, words in names
        ]
        parts.append(table([engine, "requests/s", "median ms", "p95 ms", "kB packed", "failed"], rows))
        kept, made, other = (figures[key]["per_second"] for key, _words in names)
        parts.append(
            f"{engine}: kept, it is answered {kept / other:.0f} × as often as the public page of a framework in the same run and "
            f"{kept / made:.0f} × as often as it is made (goal: at least {KEPT} a second: {'yes' if kept >= KEPT else '**no**'}). "
            "It is kept for one second; after that whatever has changed is shown (decision 43)."
        )
    return "\n\n".join(parts) + "\n"
