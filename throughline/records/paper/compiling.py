"""A layout and its data as a tagged PDF (PDF/UA-1), made by Typst.

A layout holds no words; every text travels as data, never as markup, so nothing that people wrote can become an
instruction. Where a character has no font, a question mark stands for it: a paper is never refused.
"""

import importlib.resources
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import bidirectional, category

import typst
from django.utils.translation import get_language, get_language_bidi

PAPERS = {"a4": "a4", "letter": "us-letter"}
_ROOT = Path(__file__).resolve().parents[2]
_UNSHOWN = re.compile(r"could not be displayed|disallowed codepoint")
_QUOTED = re.compile(r'"(\\u\{[0-9a-f]+\}|[^"]+)"')
_TRIES = 8


@dataclass(frozen=True, slots=True)
class Way:
    """How a paper is made: its size (a key of `PAPERS`), the reader's language and its direction.

    `tagged=False` is for the control of the checker only.
    """

    paper: str = "a4"
    language: str = "en"
    right_to_left: bool = False
    tagged: bool = True

    @classmethod
    def now(cls, paper: str) -> "Way":
        """In the language in force."""
        return cls(paper, get_language() or "en", get_language_bidi())


def make_pdf(
    layout: Path, told: Mapping[str, Any], *, way: Way, made_at: datetime, pictures: Mapping[str, str] = {}
) -> bytes:
    """The PDF. The same data gives the same bytes. `told` needs `title`, `author`, `footer` and `page`; `pictures` are SVG."""
    whole = {
        **told,
        "paper": PAPERS[way.paper],
        "language": way.language.split("-")[0],
        "direction": "rtl" if way.right_to_left else "ltr",
    }
    inputs = {"told": json.dumps(_clean(whole), ensure_ascii=False), **pictures}
    for _try in range(_TRIES):
        try:
            return _compile(layout, inputs, made_at, way.tagged)
        except typst.TypstError as error:
            missing = _unshown(error)
            if not missing:
                raise
            inputs = {
                name: "".join("?" if each in missing else each for each in text)
                for name, text in inputs.items()
            }
    plain = {
        name: "".join(each if ord(each) < 0x250 else "?" for each in text) for name, text in inputs.items()
    }
    return _compile(layout, plain, made_at, way.tagged)


def _compile(layout: Path, inputs: dict[str, str], made_at: datetime, tagged: bool) -> bytes:
    return typst.compile(
        str(layout),
        root=str(_ROOT),
        format="pdf",
        sys_inputs=inputs,
        font_paths=_fonts(),
        pdf_standards="ua-1" if tagged else None,
        pdf_tags=tagged,
        timestamp=int(made_at.timestamp()),
    )


def _unshown(error: Any) -> set[str]:
    """The characters that Typst could not show, as its message names them."""
    found = set()
    for line in str(getattr(error, "diagnostic", error)).splitlines():
        if _UNSHOWN.search(line):
            for quoted in _QUOTED.findall(line):
                code = re.fullmatch(r"\\u\{([0-9a-f]+)\}", quoted)
                found |= {chr(int(code[1], 16))} if code else ({*quoted} if len(quoted) < 9 else set())
    return found


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Our two families from their packages, and whatever the machine has for other scripts."""
    ours = [
        str(importlib.resources.files(package) / "files")
        for package in ("font_source_serif_pro", "font_source_sans_pro")
    ]
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=ours)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(each) for each in value]
    return value


def readable(text: str) -> str:
    """Without the code points that are no text: controls, surrogates, private and unassigned ones, byte order marks."""
    gone = ("Cc", "Cs", "Co", "Cn")
    return "".join(each for each in text if each == "\n" or (category(each) not in gone and each != "\ufeff"))


def theirs(text: str) -> dict[str, str]:
    """A text that people wrote, with its direction by its first strong letter (empty: that of the page)."""
    for each in text:
        kind = bidirectional(each)
        if kind in ("L", "R", "AL"):
            return {"text": text, "direction": "ltr" if kind == "L" else "rtl"}
    return {"text": text, "direction": ""}
