"""What the tests of each room may take, as CONTRIBUTING.md says, and what they took.

A slow or busy machine is slow everywhere: a room is judged by its share of the run, never by the clock alone.
"""

import re
from collections import defaultdict
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from tools.parts import Part

TABLE = Path(__file__).resolve().parent.parent / "CONTRIBUTING.md"
LINE = re.compile(r"^\| `([a-z/]+)` \| (\d+) \|$", re.MULTILINE)
TOO_MUCH = 3  # times what a room may take at the pace of this run: what is made once for all burdens whoever comes first


def allowed() -> dict[str, int]:
    """Seconds of one process for the tests of each room."""
    return {room: int(seconds) for room, seconds in LINE.findall(TABLE.read_text())}


def room_of(test: str) -> str:
    """`throughline.journeys.rating.tests.test_rating` belongs to `journeys`, `tests.trust.test_walk` to `tests/trust`."""
    parts = test.split(".")
    return parts[1] if parts[0] == "throughline" else "/".join(parts[:2])


def taken(reports: Path) -> dict[str, float]:
    """Seconds of all tests of each room, from what pytest wrote down."""
    found: defaultdict[str, float] = defaultdict(float)
    for report in reports.glob("*.xml"):
        for each in ElementTree.parse(report).iter("testcase"):
            found[room_of(each.get("classname", ""))] += float(each.get("time", 0))
    return found


def judged(took: dict[str, float], may: dict[str, int]) -> tuple[list[str], bool]:
    """A line for each room, and whether all of them keep within what they may take."""
    pace = max(1.0, sum(took.values()) / sum(may.values()))
    lines, well = [], True
    for room in sorted(took, key=lambda each: -took[each]):
        share = took[room] / (may.get(room, 1) * pace)
        well &= share <= TOO_MUCH
        word = "TOO MUCH" if share > TOO_MUCH else "OVER" if share > 1 else ""
        lines.append(f"{took[room]:8.0f} s of {may.get(room, 0):5d}  {room:24} {word}".rstrip())
    lines.append(
        f"{sum(took.values()):8.0f} s of {sum(may.values()):5d}  in all; judged at a pace of {pace:.2f}"
    )
    return lines, well


def part(reports: Path) -> Part:
    """Say what each room took; fails when one has outgrown its budget."""

    def run(out: IO[str]) -> bool:
        lines, well = judged(taken(reports), allowed())
        print(*lines, sep="\n", file=out)
        if not well:
            print("Make its tests quicker, or raise its line in CONTRIBUTING.md and say why.", file=out)
        return well

    return Part("what the tests of each room took", run)
