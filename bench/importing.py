"""Measures imports on the engine of DATABASE_URL and prints the figures as JSON. Started by `bench/__main__.py`.

python -m bench.importing [--quick]
python -m bench.importing --memory FILE   one file in a process of its own: the most memory it ever held
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from django.core.management import call_command

import throughline.config.wsgi  # noqa: F401  (sets up as the web server does)

LEVELS = 20


def table(rows: int, mark: int) -> bytes:
    """A table of competencies with a hundred in each domain; `mark` makes it a framework of its own."""
    lines = [
        f"Domain {n // 100},Competency number {n} of the list,What number {n} is for" for n in range(rows)
    ]
    return "\r\n".join(
        [f"title,domain,competency,description\r\nTable {mark},,,", *(f",{line}" for line in lines)]
    ).encode()


def package(items: int, longer: int = 0) -> bytes:
    """A CASE package of 200 strands, competencies below them, and one branch of twenty levels."""

    def ident(number: int) -> str:
        return str(UUID(int=number + 1))

    def above(number: int) -> str:
        if number < LEVELS:
            return ident(number - 1) if number else ident(10**9)
        return ident(10**9) if number < 200 else ident(LEVELS + number % 180)

    address = "https://case.example.org/ims/case/v1p0"
    rows = [
        {
            "identifier": ident(n),
            "uri": f"{address}/CFItems/{ident(n)}",
            "fullStatement": f"Statement {n} says what a learner can do." + " And more." * (longer // 10),
            "humanCodingScheme": f"A.{n}",
            "CFItemType": "Standard",
            "educationLevel": ["09", "10"],
            "lastChangeDateTime": "2024-03-01T08:00:00+00:00",
        }
        for n in range(items)
    ]
    links = [
        {
            "identifier": ident(n + 10**6),
            "uri": f"{address}/CFAssociations/{ident(n + 10**6)}",
            "associationType": "isChildOf",
            "sequenceNumber": n,
            "originNodeURI": {"title": "item", "identifier": ident(n), "uri": address},
            "destinationNodeURI": {"title": "above", "identifier": above(n), "uri": address},
            "lastChangeDateTime": "2024-03-01T08:00:00+00:00",
        }
        for n in range(items)
    ]
    document = {"identifier": ident(10**9), "title": f"A package of {items} and {longer}", "creator": "bench"}
    return json.dumps({"CFDocument": document, "CFItems": rows, "CFAssociations": links}).encode()


def bring(content: bytes, name: str) -> int:
    """Read a file and publish it as its proposal says; how many rows that changed."""
    return bring_file(BytesIO(content), name)


def bring_file(file: Any, name: str) -> int:
    """The same with a file that is not in memory, as the worker has it."""
    from throughline.frameworks.case.mapping import Choice, Pick
    from throughline.frameworks.importing.actions.publishing import publish_match
    from throughline.frameworks.importing.matching import match_source
    from throughline.frameworks.importing.sources import read_source

    source = read_source(file, name)
    choice = Choice(domains=Pick(depth=1), competencies=Pick(depth=2))
    return publish_match(match_source(source, choice, None), owner=None, by=None).changed


def timed(act: Callable[[int], Any], times: int) -> dict[str, float]:
    """Medians of seconds on the clock and of CPU; the first time does not count."""
    clock, cpu = [], []
    for number in range(times + 1):
        began, worked = time.perf_counter(), time.process_time()
        act(number)
        clock.append(time.perf_counter() - began)
        cpu.append(time.process_time() - worked)
    return {"clock": median(clock[1:]), "cpu": median(cpu[1:])}


def figures(quick: bool) -> dict[str, Any]:
    """Every figure of an import."""
    from throughline.frameworks.importing.sources import read_source

    rows, items, times = (240, 500, 1) if quick else (2400, 10_000, 5)
    same = package(items)
    found: dict[str, Any] = {
        f"{rows:,} competencies from CSV, read and published": timed(
            lambda n: bring(table(rows, n), "t.csv"), times
        ),
        "the same file again (0 rows changed)": timed(lambda _n: bring(table(rows, 1), "t.csv"), times),
        f"CASE package of {items:,} items, {LEVELS} levels: read": timed(
            lambda _n: read_source(BytesIO(same), "p.json"), times
        ),
        f"CASE package of {items:,} items: read and published": timed(
            lambda n: bring(same.replace(b'"title": "A package', b'"title": "%d package' % n), "p.json"),
            min(times, 3),
        ),
    }
    return {"times": found, "memory": memory(package(items, 500 if quick else 4100))}


def memory(content: bytes) -> dict[str, float]:
    """Megabytes: the file, a process before it, the most while reading it, the most while publishing it too."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.json"
        file.write_bytes(content)
        told = subprocess.run(
            [sys.executable, "-m", "bench.importing", "--memory", str(file)],
            stdout=subprocess.PIPE,
            check=True,
        )
    return {"file": len(content) / 1024**2, **json.loads(told.stdout)}


def most_held() -> float:
    """The most memory that this process ever had, in megabytes (`ru_maxrss` would begin with its parent's)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def held(file: str) -> dict[str, float]:
    """What `memory` asks, in a process of its own."""
    from throughline.frameworks.importing.sources import read_source

    before = most_held()
    with open(file, "rb") as opened:
        read_source(opened, "large.json")
    reading = most_held()
    with open(file, "rb") as opened:
        bring_file(opened, "large.json")
    return {"before": before, "reading": reading, "publishing": most_held()}


def main() -> None:
    """Prepare an empty database and measure."""
    if "--memory" in sys.argv:
        print(json.dumps(held(sys.argv[-1])))
        return
    call_command("migrate", verbosity=0, stdout=sys.stderr)
    print(json.dumps(figures("--quick" in sys.argv[1:])))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    main()
