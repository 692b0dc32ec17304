"""What a text may hold, and how much of it: rules without Django, so that readers in processes apart know them too."""

import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

Document = dict[str, Any]

MOST_BYTES = 1_000_000
MOST_NODES = 20_000
MOST_DEPTH = 12  # blocks within blocks; five levels of a list are ten of them
MOST_SPAN = 50
MOST_START = 9_999

BLOCKS = frozenset(
    {"paragraph", "heading", "bullet_list", "ordered_list", "table", "quote", "image"},
)
INLINE = frozenset({"text", "hard_break", "footnote"})
IN_CELL = frozenset({"paragraph", "bullet_list", "ordered_list"})
# What stands in a node, and whether it may stand empty.
INSIDE: dict[str, tuple[frozenset[str], bool]] = {
    "doc": (BLOCKS, False),
    "paragraph": (INLINE, True),
    "heading": (INLINE, True),
    "bullet_list": (frozenset({"list_item"}), False),
    "ordered_list": (frozenset({"list_item"}), False),
    "list_item": (BLOCKS, False),
    "table": (frozenset({"table_row"}), False),
    "table_row": (frozenset({"table_header", "table_cell"}), False),
    "table_header": (IN_CELL, False),
    "table_cell": (IN_CELL, False),
    "quote": (frozenset({"paragraph"}), False),
    "image": (frozenset(), True),
    "hard_break": (frozenset(), True),
    "footnote": (frozenset(), True),
}
MARKS = {"link": 0, "strong": 1, "em": 2}
_SPACE = re.compile(r"\s")


def is_clean(text: str) -> bool:
    """No control characters, no halves of a character, nothing that Unicode says is none."""
    if text.isprintable():
        return True
    return not any(
        unicodedata.category(each) in {"Cc", "Cs"} or ord(each) & 0xFFFE == 0xFFFE for each in text
    )


def is_address(value: Any, schemes: frozenset[str] = frozenset({"http", "https", "mailto"})) -> bool:
    """An address that a link may lead to: of the web or of a mailbox, whole, and not too long."""
    if (
        not isinstance(value, str)
        or not 0 < len(value) <= 2000
        or _SPACE.search(value)
        or not is_clean(value)
    ):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    if parts.scheme not in schemes or not value.lower().startswith(f"{parts.scheme}:"):
        return False
    return bool(parts.path) if parts.scheme == "mailto" else bool(parts.hostname)
