"""How actions are held while they are changed, and what is kept beside them."""

from typing import Any

from django.db.models import Max

from throughline.plans.changing import held_as_seen
from throughline.plans.models import Action, Goal, Helper, Waits
from throughline.plans.serving import serve
from throughline.schools.models import Membership


def held_action(action: Action, by: Membership, seen_version: int | None = None) -> Action:
    """The action as it stands now, kept from others until the end of the transaction."""
    return held_as_seen(action, by, seen_version, "owner")


def moved_to(action: Action, goal: Goal | None) -> int:
    """The last place among the actions of a goal."""
    there = Action.objects.filter(organisation=action.organisation_id, goal=goal)
    last: int | None = there.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def write_beside(action: Action, told: dict[str, Any], by: Membership) -> bool:
    """Keep helpers, what it waits for and what it serves, where they are told; whether anything changed."""
    changed = False
    if "helpers" in told or "owner" in told:
        wanted = (
            {each.pk for each in told["helpers"]}
            if "helpers" in told
            else set(action.helpers.values_list("membership", flat=True))
        )
        changed |= _agree(Helper, action, "membership", wanted - {action.owner_id})
    if "waits_for" in told:
        changed |= _agree(Waits, action, "on", {each.pk for each in told["waits_for"]})
    if "competencies" in told:
        changed |= serve(action, told["competencies"], by, action.goal)
    return changed


def _agree(table: Any, action: Action, name: str, wanted: set[Any]) -> bool:
    """Make the rows beside an action those that are wanted."""
    rows = table._default_manager.filter(organisation=action.organisation_id, action=action)
    stands = set(rows.values_list(name, flat=True))
    if gone := stands - wanted:
        rows.filter(**{f"{name}__in": gone}).delete()
    table._default_manager.bulk_create(
        table(organisation_id=action.organisation_id, action=action, **{f"{name}_id": each})
        for each in sorted(wanted - stands)
    )
    return stands != wanted
