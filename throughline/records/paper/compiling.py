"""A layout and its data as a tagged PDF (PDF/UA-1), made by Typst.

A layout holds no words; every text travels as data, never as markup, so nothing that people wrote can become an
instruction. Where a character has no font, a question mark stands for it, and the page that offers the paper names it
(`fonts.unshown`): a paper is never refused.
"""

import json
import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import bidirectional, category

from django.utils.translation import get_language, get_language_bidi

from throughline.kit.apart import Apart
from throughline.records.paper.fonts import PLAIN_UP_TO, han_of, places, unshown

PAPERS = {"a4": "a4", "letter": "us-letter"}
_ROOT = Path(__file__).resolve().parents[2]
_UNSHOWN = re.compile(r"could not be displayed|disallowed codepoint")
_QUOTED = re.compile(r'"(\\u\{[0-9a-f]+\}|[^"]+)"')
_NAME = re.compile(r'<text class="name".*?</text>')
_TRIES = 8
_TYPST = Apart("throughline.records.paper.typesetting", seconds=60)


class NotTypeset(RuntimeError):
    """Typst refused a layout; its words say where."""


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
    words = str(told.get("words", way.language))
    whole = {
        **told,
        "paper": PAPERS[way.paper],
        "language": way.language.split("-")[0],
        "words": words.split("-")[0],
        "han": han_of(words),
        "direction": "rtl" if way.right_to_left else "ltr",
    }
    drawn = {name: _lettered(svg) for name, svg in pictures.items()}
    return _compiled(layout, _clean(whole), drawn, made_at, way.tagged)


def _lettered(svg: str) -> str:
    """The picture without the names round its rim that are written in scripts whose letters combine (Hindi, Thai).

    Typst 0.15 sets words within an SVG glyph by glyph and cannot tell which letters a combined one stands for, which
    PDF/UA-1 requires. The table below the picture has the names, in the same order and colors.
    """
    return _NAME.sub(lambda name: "" if any(map(_combines, name[0])) else name[0], svg)


def _combines(letter: str) -> bool:
    return ord(letter) > PLAIN_UP_TO and (category(letter).startswith("M") or letter in "\u0e33\u0eb3")


def _compiled(layout: Path, told: Any, pictures: dict[str, str], made_at: datetime, tagged: bool) -> bytes:
    """Try, and put question marks for what Typst says it could not show after all: a paper is never refused."""
    for _try in range(_TRIES):
        try:
            return _compile(layout, told, pictures, made_at, tagged)
        except NotTypeset as error:
            missing = _unshown(error)
            if not missing:
                raise
            told = _marked(told, missing)
            pictures = {name: _without(text, missing) for name, text in pictures.items()}
    rare = {each for each in json.dumps(told, ensure_ascii=False) if ord(each) > PLAIN_UP_TO}
    return _compile(layout, _marked(told, rare), pictures, made_at, tagged)


def _without(text: str, missing: Container[str]) -> str:
    return "".join("?" if each in missing else each for each in text)


def _marked(value: Any, missing: Container[str]) -> Any:
    """The same data with a question mark for each of these characters."""
    return _in_texts(value, lambda text: _without(text, missing))


def _compile(layout: Path, told: Any, pictures: dict[str, str], made_at: datetime, tagged: bool) -> bytes:
    inputs = {"told": json.dumps(told, ensure_ascii=False), **pictures}
    said, pdf = _TYPST.ask(
        {
            "layout": str(layout),
            "root": str(_ROOT),
            "inputs": inputs,
            "fonts": places(),
            "tagged": tagged,
            "timestamp": int(made_at.timestamp()),
        }
    )
    if said:
        raise NotTypeset(said["wrong"])
    return pdf


def _unshown(error: NotTypeset) -> set[str]:
    """The characters that Typst could not show, as its message names them."""
    found = set()
    for line in str(error).splitlines():
        if _UNSHOWN.search(line):
            for quoted in _QUOTED.findall(line):
                code = re.fullmatch(r"\\u\{([0-9a-f]+)\}", quoted)
                found |= {chr(int(code[1], 16))} if code else ({*quoted} if len(quoted) < 9 else set())
    return {each for each in found if ord(each) > PLAIN_UP_TO or category(each) == "Cc"}


def _clean(value: Any) -> Any:
    """Readable text, with a question mark for each character that no font has."""
    return _in_texts(value, lambda text: _without(readable(text), unshown(text)))


def _in_texts(value: Any, change: Callable[[str], str]) -> Any:
    """The same data with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _in_texts(each, change) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_in_texts(each, change) for each in value]
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
