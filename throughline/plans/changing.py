"""What verbs share that change a part of the plan: held as it was seen, changed where something else is told."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from throughline.plans.models import Action, Goal, Measure, Risk
from throughline.plans.serving import serve
from throughline.schools.models import Membership
from throughline.ui.asseen import said_meanwhile

Held = TypeVar("Held", Goal, Action, Measure, Risk)


def held_as_seen(part: Held, by: Membership, seen_version: int | None, *beside: str) -> Held:
    """The part as it stands now with what stands `beside` it, kept from others until the end of the transaction.

    Raises `ValidationError` where it was changed since `seen_version`.
    """
    rows = type(part)._default_manager.select_for_update(of=("self",)).select_related(*beside)
    held = rows.get(pk=part.pk, organisation=by.organisation_id)
    if seen_version not in (None, held.version):
        raise ValidationError(said_meanwhile())
    return held


def change_part(held: Measure | Risk, told: Mapping[str, Any], fields: Iterable[str], by: Membership) -> bool:
    """Change the fields that are told to be another, and what it serves; whether anything changed."""
    new = {name: told[name] for name in fields if name in told and told[name] != getattr(held, name)}
    for name, value in new.items():
        setattr(held, name, value)
    tied = "competencies" in told and serve(held, told["competencies"], by, held.goal)
    if new or tied:
        held.version += 1
        held.save()
    return bool(new or tied)


def set_state(held: Measure | Risk, **values: Any) -> None:
    """Say how it stands now."""
    for name, value in values.items():
        setattr(held, name, value)
    held.version += 1
    held.save(update_fields=[*values, "version"])
