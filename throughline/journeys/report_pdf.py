"""The report as a tagged PDF (PDF/UA-1), laid out by Typst.

`report.typ` holds the layout and no words; every text travels as data, never as markup, so nothing that people wrote
can become an instruction. Where a character has no font, a question mark stands for it: a report is never refused.
"""

import importlib.resources
import json
import re
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import category

import typst

from throughline.journeys.report import Report
from throughline.journeys.report_data import as_data
from throughline.records.drawing import draw_profile
from throughline.records.picture import picture_of

PAPERS = {"a4": "a4", "letter": "us-letter"}
LAYOUT = Path(__file__).with_name("report.typ")
_UNSHOWN = re.compile(r"could not be displayed|disallowed codepoint")
_QUOTED = re.compile(r'"(\\u\{[0-9a-f]+\}|[^"]+)"')


def report_pdf(
    report: Report,
    *,
    paper: str,
    language: str,
    right_to_left: bool,
    made_at: datetime,
    tagged: bool = True,
) -> bytes:
    """The PDF. The same report gives the same bytes. `tagged=False` is for the control of the checker only."""
    told = {
        **as_data(report),
        "paper": PAPERS[paper],
        "language": language.split("-")[0],
        "direction": "rtl" if right_to_left else "ltr",
    }
    picture = picture_of(report.profile, title=report.title, earlier=report.earlier, standalone=True)
    drawn = draw_profile(replace(picture, theme="light"))
    text = json.dumps(_clean(told), ensure_ascii=False)
    for _try in range(8):
        try:
            return _compile(text, drawn, made_at, tagged)
        except typst.TypstError as error:
            missing = _unshown(error)
            if not missing:
                raise
            text = "".join("?" if each in missing else each for each in text)
    return _compile("".join(each if ord(each) < 0x250 else "?" for each in text), drawn, made_at, tagged)


def _compile(text: str, drawn: str, made_at: datetime, tagged: bool) -> bytes:
    return typst.compile(
        str(LAYOUT),
        format="pdf",
        sys_inputs={"report": text, "picture": drawn},
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
