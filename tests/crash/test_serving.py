"""`serve` runs server and worker as one: whatever ends, nobody is left behind, and a second start changes nothing."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Product, running_product
from tests.crash.storm import descendants
from tests.installations import prepared
from tests.running.places import ROOT, environment_of, manage, refused
from throughline.testing import wait_until

pytestmark = pytest.mark.crash


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Product]:
    """The product on fresh data without the demo."""
    with running_product(tmp_path / "var") as product:
        yield product


def lives(pid: int) -> bool:
    """Still running (a process that has ended but was not yet collected does not count)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


def ended(product: Product, all_of_them: list[int]) -> tuple[int, str]:
    """Wait for the end of everything: the exit code, and what was said."""
    said, _ = product.process.communicate(timeout=120)
    wait_until(lambda: not any(map(lives, all_of_them)))
    return product.process.returncode, said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_everything_stops(started: Product, number: signal.Signals) -> None:
    everyone = descendants(started.process.pid)
    assert len(everyone) == 4, [command_of(pid) for pid in everyone]
    started.process.send_signal(number)
    code, said = ended(started, everyone)
    assert (code, said.split("\n")[-2]) == (0, "Stopped.")


@pytest.mark.parametrize(("name", "part"), [("server", "granian"), ("worker", "django worker")])
def test_when_one_part_dies_everything_stops_and_says_so(started: Product, name: str, part: str) -> None:
    everyone = descendants(started.process.pid)
    os.kill(next(pid for pid in everyone if part in command_of(pid)), signal.SIGKILL)
    code, said = ended(started, everyone)
    assert code == 1
    assert f"The {name} ended by itself" in said


def test_when_the_supervisor_is_killed_nobody_is_left(started: Product) -> None:
    everyone = descendants(started.process.pid)
    started.process.kill()
    wait_until(lambda: not any(map(lives, everyone)))


def test_a_port_that_is_taken_is_a_clear_error(started: Product) -> None:
    second = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=started.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode != 0
    assert f"Port {started.environment['PORT']} is taken" in second.stderr
    assert "Traceback" not in second.stderr
    assert started.get("/healthz")[0] == 200


def dump(var: Path) -> list[str]:
    """Every row of the database, but for the worker's own notes."""
    with sqlite3.connect(var / "throughline.sqlite3") as line:
        return [
            row
            for row in line.iterdump()
            if "activity_heartbeat" not in row and "activity_chorerun" not in row
        ]


def files_made(var: Path) -> dict[str, int]:
    """When each file besides the database and the log was last written."""
    own = {"throughline.sqlite3", "throughline.sqlite3-wal", "throughline.sqlite3-shm", "log"}
    return {
        str(path): path.stat().st_mtime_ns
        for path in var.rglob("*")
        if path.is_file() and path.name not in own
    }


def test_a_second_start_makes_nothing_again_and_changes_no_data(tmp_path: Path) -> None:
    # Public frameworks hold addresses of this server, so both starts have the same one, as a real server has.
    same = {"THROUGHLINE_DEMO": "1", "THROUGHLINE_ADDRESS": "http://school.example.org"}
    shutil.copytree(prepared(demo=True), tmp_path, dirs_exist_ok=True)
    with running_product(tmp_path, **same) as product:
        assert product.get("/readyz")[0] == 200
    before, files = dump(tmp_path), files_made(tmp_path)
    with running_product(tmp_path, **same) as product:
        assert product.get("/healthz")[0] == 200
    assert dump(tmp_path) == before
    assert len(files) > 100
    assert files_made(tmp_path) == files


def test_it_cannot_be_started_on_a_database_that_is_not_prepared(tmp_path: Path) -> None:
    assert "manage.py prepare" in refused(manage(environment_of(tmp_path), "serve"))
