"""Writing into the plan's log: what happened and what was learned. Verbs call it inside their transaction."""

from datetime import date
from typing import Any

from throughline.kit import clock
from throughline.plans.models import LogEntry
from throughline.schools.models import Membership


def tell(
    *,
    by: Membership,
    kind: str,
    text: str = "",
    on: date | None = None,
    data: dict[str, Any] | None = None,
    **about: Any,
) -> LogEntry:
    """Add a line; `about` names the part of the plan it is about (`action=…`, `goal=…`)."""
    return LogEntry.objects.create(
        organisation_id=by.organisation_id,
        kind=kind,
        on=on or clock.today(),
        text=text,
        data=data or {},
        by=by,
        **about,
    )
