"""You said → we did as a tagged PDF (PDF/UA-1): what the page says, to hang up, to send home, in large print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from throughline.records.paper.cards import code_of
from throughline.records.paper.compiling import Way, make_pdf, theirs
from throughline.records.paper.keeping import LastMade, name_of
from throughline.ui.times import day_in_words
from throughline.voices.answering.languages import Said
from throughline.voices.replying.document import Line

LAYOUT = Path(__file__).with_name("heard.typ")
USUAL, LARGE = 10.5, 18.0  # points
_MADE = LastMade[bytes](24)


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper is made of. `day` is that of publishing, `address` where it is read; `draft`: readers do not see it yet."""

    school: str
    title: str
    lines: Sequence[Line]
    day: datetime
    address: str
    draft: bool = False


def heard_pdf(paper: Paper, *, size: str, large: bool = False) -> bytes:
    """The PDF in the language in force; `size` is a key of `PAPERS`. The same words give the same bytes."""
    told, language = as_data(paper, large=large), get_language() or "en"
    name = name_of(told, size, language, paper.day.isoformat())
    way = Way(size, language, get_language_bidi())
    return _MADE.get(name) or _MADE.keep(name, make_pdf(LAYOUT, told, way=way, made_at=paper.day))


def as_data(paper: Paper, *, large: bool = False) -> dict[str, Any]:
    """What `heard.typ` lays out."""
    heading = _("You said, we did")
    published = "" if paper.draft else _("Published on %(day)s") % {"day": day_in_words(paper.day)}
    return {
        "title": f"{heading} · {paper.title}",
        "author": paper.school,
        "footer": f"{paper.school} · {heading}",
        "page": _("Page %(page)s of %(pages)s"),
        "size": LARGE if large else USUAL,
        "school": theirs(paper.school),
        "heading": heading,
        "lede": _(
            "Thank you to everybody who answered. This is what we heard, what we will do, and what not and why."
        ),
        "about": theirs(paper.title),
        "published": published,
        "draft": _("A draft: nobody outside the team reads this yet.") if paper.draft else "",
        "lines": [_line(nth, each, paper.day) for nth, each in enumerate(paper.lines, start=1)],
        "address": paper.address,
        "short": paper.address.partition("://")[2].partition("?")[0].rstrip("/"),
        "code": code_of(paper.address) if paper.address else "",
        "online": _("To read it again, also in other languages: scan, or type the address."),
        "code_words": _("Code to scan: it opens this page."),
    }


def _line(nth: int, line: Line, day: datetime) -> dict[str, Any]:
    told = {"day": day_in_words(day), "progress": line.progress}
    progress = _("On %(day)s: %(progress)s") % told if line.progress else ""
    return {
        "heading": _("%(number)d. You said") % {"number": nth},
        "kind": line.kind,
        "follows": line.follows,
        "heard": _said(line.heard),
        "answer": _said(line.answer),
        "beside": [theirs(each) for each in (line.competency, line.state, progress) if each],
    }


def _said(said: Said) -> dict[str, str]:
    return {"text": said.text, "language": said.language.split("-")[0], "direction": said.direction}
