"""Append-only tables: the database itself refuses every change, and there is one door that cannot be left open."""

import uuid
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from throughline.activity import ledger
from throughline.activity.actions import erasing, record
from throughline.activity.models import ErasureDoor, Event

TABLE = Event._meta.db_table


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def line() -> Event:
    return record("test.happened", organisation_id=uuid.uuid4(), actor_id=None, actor_name="Amara Okafor")


def standing_triggers() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'")
        return {name for (name,) in cursor.fetchall()}


def _replace(event: Event) -> None:
    columns = [field.column for field in Event._meta.concrete_fields]
    listed = ", ".join(f"'changed' AS {c}" if c == "verb" else c for c in columns)
    if connection.vendor == "sqlite":
        run(f"INSERT OR REPLACE INTO {TABLE} SELECT {listed} FROM {TABLE}")
    else:
        run(f"INSERT INTO {TABLE} SELECT * FROM {TABLE} ON CONFLICT (id) DO UPDATE SET verb = 'changed'")


def _save(event: Event) -> None:
    event.verb = "changed"
    event.save()


def _empty(event: Event) -> None:
    run(f"TRUNCATE {TABLE}" if connection.vendor == "postgresql" else f"DELETE FROM {TABLE}")


WAYS: dict[str, Callable[[Event], object]] = {
    "save": _save,
    "delete": lambda event: event.delete(),
    "queryset update": lambda event: Event.objects.update(verb="changed"),
    "queryset delete": lambda event: Event.objects.all().delete(),
    "bulk update": lambda event: Event.objects.bulk_update([Event(id=event.id, verb="changed")], ["verb"]),
    "raw update": lambda event: run(f"UPDATE {TABLE} SET verb = 'changed'"),
    "raw delete": lambda event: run(f"DELETE FROM {TABLE}"),
    "replace or upsert": _replace,
    "empty the table": _empty,
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_no_way_changes_the_log(way: str) -> None:
    event = line()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        WAYS[way](event)
    kept = Event.objects.get()
    assert (kept.id, kept.verb) == (event.id, "test.happened")


@pytest.mark.django_db
def test_every_append_only_table_has_all_its_triggers() -> None:
    wanted = {
        name
        for model in ledger.APPEND_ONLY
        for name in ledger.trigger_names(model._meta.db_table, connection.vendor)
    }
    assert len(wanted) >= 2
    assert wanted <= standing_triggers()


@pytest.mark.django_db
def test_the_door_lets_erasure_through_and_leaves_an_event() -> None:
    event = line()
    with erasing(reason="the person asked", organisation_id=event.organisation_id):
        Event.objects.filter(pk=event.pk).update(actor_name="")
        Event.objects.filter(pk=event.pk).delete()
    left = Event.objects.get()
    assert (left.verb, left.detail) == ("ledger.erased", {"reason": "the person asked"})
    assert not ErasureDoor.objects.exists()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        left.delete()


@pytest.mark.django_db
def test_an_error_behind_the_door_shuts_it_and_undoes_everything() -> None:
    event = line()
    with pytest.raises(ZeroDivisionError), erasing(reason="half way"):
        Event.objects.filter(pk=event.pk).delete()
        raise ZeroDivisionError
    assert Event.objects.get() == event
    assert not ErasureDoor.objects.exists()


@pytest.mark.django_db
def test_one_door_inside_another_does_not_shut_the_outer_one() -> None:
    event = line()
    with erasing(reason="outer"):
        with erasing(reason="inner"):
            pass
        Event.objects.filter(pk=event.pk).delete()
    assert not Event.objects.filter(pk=event.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_commit_a_door_left_open() -> None:
    with pytest.raises(IntegrityError):  # noqa: SIM117  (the commit is what fails)
        with transaction.atomic():
            ErasureDoor.objects.create(reason="forgotten")
    assert not ErasureDoor.objects.exists()
    same = uuid.uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        ErasureDoor.objects.create(id=same, shut_id=same, reason="its own lock")


@pytest.mark.django_db(transaction=True)
def test_triggers_come_back_after_a_table_was_remade() -> None:
    if connection.vendor == "postgresql":
        run(f'DROP TRIGGER "{TABLE}_no_update" ON "{TABLE}"')
    else:
        with connection.schema_editor() as editor:
            editor._remake_table(Event)  # type: ignore[attr-defined]
    assert f"{TABLE}_no_update" not in standing_triggers()
    call_command("migrate", verbosity=0)
    assert f"{TABLE}_no_update" in standing_triggers()
    line()
    with pytest.raises(DatabaseError, match="append-only"):
        run(f"UPDATE {TABLE} SET verb = 'changed'")
