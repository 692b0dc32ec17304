"""What one piece of work costs: queries, CPU and time on the clock, each by itself and as a median."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Any

from django.db import connection

from bench.processes import helpers_cpu

WARM_UP = 3
# SQL that only frames a transaction is no question to the database.
FRAMES = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians over `times` runs; `p95` is of the CPU time. All times in milliseconds."""

    queries: int
    cpu: float
    p95: float
    clock: float
    times: int

    def told(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return asdict(self)


@contextmanager
def counting() -> Iterator[list[str]]:
    """The statements that the database is sent meanwhile."""
    sent: list[str] = []

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith(FRAMES):
            sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield sent


def measure(
    work: Callable[[], object],
    *,
    undo: Callable[[], object] = lambda: None,
    most: int = 40,
    seconds: float = 1.5,
) -> Cost:
    """Run `work` some times and take the medians. `undo` is not measured. Few runs where each takes long."""
    with counting() as sent:
        work()
    queries = len(sent)
    undo()
    for _each in range(WARM_UP - 1):
        work()
        undo()
    cpu: list[float] = []
    clock: list[float] = []
    end = time.monotonic() + seconds
    while len(cpu) < most and (len(cpu) < 5 or time.monotonic() < end):
        helped = helpers_cpu(os.getpid())
        began, cpu_began = time.perf_counter(), time.process_time()
        work()
        own = (time.process_time() - cpu_began) * 1000
        clock.append((time.perf_counter() - began) * 1000)
        cpu.append(own + helpers_cpu(os.getpid()) - helped)
        undo()
    return Cost(queries, median(cpu), quantiles(cpu, n=20)[-1], median(clock), len(cpu))
