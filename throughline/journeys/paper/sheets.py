"""Paper sheets as rules, without the database: codes, and what a row means that somebody typed from paper.

A row is typed as digits, because every keyboard has them: 1 to 4 for a step and 0 (or c) for *cannot say*; 1 to 3 for
how sure. Nothing typed is nothing said.
"""

import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from throughline.kit.text import clean_text

# Without letters and digits that look like others, and without vowels, so that no code spells a word.
ALPHABET = "BCDFGHJKMNPQRTVWXYZ2346789"
LENGTH = 6
SPARE = 2
MOST_ROWS = 200
STEPS = {"1": 1, "2": 2, "3": 3, "4": 4}
CANNOT_SAY = frozenset("0cC")
SURE = {"1": "guess", "2": "fairly", "3": "very"}


def new_code() -> str:
    """A code that tells nothing."""
    return "".join(secrets.choice(ALPHABET) for _each in range(LENGTH))


def shown(code: str) -> str:
    """A code as it is printed: in two halves."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def read_code(text: str) -> str:
    """A code however it was typed."""
    return "".join(each for each in unicodedata.normalize("NFKC", text).upper() if each.isalnum())


@dataclass(frozen=True, slots=True)
class Row:
    """What stands on paper about one competency. `step` None: cannot say."""

    step: int | None
    confidence: str = ""
    comment: str = ""
    released: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """One row as it was typed."""

    step: str = ""
    confidence: str = ""
    comment: str = ""
    released: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing was typed at all."""
        return not (self.step.strip() or self.confidence.strip() or clean_text(self.comment))


class Unreadable(ValueError):
    """A row that means nothing: `field` says where."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def read_row(typed: Typed) -> Row | None:
    """What a typed row says; None where it is empty. Raises `Unreadable`."""
    if typed.is_empty:
        return None
    key, sure = _digit(typed.step), _digit(typed.confidence)
    if key not in STEPS and key not in CANNOT_SAY:
        raise Unreadable("step")
    if sure and sure not in SURE:
        raise Unreadable("confidence")
    step = STEPS.get(key)
    comment = clean_text(typed.comment)
    return Row(step, SURE.get(sure, "") if step else "", comment, typed.released and bool(comment))


def _digit(text: str) -> str:
    """The one character that was typed, in Latin digits whatever the keyboard; a longer text stays what it is."""
    bare = text.strip()
    if len(bare) == 1 and bare.isdecimal():
        return str(unicodedata.decimal(bare))
    return bare


def differing(before: Mapping[UUID, Row], now: Mapping[UUID, Row], order: Sequence[UUID]) -> list[int]:
    """The numbers of the rows that were typed otherwise before, from 1; never what stood there."""
    return [number for number, item in enumerate(order, start=1) if before.get(item) != now.get(item)]


def missing_sheets(
    asked: Sequence[tuple[str, ...]], printed: Sequence[tuple[str, ...]]
) -> list[tuple[str, ...]]:
    """For which domains sheets have still to be made: one for each person and a few to choose from and to spoil."""
    found = []
    for domains in sorted(set(asked)):
        wanted = asked.count(domains) + SPARE - printed.count(domains)
        found += [domains] * max(0, wanted)
    return found
