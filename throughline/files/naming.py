"""The name under which a file is kept: what people called it, without anything that deceives. Pure."""

import re
import unicodedata

from throughline.files.kinds import Kind
from throughline.kit.text import clean_line

LONGEST = 150
# Control and format characters (among them the marks that turn the direction of writing round) and surrogates.
_NEVER = {"Cc", "Cf", "Cs", "Co", "Cn"}
_JOINERS = "\u200c\u200d"  # Persian, Hindi and others need them inside words
_RESERVED = re.compile(r'[<>:"|?*]')


def clean_name(given: str | None, kind: Kind) -> str:
    """A plain last part of a path that ends in an extension of `kind`, at most 150 characters long."""
    last = re.split(r"[/\\]", given or "")[-1]
    kept = "".join(
        sign
        for sign in last
        if sign in _JOINERS or sign.isspace() or unicodedata.category(sign) not in _NEVER
    )
    name = clean_line(_RESERVED.sub(" ", kept)).rstrip(". ")
    stem, dot, ending = name.rpartition(".")
    proper = kind.extensions[0]
    if dot and f".{ending.lower()}" in kind.extensions:
        name = stem
    name = name.strip(_JOINERS + ". ") or "file"
    return name[: LONGEST - len(proper)].rstrip() + proper
