"""The last papers that a process made, by what stands on them: made again from the same words, a paper is the same."""

import hashlib
import json
from collections import OrderedDict
from threading import Lock
from typing import Any, Generic, TypeVar

Paper = TypeVar("Paper")


class LastMade(Generic[Paper]):
    """Keeps so many papers; what was asked for longest ago goes first."""

    def __init__(self, most: int) -> None:
        self.most, self.kept, self.lock = most, OrderedDict[str, Paper](), Lock()

    def get(self, name: str) -> Paper | None:
        """The paper, where it was just made."""
        with self.lock:
            found = self.kept.get(name)
            if found:
                self.kept.move_to_end(name)
            return found

    def keep(self, name: str, made: Paper) -> Paper:
        """Keep a paper; it is given back."""
        with self.lock:
            self.kept[name] = made
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)
        return made


def name_of(*told: Any) -> str:
    """What names a paper: a digest of all that stands on it and of how it is made."""
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
