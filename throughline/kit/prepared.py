"""Reads whose SQL is worked out once for a process, with slots for what differs from call to call.

Putting a queryset together and compiling it costs several times what the database takes to answer it, and every page
asks about ten. A read that stands on a page whatever the request may be prepared:

    @prepared
    def _team(organisation: UUID, journey: UUID) -> QuerySet[TeamMember]:
        return TeamMember.objects.filter(organisation=organisation, journey=journey)

`_team(…)` answers a list. Ids, moments, days, numbers and what is wrapped as `Text` among the arguments are slots, and
so are tuples of these; any other argument (a flag, a word of ours) chooses the shape, each of which is compiled once.
Whatever differs must be an argument: what a function took from elsewhere would be answered to everybody. So a statement
that holds an id or a moment that is no slot is refused, and in tests every prepared statement is compared with the one
that the ORM would send (`conftest.py`).
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import update_wrapper
from itertools import count
from operator import itemgetter
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet, Value, prefetch_related_objects
from django.db.models.expressions import Col
from django.db.models.fields.json import KeyTransform
from django.db.models.query import (  # type: ignore[attr-defined]
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.sql.compiler import SQLCompiler

P = ParamSpec("P")
R = TypeVar("R")
SHAPES = 64  # so many of one function are kept; our own words make a handful
_AN_ID_OR_A_MOMENT = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}|\d{4}-\d\d-\d\d.*")
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


class Text(str):
    """A word that may be any: a slot."""


# What stands in a slot while a shape is compiled: values that occur nowhere else.
_MARKS: dict[type, Callable[[int], Any]] = {
    UUID: lambda place: UUID(int=2**127 + place),
    datetime: lambda place: _LONG_AGO + timedelta(seconds=place),
    date: lambda place: (_LONG_AGO + timedelta(days=place)).date(),
    int: lambda place: 31_001 + place,  # fits the smallest column of numbers
    Text: lambda place: Text(f"text number {place}"),
}


def _as_param(value: Any, connection: BaseDatabaseWrapper) -> Any:
    """The value as the driver of this database is given it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, Text):
        return str(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _shape(given: Any) -> Any:
    """What chooses the statement: of a slot its kind, of several how many there are."""
    if isinstance(given, tuple):
        return tuple(map(_shape, given))
    return type(given) if type(given) in _MARKS else given


def _marked(given: Any, numbers: Iterator[int]) -> Any:
    """With marks in the place of slots."""
    if isinstance(given, tuple):
        return tuple(_marked(each, numbers) for each in given)
    place = next(numbers)
    return _MARKS[type(given)](place) if type(given) in _MARKS else given


def _flat(given: Iterable[Any]) -> Iterator[Any]:
    for each in given:
        if isinstance(each, tuple):
            yield from _flat(each)
        else:
            yield each


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where an argument goes: its place among them, those in tuples counted one by one."""

    argument: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A compiled read. `make` answers for the rows what was asked for; None where nothing can be found."""

    db: str
    make: Callable[[list[Any]], list[Any]] | None = None
    sql: str = ""
    params: tuple[Any, ...] = ()
    beside: tuple[Any, ...] = ()  # what is prefetched

    def filled(self, given: list[Any], connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """The statement with its slots filled."""
        values = [_as_param(each, connection) for each in _flat(given)]
        return self.sql, tuple(
            values[each.argument] if isinstance(each, _Slot) else each for each in self.params
        )


class Prepared(Generic[P, R]):
    """A function that answers a queryset, as a read that answers a list."""

    def __init__(self, ask: Callable[P, QuerySet[Any, R]]) -> None:
        self.ask = ask
        self._kept: OrderedDict[tuple[Any, ...], Statement] = OrderedDict()
        update_wrapper(self, ask)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[R]:
        """The rows. One query."""
        given = [*args, *kwargs.values()]
        statement = self.statement(given, args, kwargs)
        if statement.make is None:
            return []
        connection = connections[statement.db]
        with connection.cursor() as cursor:
            cursor.execute(*statement.filled(given, connection))
            found = statement.make(cursor.fetchall())
        if statement.beside:
            prefetch_related_objects(found, *statement.beside)
        return found

    def statement(self, given: list[Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Statement:
        """What these arguments ask, compiled the first time that their shape occurs."""
        shape = (tuple(kwargs), *map(_shape, given))
        kept = self._kept.get(shape)
        if kept is None:
            kept = self._kept[shape] = self._compiled(given, args, kwargs)
            while len(self._kept) > SHAPES:
                self._kept.popitem(last=False)
        return kept

    def _compiled(self, given: list[Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Statement:
        numbers = count()
        marks = [_marked(each, numbers) for each in given]
        named = dict(zip(kwargs, marks[len(args) :], strict=True))
        rows: QuerySet[Any, R] = self.ask(*marks[: len(args)], **named)
        connection = connections[rows.db]
        compiler = rows.query.get_compiler(rows.db)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return Statement(rows.db)
        slots = {
            _as_param(mark, connection): _Slot(place)
            for place, mark in enumerate(_flat(marks))
            if type(mark) in _MARKS
        }
        found = tuple(slots.get(each, each) for each in params)
        for each in found:
            if _AN_ID_OR_A_MOMENT.fullmatch(str(each)):
                raise TypeError(f"{self.ask.__qualname__} takes {each!r} from elsewhere than its arguments.")
        if unused := set(slots.values()).difference(each for each in found if isinstance(each, _Slot)):
            raise TypeError(f"{self.ask.__qualname__} asks nothing about {unused}.")
        asked: Any = rows
        return Statement(rows.db, _maker(asked, compiler), sql, found, asked._prefetch_related_lookups)


def _maker(asked: Any, compiler: SQLCompiler) -> Callable[[list[Any]], list[Any]]:
    """What Django's iterables do with the rows of an answer, having worked out once what does not change."""
    if asked._iterable_class is ModelIterable:
        make_one = _model_maker(compiler, asked.db)
    elif asked._iterable_class is ValuesListIterable:
        make_one = tuple
    elif asked._iterable_class is FlatValuesListIterable:
        make_one = itemgetter(0)
    else:
        raise TypeError(f"{asked._iterable_class.__name__} is not prepared: ask for models or values_list().")
    columns = [each for each, *_more in compiler.select[: compiler.col_count]]
    converters = [
        (place, (convert, _without_query(expression)))
        for place, (convert, expression) in compiler.get_converters(columns).items()
    ]
    width = len(columns) if compiler.has_extra_select else None
    db = asked.db

    def make(rows: list[Any]) -> list[Any]:
        return [make_one(row) for row in _converted(rows, width, converters, connections[db])]

    return make  # which keeps neither compiler nor queryset: together they held 2 MB


def _without_query(expression: Any) -> Any:
    """What a converter is told of a column, alone: with it would stay the whole query and what that was made of."""
    if isinstance(expression, Col):
        return expression.target.cached_col
    return expression if isinstance(expression, KeyTransform) else Value(None, expression.output_field)


def _converted(
    rows: list[Any], width: int | None, converters: list[Any], connection: BaseDatabaseWrapper
) -> Iterator[list[Any]]:
    """What `SQLCompiler.apply_converters` does."""
    for row in rows:
        values = list(row[:width])
        for place, (each, expression) in converters:
            for convert in each:
                values[place] = convert(values[place], expression, connection)
        yield values


def _model_maker(compiler: SQLCompiler, db: str) -> Callable[[Any], Any]:
    known: Any = compiler.klass_info
    model, fields = known["model"], known["select_fields"]
    own = slice(fields[0], fields[-1] + 1)
    names = [column.target.attname for column, *_more in compiler.select[own]]
    beside = get_related_populators(known, compiler.select, db)
    annotated = list((compiler.annotation_col_map or {}).items())

    def make_one(row: Any) -> Any:
        made = model.from_db(db, names, row[own])
        for each in beside:
            each.populate(row, made)
        for name, place in annotated:
            setattr(made, name, row[place])
        return made

    return make_one


def prepared(ask: Callable[P, QuerySet[Any, R]]) -> Prepared[P, R]:
    """Make a function that answers a queryset a read whose SQL is worked out once."""
    return Prepared(ask)
