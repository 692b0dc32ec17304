"""A day in the plan that is nobody's action. Plain values."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

DONE, DROPPED = "done", "dropped"


class What(StrEnum):
    """What comes on that day."""

    POLICY = "policy"
    TEST = "test"
    EVIDENCE = "evidence"
    TRAIT = "trait"


@dataclass(frozen=True, slots=True)
class Coming:
    """One of these. `page` is the id in the address of its page; `over` says whether it is done or was dropped."""

    what: What
    id: UUID
    page: UUID
    title: str
    day: date
    version: int
    at: datetime | None
    over: str


# So long after its day an educator competency is still mentioned: nobody has to say that they looked, and nobody sees who did.
MENTIONED_FOR = timedelta(days=7)


def is_mentioned(each: Coming, today: date) -> bool:
    """Whether a letter still tells of it. What somebody has to do stays until it is done."""
    return each.what != What.TRAIT or each.day >= today - MENTIONED_FOR
