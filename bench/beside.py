"""What pages and saves cost beside an earlier commit: both in the same run, by turns.

python -m bench.beside --commit COMMIT [--quick]
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import distributions
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

from bench.processes import cpu_seconds, descendants, helpers_cpu

ROOT = Path(__file__).resolve().parent.parent
COMMIT = "1a8a379"
STAGES = ("while_rating", "while_agreeing", "when_closed")
SIZES = ((10, 1, 24), (10, 50, 24))
QUICK_SIZES = ((6, 1, 24), (6, 2, 24))
WARM_UP = 2
REQUIRED = re.compile(r"^([A-Za-z0-9][\w.-]*==[\w.]+)(?= *\\)", re.MULTILINE)
CLIENTS = (1, 4)


class Tree:
    """A process that drives one tree, with a folder and a database of its own."""

    def __init__(self, root: Path, var: Path, name: str) -> None:
        var.mkdir()
        environment = {**os.environ, "THROUGHLINE_VAR": str(var), "PYTHONPATH": str(root)}
        if "DATABASE_URL" in os.environ:
            environment["DATABASE_URL"] = _database(os.environ["DATABASE_URL"], name)
        self.process = subprocess.Popen(
            [sys.executable, "-P", str(ROOT / "bench" / "driver.py")],
            cwd=root,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, *words: Any) -> None:
        """Have it begin something."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        """Wait for what it says of that."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("The driver of a tree died; what it said stands above.")
        return json.loads(line)

    def do(self, *words: Any) -> Any:
        """Ask and wait."""
        self.ask(*words)
        return self.answer()

    def cpu(self, at: int, name: str) -> float:
        """Milliseconds of processor time of one request, that of helping processes included."""
        helped = helpers_cpu(self.process.pid)
        own: float = self.do("cpu", at, name)
        return own + helpers_cpu(self.process.pid) - helped

    def close(self) -> None:
        """Let it end."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=60)


def missing(commit: str) -> str:
    """Why there is nothing to compare with, as a sentence; empty when there is."""
    there = subprocess.run(
        ["git", "cat-file", "-e", f"{commit}:bench/load.py"], cwd=ROOT, capture_output=True, check=False
    )
    if there.returncode != 0:
        return f"Nothing is compared: commit {commit} with its bench is not in a git repository here."
    needed = subprocess.run(
        ["git", "show", f"{commit}:requirements/run.txt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    here = {_plain(each.name) for each in distributions()}
    absent = [line for line in REQUIRED.findall(needed.stdout) if _plain(line.split("==")[0]) not in here]
    if not absent:
        return ""
    return f"Nothing is compared: commit {commit} needs what this one does not. Install it first: pip install {' '.join(absent)}"


def _plain(name: str) -> str:
    """A package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    """Measure both trees and print the figures as JSON."""
    commit = sys.argv[sys.argv.index("--commit") + 1]
    quick = "--quick" in sys.argv[1:]
    with _trees(commit) as trees:
        for tree in trees:
            tree.ask("build", *(QUICK_SIZES if quick else SIZES))
        for tree in trees:
            tree.answer()
        print("both are built", file=sys.stderr, flush=True)
        saves = measure_saves(trees, turns=1 if quick else 6, seconds=0.5 if quick else 1.5)
        print("saves are measured", file=sys.stderr, flush=True)
        shown = measure_pages(trees, times=2 if quick else 25)
    sizes = [" · ".join(map(str, size)) for size in (QUICK_SIZES if quick else SIZES)]
    print(json.dumps({"commit": commit, "sizes": sizes, "pages": shown, "saves": saves}))


@contextmanager
def _trees(commit: str) -> Iterator[list[Tree]]:
    """Drivers of the commit and of this tree, in this order."""
    with tempfile.TemporaryDirectory(prefix="throughline-beside-") as place, ExitStack() as stack:
        then = Path(place) / "tree"
        then.mkdir()
        packed = subprocess.run(
            ["git", "archive", commit], cwd=ROOT, stdout=subprocess.PIPE, check=True
        ).stdout
        subprocess.run(["tar", "-x", "-C", str(then)], input=packed, check=True)
        trees = []
        for name, root in (("then", then), ("now", ROOT)):
            trees.append(Tree(root, Path(place) / f"var-{name}", name))
            stack.callback(trees[-1].close)
        yield trees


def _database(url: str, name: str) -> str:
    """A new database beside the one that this address names."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as line:
        line.execute(f"CREATE DATABASE beside_{name}")
    return f"{url.rpartition('/')[0]}/beside_{name}"


def measure_pages(trees: list[Tree], times: int) -> dict[str, list[list[dict[str, float]]]]:
    """By page: for the commit and this tree, for each size, queries and the median of the processor time."""
    found: dict[str, list[list[dict[str, float]]]] = {}
    for stage in STAGES:
        names = [tree.do("stage", stage) for tree in trees]
        for name in [each for each in names[0] if each in names[1]]:
            cells = [(tree, at) for at in range(2) for tree in trees]
            queries = [tree.do("queries", at, name) for tree, at in cells]
            for _each in range(WARM_UP):
                for tree, at in cells:
                    tree.do("cpu", at, name)
            turns = [[tree.cpu(at, name) for tree, at in cells] for _each in range(times)]
            told = [
                {"queries": count, "cpu": median(each)}
                for count, each in zip(queries, zip(*turns, strict=True), strict=True)
            ]
            found[name] = [told[0::2], told[1::2]]
    return found


def measure_saves(trees: list[Tree], turns: int, seconds: float) -> dict[str, list[dict[str, float]]]:
    """By number of clients, for the commit and this tree: requests a second, processor time of each, failures.

    Both servers run all the time; only one of them is asked at a time.
    """
    servers = [tree.do("serve") for tree in trees]
    found = {}
    for number in CLIENTS:
        bursts: list[list[dict[str, float]]] = [[] for _each in trees]
        for turn in range(turns + 1):
            for at, tree in enumerate(trees):
                burst = _burst(tree, servers[at], number, seconds)
                if turn:  # the first one fills the caches of its processes
                    bursts[at].append(burst)
        found[str(number)] = [_together(each) for each in bursts]
    for tree in trees:
        tree.do("stop")
    return found


def _burst(tree: Tree, server: dict[str, Any], number: int, seconds: float) -> dict[str, float]:
    """So many clients, each another member of the team, save as fast as they are answered."""
    statuses: list[int] = []
    pids = descendants(tree.process.pid)
    end = time.monotonic() + seconds

    def one(requests: list[str]) -> None:
        for request in cycle(requests):
            statuses.append(answered(server["port"], request.encode()))
            if time.monotonic() > end:
                return

    clients = [threading.Thread(target=one, args=(each,)) for each in server["saves"][:number]]
    began, cpu = time.monotonic(), cpu_seconds(pids)
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return {
        "requests": len(statuses),
        "seconds": time.monotonic() - began,
        "cpu": cpu_seconds(pids) - cpu,
        "failed": sum(status != 302 for status in statuses),
    }


def answered(port: int, request: bytes) -> int:
    """The status of one request on a connection of its own, read to the end: the least that a client can do."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(request)
        said = b""
        while part := line.recv(65536):
            said = said or part
    return int(said[9:12])


def _together(bursts: list[dict[str, float]]) -> dict[str, float]:
    requests = sum(burst["requests"] for burst in bursts)
    return {
        "per_second": requests / sum(burst["seconds"] for burst in bursts),
        "cpu": sum(burst["cpu"] for burst in bursts) / requests * 1000,
        "failed": sum(burst["failed"] for burst in bursts),
    }


if __name__ == "__main__":
    main()
