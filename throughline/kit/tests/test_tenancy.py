"""The composite key can be added to and taken from a table on both engines, and survives a remake of the table."""

from uuid import uuid4

import pytest
from django.db import connection

from tests.architecture.keys import ForeignKeyFound, foreign_keys_of
from throughline.kit.tenancy import TenantForeignKeyConstraint
from throughline.schools.models import Membership, RoleHolding

TABLE = RoleHolding._meta.db_table
KEY = ForeignKeyFound(("organisation_id", "membership_id"), "schools_membership", ("organisation_id", "id"))


def constraint() -> TenantForeignKeyConstraint:
    return next(c for c in RoleHolding._meta.constraints if isinstance(c, TenantForeignKeyConstraint))


@pytest.mark.django_db(transaction=True)
def test_the_key_can_be_taken_away_and_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    key, all_of_them = constraint(), list(RoleHolding._meta.constraints)
    monkeypatch.setattr(RoleHolding._meta, "constraints", [c for c in all_of_them if c is not key])
    with connection.schema_editor() as editor:
        editor.remove_constraint(RoleHolding, key)
    assert KEY not in foreign_keys_of(connection, TABLE)
    monkeypatch.setattr(RoleHolding._meta, "constraints", all_of_them)
    with connection.schema_editor() as editor:
        editor.add_constraint(RoleHolding, key)
    assert KEY in foreign_keys_of(connection, TABLE)


def test_equal_keys_are_equal_so_that_no_migration_is_made_for_nothing() -> None:
    key = constraint()
    _path, args, kwargs = key.deconstruct()
    assert TenantForeignKeyConstraint(*args, **kwargs) == key
    assert TenantForeignKeyConstraint(name=key.name, field="other", to=key.to) != key


def test_a_join_and_what_is_prefetched_ask_for_the_organisation_too() -> None:
    members = Membership.objects.filter(holdings__role="lead")
    joined = str(members.query)
    assert '"schools_membership"."organisation_id" = ("schools_roleholding"."organisation_id")' in joined
    one = Membership(id=uuid4(), organisation_id=uuid4())
    among = str(RoleHolding.objects.filter(membership__in=[one]).query)
    assert one.id.hex in among.replace("-", "") and one.organisation_id.hex in among.replace("-", "")
