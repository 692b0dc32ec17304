"""Which standing fits which step. A pure rule, in one place.

They answer two questions. The *step* says how deep the practice goes, as people see it. The *standing* says whether the
school counts the competency as earned, which takes evidence. They move apart for good reasons (a usual practice that
nobody has shown yet is in progress), but not every pair says something:

- *not started* belongs to the lowest step only: from the second on the practice has begun;
- *in progress* fits every step: work may begin before any of it shows, and go on until it is shown;
- *earned* belongs to the upper two steps: below them the practice still needs a push.

A pair that does not fit is asked about once and never forbidden; a step never sets a standing by itself.
"""

NOT_STARTED, IN_PROGRESS, EARNED = "not-started", "in-progress", "earned"
LOWEST, HIGHEST, EARNED_FROM = 1, 4, 3


def fits(step: int, standing: str) -> bool:
    """Whether the two say something together."""
    if not LOWEST <= step <= HIGHEST:
        raise ValueError("a step from 1 to 4")
    if standing == NOT_STARTED:
        return step == LOWEST
    if standing == EARNED:
        return step >= EARNED_FROM
    return standing == IN_PROGRESS


def proposed(step: int, now: str | None = None) -> str:
    """The standing to propose with a step: the one in force as long as it fits, else the plainest that does.

    *Earned* is never proposed, only kept: it takes evidence.
    """
    if now and fits(step, now):
        return now
    return NOT_STARTED if step == LOWEST else IN_PROGRESS
