"""The blank credit profile, to be coloured in with one pencil: the picture with nothing begun, and a table of names."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.tree import Tree
from throughline.records.drawing.profile import draw_profile
from throughline.records.paper.compiling import Way, make_pdf, theirs
from throughline.records.paper.parts import Part
from throughline.records.paper.words import common, level_of, plain
from throughline.records.profile.blank import blank_picture

LAYOUT = Path(__file__).with_name("blank.typ")


def blank_pdf(framework: Tree, part: Part, *, words: str, way: Way, made_at: datetime) -> bytes:
    """The blank profile of a framework, or of a part of it."""
    items = tuple(each for domain in part.domains for each in domain.competencies)
    drawn = blank_picture(replace(framework, domains=part.domains, competencies=items))
    room = tuple((_("___ of %(count)s") % {"count": count}, said) for count, said in drawn.centre)
    picture = replace(drawn, centre=room, standalone=True, theme="light")
    told = as_data(framework, part, words)
    return make_pdf(LAYOUT, told, way=way, made_at=made_at, pictures={"profile": draw_profile(picture)})


def as_data(framework: Tree, part: Part, words: str) -> dict[str, Any]:
    """What `blank.typ` lays out."""
    count = sum(len(domain.competencies) for domain in part.domains)
    return {
        **common(framework, _("Credit profile to color in"), part.name, words),
        "picture": ngettext(
            "A ring with a block for one competency, to be colored in. The table names it.",
            "A ring with a block for each of %(count)s competencies, to be colored in. The table names them.",
            count,
        )
        % {"count": count},
        "whose": _("Whose profile"),
        "date": _("Date"),
        "legend": [
            {"mark": "earned", "words": _("Earned: fill the whole block")},
            {"mark": "in-progress", "words": _("In progress: draw diagonal lines")},
            {"mark": "not-started", "words": _("Not started: leave it white")},
        ],
        "reading": _(
            "Each block is a competency, with its number in the table. The inner ring is foundational and the outer ring advanced. Within a domain, numbers run clockwise."
        ),
        "columns": [_("Number"), _("Competency"), _("Level"), _("Standing")],
        "boxes": [_("started"), _("earned")],
        "domains": [
            {
                "name": theirs(domain.name),
                "hue": domain.hue,
                "rows": [
                    {"number": str(each.number), "name": plain(each.name, 300), "level": level_of(each)}
                    for each in domain.competencies
                ],
            }
            for domain in part.domains
        ],
    }
