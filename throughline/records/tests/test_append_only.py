"""Decisions and citations cannot be changed or removed: the database itself refuses."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from throughline.frameworks.tree import Tree
from throughline.records.actions import Cite, decide
from throughline.records.models import Citation, Decision, Evidence, Record
from throughline.schools.models import Membership

TABLES = {Decision: ("reason", "another"), Citation: ("indicator_id", None)}


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def saved(row: Model) -> None:
    name, value = TABLES[type(row)]  # type: ignore[index]
    setattr(row, name, value)
    row.save()


WAYS: dict[str, Callable[[Model], object]] = {
    "save": saved,
    "delete": lambda row: row.delete(),
    "update": lambda row: type(row)._default_manager.update(**dict([TABLES[type(row)]])),  # type: ignore[index]
    "raw update": lambda row: raw(f"UPDATE {row._meta.db_table} SET organisation_id = organisation_id"),
    "raw delete": lambda row: raw(f"DELETE FROM {row._meta.db_table}"),
}


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
@pytest.mark.parametrize("way", WAYS)
def test_it_cannot_be_changed(
    way: str,
    model: type[Model],
    record: Record,
    grown: Tree,
    lead: Membership,
    bring: Callable[..., Evidence],
) -> None:
    competency = grown.competencies[0]
    decide(
        record=record,
        competency_id=competency.id,
        after="in-progress",
        reason="Because",
        by=lead,
        cites=[Cite(bring().id, competency.indicators[0].id)],
    )
    row = model._default_manager.get()
    before = model._default_manager.values().get()
    with pytest.raises(DatabaseError, match=r"append-only|protected|referenced"), transaction.atomic():
        WAYS[way](row)
    assert model._default_manager.values().get() == before
