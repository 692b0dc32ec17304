"""A backup is whole or is not there, and what comes back is what was there, row for row and byte for byte (R4)."""

import shutil
import socket
import stat
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.installations import on_postgres, prepared, prepared_on_postgres
from tests.running.lived import Lived
from tests.running.places import ROOT, environment_of, manage, refused
from tests.running.snippets import run_snippet

pytestmark = pytest.mark.crash


def emptied(data: Lived, tmp_path: Path) -> Lived:
    """A new, prepared place on the same engine: another folder, and on PostgreSQL another database."""
    made = prepared_on_postgres() / "var" if "DATABASE_URL" in data.environment else prepared()
    var = shutil.copytree(made, tmp_path / "new")
    for secret in ("secret-key", "keeping-key"):
        (var / secret).unlink(missing_ok=True)
    environment = environment_of(var, **{n: v for n, v in data.environment.items() if n == "DATABASE_URL"})
    if "DATABASE_URL" in environment:
        new = "CREATE DATABASE other TEMPLATE empty_school"
        data.shell(f"from django.db import connection as c; c.cursor().execute({new!r})")
        environment["DATABASE_URL"] = environment["DATABASE_URL"].rsplit("/", 1)[0] + "/other"
    return Lived(var, environment, data.told)


def test_all_comes_back_into_an_empty_place(data: Lived, tmp_path: Path) -> None:
    content, files = data.content(), data.files()
    assert len(files) == 5
    backup = data.backup()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert stat.S_IMODE(backup.parent.stat().st_mode) == 0o700
    assert [file.name for file in backup.parent.iterdir()] == [backup.name]
    new = emptied(data, tmp_path)
    said = new.run("restore", "--verify", str(backup))
    assert "1 organizations, 6 people, 1 uploaded files" in said
    assert "FAIL" not in said and said.count("\nok ") == 7
    assert new.content() == content
    assert new.files() == files
    # All of it again, over what is there now: refused first, then kept aside.
    again = new.refused("restore", str(backup))
    assert "there is data here already" in again
    assert new.content() == content
    said = new.run("restore", "--overwrite", str(backup))
    (aside,) = new.var.glob("replaced-*")
    assert str(aside) in said
    assert {path.name for path in aside.iterdir()} >= {"files", "imports"}
    assert (aside / ("database.pgdump" if "DATABASE_URL" in new.environment else "database.sqlite3")).exists()
    assert (new.content(), new.files()) == (content, files)
    new.run("prepare")
    assert "Nothing failed" in new.run("doctor")


def test_a_backup_holds_no_secret_of_the_server(sqlite_data: Lived) -> None:
    backup = sqlite_data.backup()
    key = (sqlite_data.var / "secret-key").read_bytes()
    assert key not in backup.read_bytes()
    with tarfile.open(backup) as tar:
        assert {name.split("/")[0] for name in tar.getnames()} == {
            "database.sqlite3",
            "files",
            "imports",
            "manifest.json",
        }


def test_a_damaged_backup_touches_nothing(sqlite_data: Lived) -> None:
    backup = sqlite_data.backup()
    content = sqlite_data.content()
    with tarfile.open(backup) as tar:
        at = next(each.offset_data for each in tar.getmembers() if each.name.startswith("files/"))
    whole = bytearray(backup.read_bytes())
    whole[at] ^= 1
    backup.write_bytes(whole)
    assert "It is damaged: files/" in sqlite_data.refused("restore", "--overwrite", "--verify", str(backup))
    assert "It is damaged: files/" in sqlite_data.refused("restore", "--check", str(backup))
    assert sqlite_data.content() == content
    assert list(sqlite_data.var.glob("replaced-*")) == []


def test_a_drill_touches_nothing_that_is_in_use(data: Lived) -> None:
    backup = data.backup()
    content, before = data.content(), sorted(path.name for path in data.var.iterdir())
    said = data.run("restore", "--check", str(backup))
    assert "whole" in said
    assert data.content() == content
    assert sorted(path.name for path in data.var.iterdir()) == before


def test_nothing_is_restored_under_a_running_service(sqlite_data: Lived) -> None:
    backup = sqlite_data.backup()
    beat = "from throughline.activity.pulse import beat; beat()"
    sqlite_data.shell(beat)  # as a worker that was stopped just now leaves it
    assert "Restored" in sqlite_data.run("restore", "--overwrite", str(backup))
    worker = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=sqlite_data.environment)
    try:
        while "True" not in sqlite_data.shell(
            "from throughline.activity import pulse; print(pulse.is_alive())"
        ):
            assert worker.poll() is None
        said = sqlite_data.refused("restore", "--overwrite", str(backup))
    finally:
        worker.terminate()
        worker.wait(timeout=120)
    assert "the worker is running on this data" in said
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(sqlite_data.environment["PORT"])))
        taken.listen()
        said = sqlite_data.refused("restore", "--overwrite", str(backup))
    assert "a server is running on port" in said


def test_a_backup_of_a_newer_version_is_refused_by_an_old_program(sqlite_data: Lived, tmp_path: Path) -> None:
    sqlite_data.shell(
        "from django.db.migrations.recorder import MigrationRecorder as R; from django.db import connection as c;"
        "R(c).record_applied('journeys', '9999_from_the_future')"
    )
    backup = sqlite_data.backup()
    new = environment_of(tmp_path / "new")
    said = refused(manage(new, "restore", str(backup)))
    assert "newer version of Throughline" in said and "journeys.9999_from_the_future" in said
    assert not (tmp_path / "new" / "throughline.sqlite3").exists()


def test_files_that_were_lost_before_are_said_and_the_rest_is_backed_up(sqlite_data: Lived) -> None:
    lost = next(path for path in (sqlite_data.var / "files").rglob("*") if path.is_file())
    lost.unlink()
    to = sqlite_data.var.parent / "backups"
    said = sqlite_data.refused("backup", "--to", str(to))
    assert "1 uploaded files were missing or damaged" in said
    (backup,) = to.glob("*.tar")
    said = sqlite_data.refused("restore", "--overwrite", "--verify", str(backup))
    assert "not everything is well" in said


def test_only_as_many_as_wished_are_kept_and_nothing_else_is_deleted(sqlite_data: Lived) -> None:
    to = sqlite_data.var.parent / "backups"
    to.mkdir()
    for name in ("throughline-20240101-000000.tar", "throughline-20250101-000000.tar", "mine.tar"):
        (to / name).write_text("-")
    sqlite_data.run("backup", "--to", str(to), "--keep", "2")
    kept = sorted(file.name for file in to.iterdir())
    assert kept[:2] == ["mine.tar", "throughline-20250101-000000.tar"]
    assert len(kept) == 3
    assert "At least one" in sqlite_data.refused("backup", "--to", str(to), "--keep", "0")


def test_a_disk_without_room_is_said_before_anything_is_written(sqlite_data: Lived) -> None:
    to = sqlite_data.var.parent / "backups"
    code = (
        "import shutil; from types import SimpleNamespace as N; shutil.disk_usage = lambda p: N(free=1000);"
        f"from django.core.management import call_command as c; c('backup', to={str(to)!r})"
    )
    done = run_snippet(sqlite_data.environment, code)
    assert "No backup was made: it needs about" in done.stderr
    assert list(to.iterdir()) == []


def test_without_the_program_of_postgresql_it_says_what_to_install(tmp_path: Path) -> None:
    with on_postgres(prepared_on_postgres(), tmp_path / "var") as (environment, _server):
        code = (
            "import shutil; from pathlib import Path; shutil.which = lambda name: None; Path.exists = lambda self: False;"
            "from throughline.home.running.engines import postgres_program as p; p('pg_dump')"
        )
        done = run_snippet(environment, code)
    assert "The program pg_dump is missing; the server is PostgreSQL" in done.stderr
    assert "apt-get install postgresql-client-" in done.stderr


def test_a_damaged_database_is_not_backed_up(sqlite_data: Lived) -> None:
    file = sqlite_data.var / "throughline.sqlite3"
    content = bytearray(file.read_bytes())
    for page in range(20, len(content) // 4096, 3):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    file.write_bytes(content)
    said = sqlite_data.refused("backup", "--to", str(sqlite_data.var.parent / "backups"))
    assert "No backup was made" in said
    assert list((sqlite_data.var.parent / "backups").iterdir()) == []
