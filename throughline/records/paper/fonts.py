"""The fonts of papers, all from packages, so that a paper looks the same on every machine; and what they cannot show."""

import importlib.resources
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from throughline.kit.apart import Apart

PACKAGES = (
    ("font_source_serif_pro", "files"),
    ("font_source_sans_pro", "files"),
    ("manimgx_fonts", "."),  # Noto Sans for the other scripts, symbols and emoji
    ("manimgx_fonts_cjk", "."),
)
PLAIN_UP_TO = 0x17F  # Latin, which our own families hold whole
# One character has different shapes in Japan, Korea, mainland China, Taiwan and Hong Kong.
HAN = {"ja": "JP", "ko": "KR", "zh": "SC", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK"}


def han_of(language: str) -> str:
    """The family whose Chinese characters a reader of this language expects."""
    code = language.lower().replace("_", "-")
    return f"Noto Sans CJK {HAN.get(code) or HAN.get(code.split('-')[0], 'JP')}"


@lru_cache(maxsize=1)
def places() -> list[str]:
    """The folders of all fonts, for Typst."""
    return [str(Path(str(importlib.resources.files(package))) / folder) for package, folder in PACKAGES]


def unshown(text: str) -> str:
    """The characters of a text for which there is no font, each once, in the order of Unicode."""
    rare = (each for each in set(text) if ord(each) > PLAIN_UP_TO and not _is_unseen(each))
    return "".join(sorted(each for each in rare if not _is_shown(ord(each))))


@dataclass(frozen=True, slots=True)
class Unshown:
    """A character that prints as a question mark, with its name in Unicode."""

    character: str
    code: str
    name: str


def unshown_in(*told: Any) -> list[Unshown]:
    """What a paper made of these texts, records or lists of them will not show."""
    return [
        Unshown(each, f"U+{ord(each):04X}", unicodedata.name(each, "").capitalize())
        for each in unshown("".join(_texts_in(told)))
    ]


def _texts_in(told: Any) -> Iterator[str]:
    """All texts, in no order."""
    left = [told]
    while left:
        value = left.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, (list, tuple, set, frozenset)):
            left += value
        elif isinstance(value, Mapping):
            left += value.values()
        elif is_dataclass(value):
            left += [getattr(value, each.name) for each in fields(value)]


def _is_unseen(character: str) -> bool:
    """It only joins, directs or varies its neighbours, or is a space."""
    return unicodedata.category(character) in {"Cf", "Zs", "Zl", "Zp"} or 0xFE00 <= ord(character) <= 0xFE0F


def _is_shown(code: int) -> bool:
    starts, ends = _covered()
    at = bisect_right(starts, code) - 1
    return at >= 0 and code <= ends[at]


@lru_cache(maxsize=1)
def _covered() -> tuple[list[int], list[int]]:
    """Beginnings and ends of all runs of code points that some font has."""
    with Apart("throughline.records.paper.coverage", seconds=60) as reader:
        told, _content = reader.ask({"places": places()})
    return told["starts"], told["ends"]
