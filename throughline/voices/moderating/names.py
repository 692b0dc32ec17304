"""What in a text may name somebody: names from the members' list, words after a title, addresses, telephone numbers.

A highlight for whoever takes names out, never more: it misses nicknames, and marks words that are no names.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TITLED = re.compile(
    r"\b(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Coach|Principal|Sra?|Srta|Profa?|Maestr[oa]|Director[a]?|Don|Doña)\.?\s+"
    r"(?:[A-ZÀ-ÖØ-Þ][\w’'-]+)(?:\s+[A-ZÀ-ÖØ-Þ][\w’'-]+)?"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"(?<!\w)\+?\d[\d ()./-]{6,}\d(?!\w)")
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*[^\W_])?")
_LEAST = 3  # letters; shorter words stand in too many sentences


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `marked` where it may name somebody."""

    text: str
    marked: bool = False


def words_of(names: Iterable[str]) -> frozenset[str]:
    """The words that names are made of, without the short ones, as they are looked for."""
    found = (word.casefold() for name in names for word in _WORD.findall(name))
    return frozenset(word for word in found if len(word) >= _LEAST)


def marked(text: str, known: frozenset[str]) -> list[Piece]:
    """The text in pieces, those marked that may name somebody. `known` comes from `words_of`."""
    spans = sorted(_spans(text, known))
    pieces: list[Piece] = []
    at = 0
    for start, end in _joined(spans):
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], marked=True))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces


def named_in(text: str, names: Iterable[str]) -> list[str]:
    """The names of members that stand in a text in full, or by a part that begins with a capital letter there."""
    standing = {word.casefold() for word in _WORD.findall(text) if word[:1].isupper() and len(word) >= _LEAST}
    found = []
    for name in names:
        parts = words_of([name])
        if parts & standing:
            found.append(name)
    return sorted(set(found))


def _spans(text: str, known: frozenset[str]) -> Iterable[tuple[int, int]]:
    for pattern in (_TITLED, _MAIL, _NUMBER):
        yield from (found.span() for found in pattern.finditer(text))
    for word in _WORD.finditer(text):
        if word.group().casefold().removesuffix("’s").removesuffix("'s") in known:
            yield word.span()


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
