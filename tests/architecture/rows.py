"""Makes a plain row of any model in any organisation, so that fences can be tried on every table there is."""

import uuid
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.apps import apps
from django.db import models

from throughline.elements.models.packed import PackedField
from throughline.kit import clock
from throughline.people.models import Person
from throughline.plans.models import CITABLE, PARTS
from throughline.schools.models import Organisation

_number = count(1)

# What a table's own rules want beyond its column types: a value, or how it is made.
SHAPES: dict[str, dict[str, Any]] = {
    "journeys.Rater": {"on_paper": True, "sheet_in": True},
    "elements.Element": {"kind": lambda _organisation: f"kind-{next(_number)}"},
    "plans.Serves": {"goal": lambda organisation: _row_of("plans.Goal", organisation)},
    "plans.Cited": {"action": lambda organisation: _row_of("plans.Action", organisation)},
    "plans.AnswersHeard": {"action": lambda organisation: _row_of("plans.Action", organisation)},
    "voices.Cited": {"listening": lambda organisation: _row_of("voices.Listening", organisation)},
    "voices.Listening": {"threshold": 10},
    "elements.Tie": {"to": lambda organisation: _row_of("elements.Item", organisation)},
}
# Keys of which a row has one: where another is given, a shape above is not wanted.
EITHER: dict[str, set[str]] = {
    "plans.Serves": set(PARTS),
    "plans.Cited": set(CITABLE),
    "plans.AnswersHeard": {"action", "goal"},
    "voices.Cited": {"listening", "conversation"},
}


def plain_row(model: type[models.Model], organisation: Organisation, **given: Any) -> models.Model:
    """An unsaved row; the rows that it needs are made in the same organisation."""
    wanted: dict[str, Any] = {}
    shapes = SHAPES.get(model._meta.label, {})
    if EITHER.get(model._meta.label, set()) & given.keys():
        shapes = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name in given:
            continue
        if field.name == "organisation":
            wanted["organisation"] = organisation
        elif field.name in shapes:
            shape = shapes[field.name]
            wanted[field.name] = shape(organisation) if callable(shape) else shape
        elif not field.null and not field.has_default():
            wanted[field.name] = _value(field, organisation)
    return model(**wanted, **given)


def saved_row(model: type[models.Model], organisation: Organisation, **given: Any) -> models.Model:
    """A row that stands in the database, written past every verb."""
    row = plain_row(model, organisation, **given)
    model._base_manager.bulk_create([row])
    return row


def _row_of(label: str, organisation: Organisation) -> models.Model:
    return saved_row(apps.get_model(label), organisation)


def _value(field: "models.Field[Any, Any]", organisation: Organisation) -> Any:
    number = next(_number)
    if isinstance(field, models.ForeignKey):
        target = field.related_model
        if target is Person:
            return Person.objects.create_user(f"person{number}@example.org", name=f"Person {number}")
        if target is Organisation:
            return Organisation.objects.create(
                name=f"Other {number}", slug=f"other-{number}", kind="district"
            )
        assert isinstance(target, type)
        return saved_row(target, organisation)
    if field.choices:
        return field.flatchoices[0][0]
    plain: list[tuple[type[models.Field[Any, Any]], Any]] = [
        (models.UUIDField, uuid.uuid4()),
        (models.BooleanField, False),
        (models.DateTimeField, clock.now()),
        (models.DateField, date(2026, 3, 2)),
        (models.IntegerField, number),
        (models.DecimalField, Decimal(number)),
        (models.JSONField, {}),
        (models.CharField, f"row-{number}"[: field.max_length]),
        (models.TextField, f"row-{number}"),
        (PackedField, {}),
        (models.BinaryField, b""),
    ]
    return next(value for kind, value in plain if isinstance(field, kind))
