"""A short list of things to do that tick themselves off: template `ui/checklist.html`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Task:
    """One thing: whether it is done, what it is, a sentence, where it is done and what to press.

    `now`: the one that comes first; `again`: what the link of a finished one says, if it has one.
    """

    done: bool
    title: str
    detail: str | SafeString
    href: str = ""
    action: str = ""
    again: str = ""
    now: bool = False
    due: date | None = None


def in_turn(tasks: Iterable[Task]) -> list[Task]:
    """The same tasks, the first that is not done marked as the one that comes now."""
    found, open_yet = [], True
    for task in tasks:
        found.append(replace(task, now=open_yet and not task.done))
        open_yet = open_yet and task.done
    return found
