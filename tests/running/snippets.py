"""Snippets of tests on somebody's data: a process loads the product once for a data folder and forks for each of them.

`manage.py shell` would load it for every snippet, which takes longer than what it is asked. The commands that are under
test are started as an administrator starts them (`places.manage`).
"""

import atexit
import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path

LOADED = 2  # data folders at once: one, and the one that it was copied to
ROOT = Path(__file__).resolve().parents[2]

Done = subprocess.CompletedProcess[str]


class Loaded:
    """A process that has loaded the product with one environment."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__))],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, code: str) -> Done:
        """What a fork of it said and how it ended."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(code) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "The product could not be loaded: what it said stands above."
        status, said, complained = json.loads(line)
        return Done(["snippet"], status, said, complained)

    def end(self) -> None:
        """Let it go."""
        with suppress(OSError):
            self.process.communicate(timeout=60)


_loaded: OrderedDict[tuple[tuple[str, str], ...], Loaded] = OrderedDict()


def run_snippet(environment: dict[str, str], code: str) -> Done:
    """Run a few lines of Python in the product, as `manage.py shell --no-imports -c` does; how it ended is for the test to judge."""
    key = tuple(sorted(environment.items()))
    if key not in _loaded:
        while len(_loaded) >= LOADED:
            _loaded.popitem(last=False)[1].end()
        _loaded[key] = Loaded(environment)
    _loaded.move_to_end(key)
    return _loaded[key].run(code)


@atexit.register
def end_all() -> None:
    """None outlives the tests."""
    while _loaded:
        _loaded.popitem()[1].end()


def _serve() -> None:
    import django

    django.setup()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what is printed while loading is no answer
    for line in sys.stdin:
        with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as complained:
            child = os.fork()
            if not child:
                _run(json.loads(line), said.fileno(), complained.fileno())
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            said.seek(0)
            complained.seek(0)
            print(json.dumps([status, said.read(), complained.read()]), file=answers, flush=True)


def _run(code: str, said: int, complained: int) -> None:
    """In the fork. It ends as a command does, its connections closed, and never goes back to where it was forked."""
    from django.db import connections

    status = 0
    os.dup2(said, 1)
    os.dup2(complained, 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    try:
        exec(code, {"__name__": "__snippet__"})  # noqa: S102  (the test's own)
    except SystemExit as asked:
        status = asked.code if isinstance(asked.code, int) else int(asked.code is not None)
    except BaseException:
        traceback.print_exc()
        status = 1
    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    _serve()
