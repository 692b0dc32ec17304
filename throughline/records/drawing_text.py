"""How wide a word is, near enough, without a font: to choose a size that fits and places to break a line."""

from functools import lru_cache
from unicodedata import combining, east_asian_width

NARROW = frozenset("fijlrtI.,:;'’|!()[]-·/ ")
WIDE = frozenset("mwMW@%—&")


@lru_cache(maxsize=4096)
def em_width(text: str) -> float:
    """Width in em, rather too wide than too narrow: a name that nearly fits is drawn one size smaller."""
    return sum(map(_glyph, text))


def _glyph(letter: str) -> float:
    if combining(letter):
        return 0.0
    if east_asian_width(letter) in "WF":
        return 1.0
    if letter in NARROW:
        return 0.33
    return 0.88 if letter in WIDE else 0.7 if letter.isupper() else 0.56


@lru_cache(maxsize=4096)
def wrapped(text: str, ems: float, most: int) -> tuple[str, ...]:
    """The text broken at spaces into lines of at most `ems`; at most `most` lines, the last ending in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and em_width(f"{lines[-1]} {word}") <= ems:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines[most - 1 :] = [f"{lines[most - 1]} …"]
    return tuple(lines)
