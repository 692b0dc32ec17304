"""Wall cards: one page for each competency, to be read from across a room, with a code that leads to its page."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.utils.translation import gettext as _

from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.records.paper.compiling import Way, make_pdf, theirs
from throughline.records.paper.parts import Part
from throughline.records.paper.words import common, level_of, plain, steps_of

LAYOUT = Path(__file__).with_name("cards.typ")
NAME, DESCRIPTION, STEP = 300, 400, 220  # characters that a card can hold in large type


def cards_pdf(
    framework: Tree,
    part: Part,
    *,
    link: Callable[[CompetencyItem], str],
    words: str,
    way: Way,
    made_at: datetime,
) -> bytes:
    """The cards. `link` gives the whole address of a competency's page."""
    return make_pdf(LAYOUT, as_data(framework, part, link, words), way=way, made_at=made_at)


def as_data(framework: Tree, part: Part, link: Callable[[CompetencyItem], str], words: str) -> dict[str, Any]:
    """What `cards.typ` lays out."""
    return {
        **common(framework, _("Wall cards"), part.name, words),
        "cards": [
            {
                "number": str(each.number),
                "name": plain(each.name, NAME),
                "domain": theirs(domain.name),
                "hue": domain.hue,
                "level": level_of(each),
                "description": plain(each.lede, DESCRIPTION),
                "steps": steps_of(each, framework, STEP),
                "address": link(each),
                "code": code_of(link(each)),
                "code_words": _("Code to scan: it opens the page of “%(name)s”.") % {"name": each.name},
            }
            for domain in part.domains
            for each in domain.competencies
        ],
        "more": _("More about it, and what you would see"),
    }


def code_of(address: str) -> str:
    """A QR code as SVG: dark on nothing, without a margin, sturdy enough for a wall."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=0, xmldecl=False, dark="#22302F"
    )
    return drawn.getvalue().decode()
