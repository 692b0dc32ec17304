"""What the system tells of running processes (Linux: /proc)."""

import os
from pathlib import Path

TRACKER = 30  # megabytes; multiprocessing starts a little process beside those that it is asked for
TICKS = os.sysconf("SC_CLK_TCK")


def descendants(pid: int) -> list[int]:
    """Every process that this one started, and those that they started."""
    found: list[int] = []
    for child in _children(pid):
        found += [child, *descendants(child)]
    return found


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(each) for task in tasks for each in (task / "children").read_text().split()]
    except OSError:
        return []


def cpu_seconds(pids: list[int]) -> float:
    """Processor time of these, and of children that they have waited for."""
    return sum(_ticks(pid) for pid in pids) / TICKS


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15]))  # utime, stime, cutime, cstime


def helpers_cpu(pid: int) -> float:
    """Milliseconds that what this process started has computed so far, to the microsecond: papers are made in a process apart."""
    return sum(_nanoseconds(each) for each in descendants(pid)) / 1_000_000


def _nanoseconds(pid: int) -> int:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks)
    except OSError:
        return 0


def web_processes(pid: int) -> list[int]:
    """Those among the descendants of this process in which granian runs the product."""
    masters = [each for each in descendants(pid) if "granian" in _command(each)]
    return [each for master in masters[:1] for each in _children(master) if memory_of(each)["rss"] > TRACKER]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def memory_of(pid: int) -> dict[str, float]:
    """Megabytes that a process has in memory: `rss` as /proc/PID/status says (VmRSS, with all that it shares with others),
    `pss` with its part of what is shared (/proc/PID/smaps_rollup)."""
    return {
        "rss": _kilobytes(f"/proc/{pid}/status", "VmRSS:") / 1024,
        "pss": _kilobytes(f"/proc/{pid}/smaps_rollup", "Pss:") / 1024,
    }


def _kilobytes(path: str, name: str) -> int:
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
