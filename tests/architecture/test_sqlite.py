"""R2: what is acknowledged is on the disk. On SQLite each connection says so, whichever thread opens it."""

import threading

import pytest
from django.conf import settings
from django.db import connection

FULL = 2


def pragmas() -> dict[str, object]:
    """What this thread's connection is really set to."""
    names = ("synchronous", "foreign_keys", "journal_mode", "recursive_triggers", "secure_delete")
    found = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"PRAGMA {name}")
            found[name] = cursor.fetchone()[0]
    return found


@pytest.mark.django_db
def test_every_connection_syncs_each_commit_and_checks_keys() -> None:
    if connection.vendor != "sqlite":
        assert "synchronous_commit" not in str(settings.DATABASES["default"].get("OPTIONS", {}))
        return
    found = [pragmas()]

    def look() -> None:
        try:
            found.append(pragmas())
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wanted = {
        "synchronous": FULL,
        "foreign_keys": 1,
        "journal_mode": "wal",
        "recursive_triggers": 1,
        "secure_delete": 1,
    }
    assert found == [wanted] * 4


def test_a_transaction_takes_the_write_lock_at_once_and_a_page_view_takes_none() -> None:
    database = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert not database.get("ATOMIC_REQUESTS", False)
