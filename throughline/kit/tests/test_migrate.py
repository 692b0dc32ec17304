"""Migrating makes fewer models anew than Django would, and the same ones come out of it."""

from contextlib import nullcontext
from typing import Any

from django.core.management import get_commands
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState

from throughline.kit.management.commands.migrate import leaving_what_is_around

KEY: Any = ("id", models.AutoField(primary_key=True))
OPERATIONS = [
    migrations.CreateModel("Garden", [KEY, ("name", models.CharField(max_length=20))]),
    migrations.CreateModel(
        "Bed",
        [
            KEY,
            ("garden", models.ForeignKey("kit.garden", models.CASCADE, related_name="beds")),
            ("beside", models.ForeignKey("self", models.CASCADE, null=True)),
        ],
    ),
    migrations.AddConstraint("bed", models.UniqueConstraint(fields=["garden", "beside"], name="bed_once")),
    migrations.AddIndex("bed", models.Index(fields=["beside"], name="bed_beside")),
    migrations.AddField("garden", "best", models.ForeignKey("kit.bed", models.SET_NULL, null=True)),
    migrations.AddConstraint("garden", models.CheckConstraint(condition=~models.Q(name=""), name="garden_named")),
    migrations.CreateModel("Kitchen", [("garden_ptr", models.OneToOneField("kit.garden", models.CASCADE,
                           parent_link=True, primary_key=True))], bases=("kit.garden",)),
    migrations.AddField("bed", "kitchens", models.ManyToManyField("kit.kitchen")),
]  # fmt: skip


def models_after(way: Any) -> list[Any]:
    """Every model at the end, as Django sees it, and what points at it; the models are made from the first step on."""
    state = ProjectState()
    assert state.apps.ready
    with way:
        for operation in OPERATIONS:
            operation.state_forwards("kit", state)
    found: list[Any] = list(state.apps.get_models(include_auto_created=True))
    return [
        (
            ModelState.from_model(each).name,
            [(name, field.deconstruct()) for name, field in ModelState.from_model(each).fields.items()],
            [entry.deconstruct() for entry in (*each._meta.constraints, *each._meta.indexes)],
            sorted((far.name, far.related_model in found) for far in each._meta.related_objects),
            all(field.related_model in found for field in each._meta.fields if field.related_model),
        )
        for each in sorted(found, key=lambda model: str(model._meta.label))
    ]


def test_the_same_models_come_out() -> None:
    plain, ours = models_after(nullcontext()), models_after(leaving_what_is_around())
    assert [each[0] for each in plain] == ["Bed", "Bed_kitchens", "Garden", "Kitchen"]
    assert ours == plain


def test_every_way_to_migrate_takes_ours() -> None:
    assert get_commands()["migrate"] == "throughline.kit"
