"""Foreign keys that carry the organisation, so that the database refuses a row pointing into another one.

Both engines check `FOREIGN KEY (organisation_id, x_id) REFERENCES x (organisation_id, id)`. Django's own
single-column constraint and index are left out: the composite constraint does the first job, an index that
starts with the organisation the second.
"""

from typing import Any, TypeVar, cast

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.constraints import BaseConstraint
from django.db.models.fields.related_descriptors import ReverseManyToOneDescriptor
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import Exact, In
from django.utils.functional import cached_property


class TenantForeignKeyConstraint(BaseConstraint):
    """`(organisation_id, <field>_id)` must be `(organisation_id, id)` of a row in table `to`."""

    def __init__(self, *, name: str, field: str, to: str) -> None:
        super().__init__(name=name)
        self.field = field
        self.to = to

    def _clause(self, schema_editor: BaseDatabaseSchemaEditor) -> str:
        quote = schema_editor.quote_name
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({quote('organisation_id')}, {quote(self.field + '_id')}) "
            f"REFERENCES {quote(self.to)} ({quote('organisation_id')}, {quote('id')}) DEFERRABLE INITIALLY DEFERRED"
        )

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Inside CREATE TABLE on SQLite, which knows no other place; at the end of the migration elsewhere."""
        assert schema_editor is not None
        if schema_editor.connection.vendor == "sqlite":
            return self._clause(schema_editor)
        return self.create_sql(model, schema_editor)

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """PostgreSQL wants the target's unique key to stand first, so the key is made when the migration ends."""
        assert model is not None and schema_editor is not None
        table = schema_editor.quote_name(model._meta.db_table)
        if schema_editor.connection.vendor == "sqlite":
            schema_editor._remake_table(model)  # type: ignore[attr-defined]
        else:
            schema_editor.deferred_sql.append(f"ALTER TABLE {table} ADD {self._clause(schema_editor)}")
        return ""

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        assert model is not None and schema_editor is not None
        table = schema_editor.quote_name(model._meta.db_table)
        if schema_editor.connection.vendor == "sqlite":
            schema_editor._remake_table(model)  # type: ignore[attr-defined]
            return ""
        return f"ALTER TABLE {table} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """The database checks it; there is nothing a form could do better."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TenantForeignKeyConstraint):
            return NotImplemented
        return (self.name, self.field, self.to) == (other.name, other.field, other.to)

    __hash__ = BaseConstraint.__hash__

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, tuple(args), {**kwargs, "field": self.field, "to": self.to}


SetType = TypeVar("SetType")
GetType = TypeVar("GetType")


class _Within(ReverseManyToOneDescriptor):  # type: ignore[type-arg]
    """`row.pointing_at_it` asks for the row's organisation too."""

    @cached_property
    def related_manager_cls(self) -> type[Any]:
        plain: type[Any] = super().related_manager_cls

        class Within(plain):  # type: ignore[misc]
            def __init__(self, instance: Any) -> None:
                super().__init__(instance)
                self.core_filters["organisation"] = instance.organisation_id

        return Within


class TenantForeignKey(models.ForeignKey[SetType, GetType]):
    """A foreign key inside one organisation. Its model must list `tenant_keys(...)` among its constraints.

    A join along it compares the organisations too: it then finds the indexes, all of which start with them, and can
    never put rows of two organisations side by side.
    """

    related_accessor_class = _Within

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        kwargs["db_index"] = False
        super().__init__(to, on_delete, **kwargs)

    def get_extra_restriction(self, alias: str | None, related_alias: str | None) -> "Exact[Any] | None":
        """What a join asks for besides the key: `alias` is the table pointed at, `related_alias` the one that points."""
        if alias is None or related_alias is None:
            return None
        return Exact(_organisation(self.related_model, alias), _organisation(self.model, related_alias))


def _organisation(model: Any, alias: str) -> Any:
    return model._meta.get_field("organisation").get_col(alias)


@TenantForeignKey.register_lookup
class _Among(RelatedIn):
    """`key IN rows` asks for the organisations of these rows too, so that what is prefetched is found by an index."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        rows = [row for row in rhs if isinstance(row, models.Model)] if isinstance(rhs, list) else []
        self.organisations = {cast("Any", row).organisation_id for row in rows}
        super().__init__(lhs, rhs)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        sql, values = super().as_sql(compiler, connection)
        if not self.organisations:
            return sql, values
        column = _organisation(self.lhs.target.model, self.lhs.alias)
        more, more_values = compiler.compile(In(column, self.organisations))
        return f"({sql} AND {more})", [*values, *more_values]


def tenant_keys(table: str, **fields: str) -> list[BaseConstraint]:
    """Constraints of a tenant table: unique (organisation, id) first, then one composite key per `field="target_table"`."""
    unique = models.UniqueConstraint(fields=["organisation", "id"], name=f"{table}_tenant_id")
    keys = [
        TenantForeignKeyConstraint(name=f"{table}_{field}_same_org", field=field, to=target)
        for field, target in fields.items()
    ]
    return [unique, *keys]
