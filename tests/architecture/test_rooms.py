"""One way up the stairs, also where import checks cannot see: foreign keys written as strings."""

from django.db import models

from tests.architecture.tree import PACKAGE, our_models, room_of, rooms_from_top


def test_the_contract_names_every_room() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/apps.py")}
    assert rooms == set(rooms_from_top())


def test_a_table_points_into_its_own_room_or_one_below() -> None:
    height = {room: -place for place, room in enumerate(rooms_from_top())}
    upward, pointing = [], 0
    for model in our_models():
        for field in model._meta.get_fields():
            if not (isinstance(field, models.Field) and field.is_relation and field.related_model):
                continue
            target = field.related_model
            assert not isinstance(target, str), f"{model._meta.label}.{field.name} points nowhere"
            if not target.__module__.startswith("throughline."):
                continue
            pointing += 1
            if height[room_of(target)] > height[room_of(model)]:
                upward.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert upward == []
    assert pointing > 10
