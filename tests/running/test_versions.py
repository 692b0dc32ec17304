"""An old program leaves a newer database alone; the new one brings an older one up to date without losing anything."""

import json
import lzma
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.installations import dressed
from tests.running.lived import Lived
from tests.running.places import ENGINES, environment_of, manage, well
from tests.running.snippets import run_snippet
from tools.postgres import cluster

pytestmark = pytest.mark.crash

# There is no released version yet; this commit stands for the previous one (old_data/make.py).
PREVIOUS = "1a8a379"
OLD_DATA = Path(__file__).parent / "old_data" / f"{PREVIOUS}.tar.xz"

FROM_THE_FUTURE = """
from django.db import connection as c
from django.db.migrations.recorder import MigrationRecorder as R
R(c).record_applied('journeys', '9999_from_the_future')
"""

# Tables as the old program made them, on an engine that has none yet: its migrations up to where it stood, then its rows.
FILL = """
import json, sys
from django.db import connection as c, transaction
from django.db.migrations.executor import MigrationExecutor
told = json.load(open({told!r}))
MigrationExecutor(c).migrate([tuple(each) for each in told["migrations"]])
with transaction.atomic(), c.cursor() as cursor:
    for table, (columns, rows) in told["tables"].items():
        if table in ("django_migrations", "cache"):
            continue
        cursor.execute("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [table])
        kinds = dict(cursor.fetchall())
        assert set(columns) == set(kinds), table
        cursor.execute(f'DELETE FROM "{{table}}"')
        for row in rows:
            values = [value if value is None else bool(value) if kinds[name] == "boolean" else
                      bytes.fromhex(value) if kinds[name] == "bytea" else value for name, value in zip(columns, row)]
            names = ", ".join(f'"{{name}}"' for name in columns)
            cursor.execute(f'INSERT INTO "{{table}}" ({{names}}) VALUES ({{", ".join(["%s"] * len(row))}})', values)
    for table in told["tables"]:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name = 'id' AND is_identity = 'YES'", [table])
        if cursor.fetchone():
            cursor.execute(f'''SELECT setval(pg_get_serial_sequence('"{{table}}"', 'id'), (SELECT coalesce(max(id), 1) FROM "{{table}}"))''')
"""

COUNT = """
import json
from django.db import connection as c
told = {}
with c.cursor() as cursor:
    for table in c.introspection.table_names(cursor):
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        told[table] = cursor.fetchone()[0]
print(json.dumps(told))
"""

# Every page that the lead can reach from home by links, as her browser would.
WALK = """
import json, re
from django.test import Client
lead = Client()
lead.cookies["sessionid"] = {session!r}
seen, waiting, wrong = set(), ["/", "/s/{slug}/", "/s/{slug}/journeys/{journey}/"], []
while waiting and len(seen) < 120:
    path = waiting.pop(0)
    if path in seen:
        continue
    seen.add(path)
    answer = lead.get(path)
    if answer.status_code not in (200, 302):
        wrong.append([path, answer.status_code])
    if "text/html" in answer.headers.get("Content-Type", "") and not answer.streaming:
        waiting += re.findall(r'href="(/[^"#?]*)', answer.content.decode())
    elif answer.streaming:
        b"".join(answer.streaming_content)
print(json.dumps([sorted(seen), wrong]))
"""

# A note as that version kept it: in plain words.
PLAIN_NOTE = """
from uuid import uuid4
from django.db import connection as c
from django.utils import timezone
with c.cursor() as cursor:
    cursor.execute("SELECT organisation_id, id, made_by_id FROM journeys_round WHERE state = 'closed'")
    row = cursor.fetchone()
    cursor.execute(
        "INSERT INTO journeys_sealednote (id, organisation_id, round_id, author_id, text, to_team, left_at) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s)",
        [uuid4().hex, *row, "zqnotezq", False, timezone.now()],
    )
"""

SEALED_NOTE = """
from throughline.journeys.models import Rating, SealedNote
from throughline.kit.keeping import open_up
note = SealedNote.objects.get()
assert open_up(note.sealed, whose=note.whose) == "zqnotezq"
assert not Rating.objects.filter(item__round__state="closed").exists()
"""

# What later versions may empty or fill by themselves, so that a count proves nothing there.
OF_THE_PROGRAM = {"cache", "django_migrations", "django_content_type", "auth_permission", "activity_chorerun"}


def test_neither_preparing_nor_serving_nor_working_touches_a_newer_database(sqlite_data: Lived) -> None:
    sqlite_data.shell(FROM_THE_FUTURE)
    before = sqlite_data.content()
    for command in ("prepare", "serve", "worker"):
        said = sqlite_data.refused(command)
        assert "newer version of Throughline" in said and "journeys.9999_from_the_future" in said, command
        assert "Nothing was changed" in said
    assert sqlite_data.content() == before


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The data folder of the previous version, as that version made it, with the styles and fonts of this one."""
    var = dressed(tmp_path / "old")
    with lzma.open(OLD_DATA) as packed, tarfile.open(fileobj=packed) as tar:
        tar.extractall(var, filter="data")
    with closing(sqlite3.connect(var / "throughline.sqlite3")) as database:
        database.executescript((var / "database.sql").read_text())
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    told = json.loads((var / "told.json").read_text())
    (var / "secret-key").write_text(told["key"])
    return var


def rows_of(var: Path) -> dict[str, tuple[list[str], list[list[object]]]]:
    """Every row of every table."""
    found = {}
    with closing(sqlite3.connect(var / "throughline.sqlite3")) as database:
        names = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
        for (table,) in database.execute(names).fetchall():
            rows = database.execute(f'SELECT * FROM "{table}"')
            columns = [each[0] for each in rows.description]
            found[table] = (columns, [[v.hex() if isinstance(v, bytes) else v for v in row] for row in rows])
    return found


@pytest.fixture(params=ENGINES)
def upgraded(request: pytest.FixtureRequest, old: Path, tmp_path: Path) -> Iterator[Lived]:
    """That data on each engine, not yet brought up to date."""
    told = json.loads((old / "told.json").read_text())
    if request.param == "sqlite":
        yield Lived(old, environment_of(old), told)
        return
    tables = rows_of(old)
    migrations = [row[1:3] for row in tables["django_migrations"][1]]
    (tmp_path / "rows.json").write_text(json.dumps({"tables": tables, "migrations": migrations}))
    (old / "throughline.sqlite3").unlink()
    with cluster() as server:
        environment = environment_of(old, DATABASE_URL=server.url)
        well(run_snippet(environment, FILL.format(told=str(tmp_path / "rows.json"))))
        yield Lived(old, environment, told)


def test_the_previous_versions_data_comes_along_whole(upgraded: Lived) -> None:
    before: dict[str, int] = json.loads(upgraded.shell(COUNT))
    assert (before["people_person"], before["journeys_snapshot"], before["files_storedfile"]) == (6, 1, 1)
    assert before["records_decision"] == 2 and before["frameworks_frameworkimport"] == 2
    upgraded.shell(PLAIN_NOTE)
    said = upgraded.run("prepare")
    assert "Setting up the database" in said
    after: dict[str, int] = json.loads(upgraded.shell(COUNT))
    lost = {
        table: (count, after.get(table))
        for table, count in before.items()
        if table not in OF_THE_PROGRAM and after.get(table, 0) < count
    }
    assert lost == {}
    assert "records, 0 standings differ" in upgraded.run("rebuild_records", "--check")
    assert "FAIL" not in upgraded.run("doctor")
    seen, wrong = json.loads(upgraded.shell(WALK.format(**upgraded.told)))
    assert wrong == []
    assert len(seen) > 40
    assert any(upgraded.told["round"] in path for path in seen)
    # What closing has done since that version is done to its closed rounds too, and their pages stay.
    assert "The link was cut in 1 round;" in upgraded.run("untie_ratings")
    upgraded.shell(SEALED_NOTE)
    if (database := upgraded.var / "throughline.sqlite3").exists():
        assert b"zqnotezq" not in database.read_bytes()
    assert json.loads(upgraded.shell(WALK.format(**upgraded.told))) == [seen, []]


def test_a_backup_of_the_previous_version_is_restored_and_brought_up_to_date(
    old: Path, tmp_path: Path
) -> None:
    environment = environment_of(old)
    backup = tmp_path / "backups"
    well(manage(environment, "backup", "--to", str(backup)))
    new = environment_of(tmp_path / "new")
    said = well(manage(new, "restore", "--verify", str(next(backup.glob("*.tar")))))
    assert "of an older version" in said and "FAIL" not in said
    assert "6 people" in said
    shutil.rmtree(tmp_path / "new")
