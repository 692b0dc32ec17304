"""What comes of writing an answer and of handing it in."""

from enum import StrEnum


class Outcome(StrEnum):
    """`ok`: it is here. `already`: it was here before, or nothing is written in a draft that was handed in.

    `gone`: no draft of this token (withdrawn, or a day has passed). `empty`: nothing was answered; no code is spent.
    """

    OK = "ok"
    ALREADY = "already"
    UNKNOWN_CODE = "unknown-code"
    SPENT_CODE = "spent-code"
    CLOSED = "closed"
    GONE = "gone"
    EMPTY = "empty"


class Unsaved(Exception):
    """Nothing was written down; `outcome` says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome
