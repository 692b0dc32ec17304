"""Parts that run two at a time. Each is shown whole and in order: the first that is not done yet as it goes on."""

import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tools.system import Need

AT_A_TIME = 2
LOOKS_AGAIN_AFTER = 0.2  # seconds


@dataclass
class Part:
    """Something to run that says whether it went well, and what it stands on that may be turned off."""

    name: str
    run: Callable[[IO[str]], bool]
    need: Need | None = None
    seconds: float = field(default=0, init=False)

    def is_off(self) -> bool:
        return bool(self.need and self.need.turned_off)

    def timed(self, said: Path) -> bool:
        """Run it; what it says goes to a file."""
        began = time.monotonic()
        try:
            with said.open("w") as out:
                return self.run(out)
        finally:
            self.seconds = time.monotonic() - began


def run_all(parts: list[Part], *, closing: Part | None = None) -> int:
    """All of them, whatever comes of each; then `closing`, which looks at what they left. The exit code."""
    began = time.monotonic()
    lines: list[str] = []
    with (
        tempfile.TemporaryDirectory(prefix="throughline-said-") as folder,
        ThreadPoolExecutor(AT_A_TIME) as pool,
    ):
        said = [Path(folder) / str(number) for number, _part in enumerate(parts)]
        running = [
            None if part.is_off() else pool.submit(part.timed, file)
            for part, file in zip(parts, said, strict=True)
        ]
        for part, file, done in zip(parts, said, running, strict=True):
            lines.append(_off(part) if done is None else _shown(part, file, done))
        if closing:
            file = Path(folder) / "closing"
            lines.append(_shown(closing, file, pool.submit(closing.timed, file)))
    return _summary(lines, time.monotonic() - began)


def _off(part: Part) -> str:
    """A part that a variable has turned off is said loudly, here and at the end."""
    assert part.need
    line = f"OFF              {part.name}: TURNED OFF by {part.need.variable}=0"
    print(f"\n!! {line}", flush=True)
    return line


def _shown(part: Part, said: Path, done: "Future[bool]") -> str:
    """Copy what it says until it has ended; its line for the summary."""
    print(f"\n── {part.name} {'─' * max(1, 90 - len(part.name))}", flush=True)
    while not said.exists():
        time.sleep(LOOKS_AGAIN_AFTER)
    with said.open(errors="replace") as text:
        ended = False
        while not ended:
            ended = done.done()
            sys.stdout.write(text.read())
            sys.stdout.flush()
            if not ended:
                time.sleep(LOOKS_AGAIN_AFTER)
    return f"{'ok    ' if done.result() else 'FAILED'}  {part.seconds:6.1f} s  {part.name}"


def _summary(lines: list[str], seconds: float) -> int:
    failed = any(line.startswith("FAILED") for line in lines)
    print(f"\n── summary {'─' * 83}")
    for line in lines:
        print("  " + line)
    print(f"  {'Something failed' if failed else 'All is well'}, in {seconds:.0f} seconds.", flush=True)
    return int(failed)
