"""The story as a tagged PDF (PDF/UA-1). `story.typ` holds its layout."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from throughline.journeys.story.chapters import Chapter, Passage
from throughline.records.paper.compiling import Way, make_pdf, theirs
from throughline.ui.times import day_in_words

LAYOUT = Path(__file__).with_name("story.typ")


@dataclass(frozen=True, slots=True)
class Story:
    """What is laid out. `site` stands before every address, so that a sentence leads there from paper too."""

    organisation: str
    journey: str
    scope: str
    introduction: str
    chapters: tuple[Chapter, ...]
    site: str
    on: date


def story_pdf(told: Story, *, way: Way, made_at: datetime) -> bytes:
    """The PDF. The same story gives the same bytes."""
    title = _("%(journey)s: the story so far") % {"journey": told.journey}
    data: dict[str, Any] = {
        "title": title,
        "author": told.organisation,
        "page": _("Page %(page)s of %(pages)s"),
        "footer": _("%(organisation)s · %(journey)s · %(date)s")
        % {"organisation": told.organisation, "journey": told.journey, "date": day_in_words(told.on)},
        "of": theirs(told.organisation),
        "heading": _("The story so far"),
        "journey": theirs(told.journey),
        "scope": theirs(told.scope),
        "introduction": [theirs(each) for each in told.introduction.split("\n\n") if each.strip()],
        "chapters": [
            {
                "title": each.title,
                "lines": [_passage(one, told.site) for one in each.lines],
                "passages": [_passage(one, told.site) for one in each.passages],
            }
            for each in told.chapters
        ],
        "about": _(
            "Every sentence comes from a decision or something the team wrote, and links to its source. Quotations are word for word. Ratings aren’t part of it."
        ),
    }
    return make_pdf(LAYOUT, data, way=way, made_at=made_at)


def _passage(each: Passage, site: str) -> dict[str, Any]:
    return {
        "text": theirs(each.text),
        "href": site + each.href,
        "quote": theirs(each.quote),
        "after": theirs(each.after),
    }
