"""The papers of the meeting kit: which there are, and each as a tagged PDF, typeset apart as every paper is.

A handout is tried at a few sizes until it fits on one page. It never gets smaller than ten points: what doesn't fit flows on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.plans.families.page import FamilyPage
from throughline.records.paper.compiling import Way, make_pdf
from throughline.records.paper.keeping import LastMade, name_of

LAYOUTS = Path(__file__).parent / "layouts"
SIZES = (14.0, 13.0, 12.0, 11.5, 11.0, 10.5, 10.0)  # points, the largest first
FLOWING = 11.0
_COUNT = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b")
_MOST_KEPT = 24


@dataclass(frozen=True, slots=True)
class Kind:
    """A paper in words. `sized`: it comes in A4 and US Letter; a slide has a shape of its own."""

    key: str
    title: str | Promise
    about: str | Promise
    sized: bool = True


KINDS = (
    Kind(
        "handout",
        _("Handout"),
        _("The family page on one sheet, to lay on chairs and send home in a schoolbag."),
    ),
    Kind(
        "large-print",
        _("Large print"),
        _("The same words at 18 points and more, with the answered questions. Have a few ready at the door."),
    ),
    Kind(
        "cards",
        _("Question cards"),
        _("Four to a sheet, to cut apart. People write down what they would rather not ask aloud."),
    ),
    Kind(
        "slides",
        _("Slides"),
        _("The same sections for a projector, 16:9, one thought at a time. They stay readable in gray."),
        sized=False,
    ),
)
BY_KEY = {each.key: each for each in KINDS}


@dataclass(frozen=True, slots=True)
class Made:
    """A file, and on how many pages it came out."""

    content: bytes
    pages: int


_KEPT = LastMade[Made](_MOST_KEPT)


def paper_of(kind: Kind, told: Mapping[str, Any], page: FamilyPage, paper: str, made_at: datetime) -> Made:
    """The paper of a page in its language. The same words give the same bytes."""
    way = Way(paper, page.language, page.direction == "rtl")
    name = _name_of(kind, told, paper, made_at)
    return _KEPT.get(name) or _KEPT.keep(name, _made(kind, told, way, made_at))


def kept_paper(kind: Kind, told: Mapping[str, Any], paper: str, made_at: datetime) -> Made | None:
    """The same where it was just made; typesets nothing."""
    return _KEPT.get(_name_of(kind, told, paper, made_at))


def _name_of(kind: Kind, told: Mapping[str, Any], paper: str, made_at: datetime) -> str:
    return name_of(kind.key, told, paper, made_at.isoformat())


def _made(kind: Kind, told: Mapping[str, Any], way: Way, made_at: datetime) -> Made:
    layout = LAYOUTS / f"{kind.key}.typ"
    if kind.key != "handout":
        return _counted(make_pdf(layout, told, way=way, made_at=made_at))
    found, low, high = None, 0, len(SIZES)
    while low < high:  # by halves: what fits at a size fits at every smaller one
        middle = (low + high) // 2
        tried = _counted(make_pdf(layout, {**told, "size": SIZES[middle]}, way=way, made_at=made_at))
        if tried.pages == 1:
            found, high = tried, middle
        else:
            low = middle + 1
    return found or _counted(make_pdf(layout, {**told, "size": FLOWING}, way=way, made_at=made_at))


def _counted(content: bytes) -> Made:
    found = [int(first or second) for first, second in _COUNT.findall(content)]
    return Made(content, max(found, default=1))
