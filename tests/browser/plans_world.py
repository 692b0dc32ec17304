"""What the plan brings into the browser world: ids for its addresses."""

from typing import Any

from throughline.plans import models as parts
from throughline.schools.models import Organisation


def _ids(rows: Any) -> list[str]:
    return [str(each.pk) for each in rows]


def plan_of(school: Organisation) -> dict[str, list[str]]:
    """A goal and an action or two."""
    here = {"organisation": school}
    return {
        "goal_id": _ids(parts.Goal.objects.filter(**here).order_by("position")[:1]),
        "action_id": _ids(parts.Action.objects.filter(**here).order_by("made_at")[:2]),
    }
