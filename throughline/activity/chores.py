"""Periodic work: a room declares it in its `housekeeping.py`, the worker does it when it is due.

    @chore("journeys.remind", every=timedelta(hours=1))
    def remind() -> None: …

A chore must be safe to run twice. When it is due stands in the database, so two workers do not double it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.module_loading import autodiscover_modules

from throughline.activity.models import ChoreRun
from throughline.kit import clock

Work = Callable[[], None]
log = logging.getLogger(__name__)

SOON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Chore:
    """A piece of work, how often it is wanted, and its name in the database."""

    name: str
    every: timedelta
    work: Work


CHORES: dict[str, Chore] = {}


def chore(name: str, *, every: timedelta) -> Callable[[Work], Work]:
    """Register a function without arguments as periodic work."""

    def register(work: Work) -> Work:
        if name in CHORES and CHORES[name].work is not work:
            raise ValueError(f"There are two chores named {name}.")
        CHORES[name] = Chore(name, every, work)
        return work

    return register


def find_chores() -> None:
    """Load every room's `housekeeping.py`."""
    autodiscover_modules("housekeeping")


def run_due_chores() -> list[str]:
    """Do what is due, one after the other; the names of those that were done. A failure is logged and tried again soon."""
    return [each.name for each in list(CHORES.values()) if _claim(each) and _carry_out(each)]


def _claim(each: Chore) -> bool:
    """Move the date on; only the one worker whose update finds the old date may do the work."""
    now = clock.now()
    ChoreRun.objects.get_or_create(name=each.name, defaults={"due_at": now})
    due = ChoreRun.objects.filter(name=each.name, due_at__lte=now)
    return due.update(due_at=now + each.every, started_at=now, ended_at=None) == 1


def _carry_out(each: Chore) -> bool:
    run = ChoreRun.objects.filter(name=each.name)
    try:
        each.work()
    except Exception as error:
        log.exception("The chore %s failed", each.name)
        again = clock.now() + min(each.every, SOON)
        run.update(due_at=again, last_error=f"{type(error).__name__}: {error}"[:300])
        return False
    run.update(ended_at=clock.now(), last_error="")
    return True
