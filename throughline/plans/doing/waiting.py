"""What waits for what, never in a circle. Pure rules: actions are named by any key."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def way_back(waits: Mapping[Key, Iterable[Key]], action: Key, on: Key) -> tuple[Key, ...]:
    """How `on` already waits for `action`, from the one to the other; nothing when `action` may wait for it.

    The shortest way, so that the sentence about it stays short. Whatever waits for itself is a way of one.
    """
    if action == on:
        return (action,)
    came: dict[Key, Key] = {on: on}
    front = [on]
    while front:
        found = [(after, each) for each in front for after in waits.get(each, ()) if after not in came]
        for after, each in found:
            came.setdefault(after, each)
        if action in came:
            return _steps(came, action, on)
        front = list(dict.fromkeys(after for after, _each in found))
    return ()


def _steps(came: Mapping[Key, Key], action: Key, on: Key) -> tuple[Key, ...]:
    steps = [action]
    while steps[-1] != on:
        steps.append(came[steps[-1]])
    return tuple(reversed(steps))
