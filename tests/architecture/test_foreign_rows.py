"""A row that points into another organisation is refused by the database itself, for every key there is."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.architecture.rows import plain_row, saved_row
from tests.architecture.test_tenancy import Relation, tenant_relations
from throughline.schools.models import Membership, Organisation, RoleHolding
from throughline.testing import make_member, make_school


class Undo(Exception):
    """Ends a transaction without keeping it."""


@pytest.mark.django_db
@pytest.mark.parametrize("each", tenant_relations(), ids=str)
def test_a_raw_insert_pointing_into_another_organisation_is_refused(each: Relation) -> None:
    here, elsewhere = make_school("Harbour Bridge"), make_school("Stonefield")

    def insert_pointing_into(school: Organisation) -> None:
        with transaction.atomic():
            target = saved_row(each.target, school)
            row = plain_row(each.model, here, **{each.field.name: target})
            type(row)._base_manager.bulk_create([row])
            check_keys_now(each.model._meta.db_table)
            raise Undo

    with pytest.raises(Undo):
        insert_pointing_into(here)
    with pytest.raises(IntegrityError):
        insert_pointing_into(elsewhere)


def check_keys_now(table: str) -> None:
    """Ask the database for what it would say at commit."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            return
        cursor.execute(f"PRAGMA foreign_key_check({connection.ops.quote_name(table)})")
        broken = cursor.fetchall()
    if broken:
        raise IntegrityError(f"{len(broken)} broken keys")


@pytest.mark.django_db(transaction=True)
def test_a_real_commit_refuses_a_role_for_a_member_of_another_school(
    school: Organisation, lead: Membership, outsider: Membership
) -> None:
    for member, refused in ((make_member(school, "Ravi Nair"), False), (outsider, True)):
        holding = RoleHolding(organisation=school, membership=member, role="lead")
        if refused:
            with pytest.raises(IntegrityError):
                RoleHolding.objects.bulk_create([holding])
        else:
            RoleHolding.objects.bulk_create([holding])
    assert RoleHolding.objects.filter(organisation=school).count() == 2
