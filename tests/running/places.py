"""Data folders of their own and the commands of the product on them, as an administrator runs them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools.postgres import free_port
from tools.system import POSTGRES

ROOT = Path(__file__).resolve().parents[2]

ENGINES = [
    "sqlite",
    pytest.param(
        "postgresql", marks=pytest.mark.skipif(POSTGRES.turned_off, reason="turned off by a variable")
    ),
]

Done = subprocess.CompletedProcess[str]


def environment_of(var: Path, **more: str) -> dict[str, str]:
    """The environment of a command, without the developer's own settings."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("THROUGHLINE_", "DATABASE_URL", "PORT"))}
    return {**kept, "THROUGHLINE_VAR": str(var), "PORT": str(free_port()), **more}


def manage(environment: dict[str, str], *words: str, **options: Any) -> Done:
    """Run a command; how it ended is for the test to judge."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        **{"cwd": ROOT, "env": environment, "capture_output": True, "text": True, "check": False, **options},
    )


def well(done: Done) -> str:
    """What a command said that went well."""
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def refused(done: Done) -> str:
    """The sentence of a command that refused, which is no traceback."""
    assert done.returncode != 0, done.stdout[-4000:]
    assert "Traceback" not in done.stderr, done.stderr[-4000:]
    return done.stderr
