"""Wiping on PostgreSQL: a write that goes on elsewhere on the server keeps deleted rows, so it is waited for."""

from contextlib import closing
from typing import Any

import pytest
from django.db import connection

from throughline.kit import scrubbing
from throughline.people.models import Person
from throughline.testing import make_member, make_school

TABLES = (Person._meta.db_table,)


def _elsewhere() -> "closing[Any]":
    """A connection to another database of the same server, with a write that has not ended."""
    other = connection.copy()
    other.settings_dict = {**other.settings_dict, "NAME": "postgres"}
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
    return closing(other)


@pytest.mark.django_db(transaction=True)
def test_a_write_that_goes_on_in_another_database_delays_wiping(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite another database is another file")
    make_member(make_school(), "Amara Okafor")
    with _elsewhere():
        Person.objects.update(name="Somebody else")
        with monkeypatch.context() as patch:
            patch.setattr(scrubbing, "PATIENCE", 0)
            assert scrubbing.scrub(TABLES) is False
    assert scrubbing.scrub(TABLES) is True
