"""Words in pictures: safe in XML, and how wide they are, near enough, without a font.

The width serves to choose a size that fits and the places to break a line; it need not be exact.
"""

import re
from functools import lru_cache
from unicodedata import combining, east_asian_width
from xml.sax.saxutils import escape

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

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


def halved(text: str) -> tuple[str, ...]:
    """The text in two lines as even as its spaces allow, or in one when it has none."""
    words = text.split()
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return min(splits, key=lambda lines: max(map(em_width, lines)), default=(text,))


def xml_text(words: str) -> str:
    """Escaped, and without the control characters that XML cannot hold at all."""
    return escape(NOT_IN_XML.sub("", words))


def xml_attribute(words: str) -> str:
    """The same, for between double quotes."""
    return xml_text(words).replace('"', "&quot;")
