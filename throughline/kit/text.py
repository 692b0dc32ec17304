"""Text as people type it, made safe for both database engines."""

import unicodedata
from itertools import pairwise


def clean_text(value: str) -> str:
    """NFC, no NUL (PostgreSQL refuses it), plain line ends, no blank edges; what nobody could see is nothing."""
    text = value.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", text).strip()
    return text if any(map(_is_seen, text)) else ""


def _is_seen(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in {"Cc", "Cf"}


def clean_line(value: str) -> str:
    """`clean_text` on one line: any run of white space becomes one space."""
    return " ".join(clean_text(value).split())


_WIDE = 60  # characters; nobody's editor breaks lines shorter than this
_LISTED = ("-", "*", "•", "–", "—")


def unwrapped(text: str) -> str:
    """Without the line breaks that an editor put in because a line was full; those that were meant stay.

    A break was meant before and after an empty line, before an item of a list, and after a line that had room for the
    next word.
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    found = lines[:1]
    for before, line in pairwise(lines):
        full = len(before) >= _WIDE and len(f"{before} {line.split(' ', 1)[0]}") > width
        if full and line.strip() and not line.lstrip().startswith(_LISTED):
            found[-1] = f"{found[-1].rstrip()} {line.lstrip()}"
        else:
            found.append(line)
    return "\n".join(found)
