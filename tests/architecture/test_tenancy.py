"""The organisation's key everywhere: what models declare and what really stands in the database, on either engine."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, models

from tests.architecture.keys import ForeignKeyFound, foreign_keys_of
from tests.architecture.tree import our_models
from throughline.kit.tenancy import TenantForeignKey
from throughline.people.models import Person
from throughline.schools.models import Organisation, TenantModel

# Where a question does not start with an organisation, and why that is right.
STARTS_ELSEWHERE = {
    "schools.Membership.person": "signing in asks for all schools of a person",
    "schools.Affiliation.to": "a district asks who belongs to it",
    "schools.Invitation.token_hash": "a link names no organisation",
    "schools.Invitation.mail_hash": "a link names no organisation",
    "network.Share.token_hash": "a link names no organisation",
    "elements.Consultation.token_hash": "a link names no organisation",
    "voices.Asked.place": "an address on a poster names no organisation",
    "voices.Draft.token_hash": "a token names no organisation",
    "voices.Slip.code_hash": "a code names no organisation",
    "plans.CalendarFeed.token_hash": "a secret address names no organisation",
    "plans.PageForFamilies.token_hash": "a link names no organisation",
    "plans.DoneLink.token_hash": "a link names no organisation",
}


def tenant_models() -> list[type[TenantModel]]:
    return [model for model in our_models() if issubclass(model, TenantModel)]


def label(model: type[models.Model], field: str) -> str:
    return f"{model._meta.label}.{field}"


@dataclass(frozen=True)
class Relation:
    """A foreign key from one tenant table to another."""

    model: type[TenantModel]
    field: "models.ForeignKey[Any, Any]"
    target: type[TenantModel]

    def __str__(self) -> str:
        return label(self.model, self.field.name)


def tenant_relations() -> list[Relation]:
    """Every foreign key from one tenant table to another."""
    found = []
    for model in tenant_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey):
                target = field.related_model
                if isinstance(target, type) and issubclass(target, TenantModel):
                    found.append(Relation(model, field, target))
    return found


def test_every_table_that_names_an_organisation_is_a_tenant_table() -> None:
    assert len(tenant_models()) > 10
    strays = [
        model._meta.label
        for model in our_models()
        if not issubclass(model, TenantModel)
        and any(f.name == "organisation" for f in model._meta.get_fields())
    ]
    assert strays == []
    assert all(not model._meta.get_field("organisation").null for model in tenant_models())


def test_no_table_without_a_tenant_points_at_a_tenants_row() -> None:
    strays = [
        label(model, field.name)
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
        and field.is_relation
        and not issubclass(model, TenantModel)
        and isinstance(field.related_model, type)
        and issubclass(field.related_model, TenantModel)
    ]
    assert strays == []


def test_tenant_tables_name_people_by_membership_and_have_no_table_between_without_a_tenant() -> None:
    people = {
        label(model, field.name)
        for model in tenant_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Person
    }
    assert people == {"schools.Membership.person"}
    assert [model._meta.label for model in tenant_models() if model._meta.local_many_to_many] == []


def test_keys_between_tenant_tables_are_declared_as_tenant_keys() -> None:
    plain = [str(each) for each in tenant_relations() if not isinstance(each.field, TenantForeignKey)]
    assert plain == []


@pytest.mark.django_db
def test_the_database_holds_a_composite_key_for_every_relation_between_tenants() -> None:
    missing = []
    for each in tenant_relations():
        wanted = ForeignKeyFound(
            columns=("organisation_id", each.field.column),
            table=each.target._meta.db_table,
            targets=("organisation_id", "id"),
        )
        if wanted not in foreign_keys_of(connection, each.model._meta.db_table):
            missing.append(str(each))
    assert missing == []
    assert len(tenant_relations()) > 20


@pytest.mark.django_db
def test_the_database_holds_the_key_to_the_organisation_and_the_unique_pair() -> None:
    for model in tenant_models():
        table = model._meta.db_table
        to_organisation = ForeignKeyFound(("organisation_id",), Organisation._meta.db_table, ("id",))
        assert to_organisation in foreign_keys_of(connection, table), table
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, table).values()
        assert any(c["unique"] and c["columns"] == ["organisation_id", "id"] for c in found), table


def _first(constraint: models.UniqueConstraint | models.Index) -> str:
    if constraint.fields:
        return constraint.fields[0].lstrip("-")
    expression = constraint.expressions[0]
    return str(getattr(expression, "name", expression))


def test_every_index_and_unique_rule_starts_with_the_organisation() -> None:
    strays = set()
    for model in tenant_models():
        for constraint in [*model._meta.constraints, *model._meta.indexes]:
            if (
                isinstance(constraint, models.UniqueConstraint | models.Index)
                and _first(constraint) != "organisation"
            ):
                strays.add(label(model, _first(constraint)))
        for field in model._meta.concrete_fields:
            alone = getattr(field, "db_index", False) or (field.unique and not field.primary_key)
            if alone and field.name != "organisation":
                strays.add(label(model, field.name))
    assert strays - set(STARTS_ELSEWHERE) == set()
    assert set(STARTS_ELSEWHERE) - strays == set(), "these exceptions are no longer needed"
