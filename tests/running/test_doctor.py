"""The doctor finds what is broken, says it in words, and changes nothing."""

import os
from pathlib import Path

import pytest

from tests.installations import on_postgres, prepared_on_postgres
from tests.running.lived import Lived
from tests.running.places import environment_of, manage, refused

pytestmark = pytest.mark.crash

BREAK = """
from django.db import connection as c
from django.utils import timezone
from datetime import timedelta
from throughline.activity.models import ChoreRun, Event, OutgoingMail
from throughline.records.models import Standing
Standing.objects.filter(value="earned").update(value="in-progress")
Event.objects.create(verb="test.future", at=timezone.now() + timedelta(days=3))
ChoreRun.objects.create(name="test.fails", due_at=timezone.now(), last_error="OSError: no")
OutgoingMail.objects.create(key="late", to="a@example.org", subject="-", body="-", created_at=timezone.now() - timedelta(days=1))
OutgoingMail.objects.create(key="lost", to="b@example.org", subject="-", body="", given_up_at=timezone.now())
OutgoingMail.objects.create(key="demo", to="b@harbor.example", subject="-", body="", given_up_at=timezone.now())
postgres = c.vendor == "postgresql"
with c.cursor() as cursor:
    cursor.execute("DROP TRIGGER records_decision_no_delete" + (" ON records_decision" if postgres else ""))
    cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('records', '9999_later', CURRENT_TIMESTAMP)")
    if postgres:
        cursor.execute("ALTER TABLE records_standing DISABLE TRIGGER ALL")
    else:
        c.cursor().execute("PRAGMA foreign_keys=OFF")
        cursor.execute("DELETE FROM schools_roleholding")
        cursor.execute("UPDATE schools_membership SET person_id = '00000000000000000000000000000000' WHERE name = 'Lin Wei'")
"""


def lines_of(said: str) -> dict[str, list[str]]:
    """What was said, by its beginning: `FAIL  files`."""
    found: dict[str, list[str]] = {}
    for line in said.splitlines():
        about, _, sentence = line.partition(": ")
        found.setdefault(" ".join(about.split()), []).append(sentence)
    return found


def test_it_tells_what_is_broken_and_changes_nothing(data: Lived) -> None:
    said = data.run("doctor")
    assert "FAIL" not in said
    well_off = lines_of(said)
    assert {
        "ok engine",
        "ok migrations",
        "ok clock",
        "ok append-only",
        "ok references",
        "ok integrity",
    } <= set(well_off)
    assert {"ok standings", "ok files", "ok permissions", "ok disk", "ok program"} <= set(well_off)
    assert {"warn worker", "warn mail", "warn backup", "warn settings"} <= set(well_off)
    assert well_off["ok files"] == ["All 1 uploaded files are there, unchanged."]

    data.shell(BREAK)
    kept, lost = data.var / "files" / "stray", next(p for p in (data.var / "files").rglob("*") if p.is_file())
    lost.write_bytes(b"something else")
    kept.write_text("-")
    content = data.content()
    done = data.tried("doctor")
    assert done.returncode == 1
    found = lines_of(done.stdout)
    assert "records.9999_later" in found["FAIL migrations"][0]
    assert "records_decision_no_delete" in found["FAIL append-only"][0]
    assert found["FAIL references"]
    assert "rebuild_records" in found["FAIL standings"][0]
    assert "1 uploaded files are not what was brought" in found["FAIL files"][0]
    assert "1 files belong to nothing" in found["warn files"][0]
    assert "but something was done at" in found["FAIL clock"][0]
    assert any("test.fails" in sentence for sentence in found["warn worker"])
    assert any("1 letters have been waiting" in sentence for sentence in found["warn mail"])
    assert any(
        "1 letters of the last seven days were given up" in sentence for sentence in found["warn mail"]
    )
    assert "Traceback" not in done.stderr
    assert data.content() == content

    lost.unlink()
    quick = data.tried("doctor", "--quick")
    assert "standings" not in quick.stdout and "FAIL  migrations" in quick.stdout
    assert "1 uploaded files are missing" in data.tried("doctor").stdout


def test_it_tells_of_a_file_that_others_can_read_and_of_the_last_backup(sqlite_data: Lived) -> None:
    elsewhere = sqlite_data.var.parent / "elsewhere.sqlite3"
    (sqlite_data.var / "throughline.sqlite3").rename(elsewhere)
    sqlite_data.environment["DATABASE_URL"] = f"sqlite:///{elsewhere}"
    sqlite_data.backup()
    elsewhere.chmod(0o644)
    found = lines_of(sqlite_data.tried("doctor", "--quick").stdout)
    assert str(elsewhere) in found["FAIL permissions"][0]
    assert "The last one was made at" in found["ok backup"][0]
    remembered = sqlite_data.var / "prepared" / "last-backup.json"
    remembered.write_text('{"at": "2026-01-01T00:00:00+00:00", "file": "/nowhere/x.tar"}')
    told = lines_of(sqlite_data.tried("doctor", "--quick").stdout)["warn backup"][0]
    assert "2026-01-01" in told and "keep a copy on another machine" in told


def test_settings_that_are_not_fit_and_a_mail_server_that_is_away(sqlite_data: Lived) -> None:
    sqlite_data.environment |= {
        "THROUGHLINE_PRODUCTION": "1",
        "THROUGHLINE_SECRET_KEY": "short",
        "THROUGHLINE_HOSTS": "journey.example.org",
        "THROUGHLINE_ADDRESS": "http://journey.example.org",
        "THROUGHLINE_MAIL_URL": "smtp://127.0.0.1:9",
    }
    found = lines_of(sqlite_data.tried("doctor", "--quick").stdout)
    assert any("SECRET_KEY" in sentence for sentence in found["warn settings"])
    assert "https://" in found["FAIL settings"][0]
    assert "127.0.0.1:9 cannot be used" in found["FAIL mail"][0]


def test_nothing_prepared_and_no_database_are_sentences(tmp_path: Path) -> None:
    said = refused(manage(environment_of(tmp_path / "a"), "doctor"))
    assert "failed" in said
    said = refused(manage(environment_of(tmp_path / "a"), "backup"))
    assert "No backup was made. The database says: no such table" in said
    away = environment_of(tmp_path / "b", DATABASE_URL="postgresql://throughline@127.0.0.1:9/throughline")
    done = manage(away, "doctor")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "The database cannot answer" in done.stdout


def test_a_server_that_may_forget_what_it_acknowledged_is_told(tmp_path: Path) -> None:
    made = prepared_on_postgres()
    with on_postgres(made, tmp_path / "var", durable=False) as (environment, _server):
        found = lines_of(manage(environment, "doctor", "--quick").stdout)
    assert "fsync=off (should be on)" in found["FAIL engine"][0]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to be root")
def test_root_is_told_to_be_somebody_else(sqlite_data: Lived) -> None:
    os.chown(sqlite_data.var, 65534, 65534)
    assert "this is root" in lines_of(sqlite_data.tried("doctor", "--quick").stdout)["FAIL permissions"][0]
