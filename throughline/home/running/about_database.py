"""Whether the database is whole, and keeps the promises that are written into it."""

from collections.abc import Iterator

from django.db import DatabaseError, IntegrityError, connection, models, transaction

from throughline.activity.ledger import APPEND_ONLY, missing_triggers
from throughline.activity.models import ErasureDoor
from throughline.activity.versions import applied_migrations, is_migrated, unknown_here
from throughline.home.running import engines
from throughline.home.running.findings import Finding, fail, some, warn, well
from throughline.records.models import Record
from throughline.records.rebuild import differences_of

# What makes an acknowledged change one that is on the disk (docs/decisions/0003).
SQLITE = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "recursive_triggers": "1"}
POSTGRES = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
OLDEST_POSTGRES = 15


def asked(sql: str) -> list[tuple[str, ...]]:
    """The rows of a statement, as text."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [tuple(map(str, row)) for row in cursor.fetchall()]


def migrations() -> Iterator[Finding]:
    """Whether program and database belong together."""
    unknown = unknown_here(applied_migrations())
    if unknown:
        yield fail(
            "migrations", f"The database was used by a newer version of Throughline ({some(unknown)})."
        )
    elif not is_migrated():
        yield fail("migrations", "The database is not up to date. Run `prepare`.")
    else:
        yield well("migrations", "The database is up to date with this version of Throughline.")


def durability() -> Iterator[Finding]:
    """Whether what is acknowledged is on the disk."""
    if connection.vendor == "sqlite":
        found = {name: asked(f"PRAGMA {name}")[0][0] for name in SQLITE}
        wanted = SQLITE
    else:
        if engines.server_version() // 10_000 < OLDEST_POSTGRES:
            yield fail("engine", f"{engines.version_of_engine()} is too old; 15 or newer is needed.")
        found = {name: asked(f"SHOW {name}")[0][0] for name in POSTGRES}
        wanted = POSTGRES
    wrong = [
        f"{name}={found[name]} (should be {value})" for name, value in wanted.items() if found[name] != value
    ]
    if "remote_apply" in found.get("synchronous_commit", ""):
        wrong = [each for each in wrong if not each.startswith("synchronous_commit")]
    if wrong:
        yield fail(
            "engine", f"{engines.version_of_engine()} could lose what it has acknowledged: {some(wrong)}."
        )
    else:
        yield well("engine", f"{engines.version_of_engine()} keeps what it has acknowledged.")


def integrity() -> Iterator[Finding]:
    """Whether every page and row can be read, and every index agrees with its table."""
    if connection.vendor == "sqlite":
        said = [row[0] for row in asked("PRAGMA integrity_check")]
        if said != ["ok"]:
            yield fail(
                "integrity", f"SQLite finds faults in the file: {some(said)}. Restore the last good backup."
            )
            return
        yield well("integrity", "SQLite finds no fault in the file.")
        return
    try:
        tables = engines.tallied()
    except DatabaseError as error:
        yield fail("integrity", f"Not every row can be read: {error}. Restore the last good backup.")
        return
    invalid = [row[0] for row in asked("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid")]
    if invalid:
        yield fail("integrity", f"Indexes are not valid: {some(invalid)}. REINDEX mends them.")
    else:
        rows = sum(each.rows for each in tables.values())
        yield well("integrity", f"All {rows} rows in {len(tables)} tables can be read.")
    if asked("SHOW data_checksums")[0][0] != "on":
        yield warn("integrity", "The server keeps no checksums of its pages (initdb --data-checksums).")


def foreign_keys() -> Iterator[Finding]:
    """Whether every reference leads somewhere, tenant keys included."""
    if connection.vendor == "sqlite":
        lost = asked("PRAGMA foreign_key_check")
        told = [f"{table} row {row} → {target}" for table, row, target, *_ in lost]
    else:
        told = [
            f"{table}.{name}"
            for table, name in asked(
                "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype IN ('f', 'c') AND NOT convalidated"
            )
        ]
        told += [f"{row[0]} (switched off)" for row in asked("SELECT tgrelid::regclass FROM pg_trigger WHERE tgisinternal AND tgenabled <> 'O'")]  # fmt: skip
    if told:
        yield fail("references", f"{len(told)} references are not sound: {some(told)}.")
    else:
        yield well("references", "Every reference between tables leads to a row of the same organization.")


def append_only() -> Iterator[Finding]:
    """The triggers are there, they work, and the one door is shut and cannot be left open."""
    missing = missing_triggers()
    if missing:
        yield fail(
            "append-only",
            f"Triggers are missing: {some(missing)}. `prepare` puts them back; find out who took them.",
        )
    soft = [model._meta.db_table for model in APPEND_ONLY if not missing and _can_be_changed(model)]
    if soft:
        yield fail("append-only", f"Rows can be changed in {some(soft)}.")
    if ErasureDoor.objects.exists():
        yield fail("append-only", "The door for erasures stands open. That should not be possible.")
    if not _refuses_an_open_door():
        yield fail("append-only", "The database would keep a door for erasures that stands open.")
    elif not (missing or soft):
        yield well(
            "append-only",
            f"The database refuses changes in all {len(APPEND_ONLY)} ledgers, and the door is shut.",
        )


def _can_be_changed(model: type[models.Model]) -> bool:
    """Tries to delete one row, and takes it back whatever comes of it. An empty table tells nothing."""
    row = model._default_manager.values_list("pk", flat=True).first()
    if row is None:
        return False
    try:
        with transaction.atomic():
            table, key = map(connection.ops.quote_name, (model._meta.db_table, model._meta.pk.column))
            prepared = model._meta.pk.get_db_prep_value(row, connection)
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table} WHERE {key} = %s", [prepared])  # noqa: S608
            raise _TakeBack
    except DatabaseError:
        return False
    except _TakeBack:
        return True


class _TakeBack(Exception):
    pass


def _refuses_an_open_door() -> bool:
    try:
        with transaction.atomic():
            ErasureDoor.objects.create(reason="a trial of the door")
            connection.check_constraints()
            raise _TakeBack
    except IntegrityError:
        return True
    except _TakeBack:
        return False


def records() -> Iterator[Finding]:
    """Whether the standings that are kept are what the decisions say."""
    count, wrong = 0, []
    for record in Record.objects.order_by("pk").iterator():
        count += 1
        wrong += [f"record {each.record_id}" for each in differences_of(record)]
    if wrong:
        yield fail(
            "standings",
            f"{len(wrong)} differ from their decisions ({some(wrong)}). `rebuild_records` mends them.",
        )
    else:
        yield well("standings", f"The standings of {count} records are what their decisions say.")
