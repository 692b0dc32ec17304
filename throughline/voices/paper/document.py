"""The paper form as a tagged PDF: what a group is asked, with boxes and lines, in one language; large print as a choice."""

from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from throughline.frameworks.languages import name_of
from throughline.kit import clock
from throughline.records.paper.compiling import Way, make_pdf, theirs
from throughline.ui.times import day_in_words
from throughline.voices.answering.languages import Said, interface_language, said_in
from throughline.voices.answering.notices import why
from throughline.voices.answering.queries import Questionnaire
from throughline.voices.groups import BY_CODE
from throughline.voices.models import Listening
from throughline.voices.paper.notice import how, points
from throughline.voices.paper.sheet import Box, Row, sheet_of

LAYOUT = Path(__file__).with_name("form.typ")
LINES, LINES_LARGE = 5, 4  # to write on, for a question in one's own words


def form_pdf(
    whole: Questionnaire, *, part: int, language: str, large: bool, address: str, school: str, paper: str
) -> bytes:
    """The form of one part of a group. `address`: where one can answer without paper; empty where one cannot."""
    learners = BY_CODE[whole.asked.group].children
    with override(interface_language(language, get_language() or settings.LANGUAGE_CODE, learners=learners)):
        told = as_data(whole, part=part, language=language, address=address, school=school)
        told |= {"large": large, "lines": LINES_LARGE if large else LINES}
        made_at = timezone.make_aware(datetime.combine(clock.today(), time()))
        return make_pdf(LAYOUT, told, way=Way.now(paper), made_at=made_at)


def as_data(whole: Questionnaire, *, part: int, language: str, address: str, school: str) -> dict[str, Any]:
    """What `form.typ` lays out, in the language that is active around the questions."""
    listening, young = whole.listening, whole.asked.young
    title = _("What do you think?") if young else _("We would like to hear from you")
    return {
        "title": title,
        "author": school,
        "words": language,
        "footer": " · ".join((school, whose(whole, part, language))),
        "page": _("Page %(page)s of %(pages)s"),
        "school": theirs(school),
        "why": why(whole),
        "draft": _("A draft: the questions can still change. Not for handing out.")
        if listening.state == Listening.State.DRAFT
        else "",
        "until": _("Please hand it in by %(day)s.") % {"day": day_in_words(listening.closes_on)}
        if listening.closes_on
        else "",
        "here": _("Where to hand it in:"),
        "instead": _("Rather on a phone or a computer? Answer once only, here or there:") if address else "",
        "address": address,
        "points": [{"title": each.title, "text": each.text} for each in points(whole)],
        "fill": _("How to fill it in"),
        "how": how(whole),
        "contact_words": _("If something weighs on you, turn to:"),
        "contact": _piece(said_in(listening.contact, language)),
        "thanks": _("That’s all. Thank you! Fold the sheet, and hand it in without your name."),
        "sections": [
            {
                "title": section.title,
                "leave": _about_you(young) if section.about_you else "",
                "rows": [_row(row) for row in section.rows],
            }
            for section in sheet_of(whole, part, language)
        ],
    }


def whose(whole: Questionnaire, part: int, language: str) -> str:
    """Whose form this is, so that sheets can be sorted: the group, its part and the language."""
    told = [str(BY_CODE[whole.asked.group].name)]
    if whole.asked.blocks > 1:
        told.append(_("Part %(part)d of %(parts)d") % {"part": part, "parts": whole.asked.blocks})
    return " · ".join([*told, name_of(language)])


def _about_you(young: bool) -> str:
    if young:
        return _("This helps us to see whether school is fair to everybody. You can leave it out.")
    return _(
        "This helps to see whose experience differs. It is only looked at where enough people said the same. You can leave it out."
    )


def _row(row: Row) -> dict[str, Any]:
    return {
        "number": str(row.number),
        "kind": row.kind,
        "said": _piece(row.said),
        "boxes": [_box(each) for each in row.boxes if not each.apart],
        "apart": [_box(each) for each in row.boxes if each.apart],
    }


def _box(box: Box) -> dict[str, Any]:
    return {"digit": str(box.digit), "label": _piece(box.label)}


def _piece(said: Said) -> dict[str, str]:
    """Words with their language and direction; those of the product are as the page is."""
    language = said.language.split("-")[0]
    return {"text": said.text, "language": language, "direction": said.direction if language else ""}
