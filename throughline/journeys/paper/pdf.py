"""The rating sheets of a round as tagged PDF: what only this round asks, without a name while names are hidden."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.journeys.models import Confidence, Journey, Round, RoundItem, Sheet
from throughline.journeys.paper.queries import rows_of
from throughline.journeys.paper.sheets import shown
from throughline.journeys.queries import minutes_for
from throughline.journeys.words import round_title
from throughline.records.paper.compiling import Way, make_pdf, theirs
from throughline.records.paper.words import plain, steps_of
from throughline.ui.times import day_in_words

LAYOUT = Path(__file__).with_name("sheets.typ")
MOST_ROWS_IN_A_FILE = 240  # competencies times sheets: some 70 pages, made in two or three seconds
ABOUT, STEP = 320, 260  # characters


def sheets_in_a_file(items: int) -> int:
    """How many sheets one file holds."""
    return max(1, MOST_ROWS_IN_A_FILE // max(1, items))


def sheets_pdf(
    journey: Journey,
    held: Round,
    sheets: Sequence[Sheet],
    items: list[RoundItem],
    framework: Tree,
    *,
    small: bool,
    words: str,
    way: Way,
    made_at: datetime,
) -> bytes:
    """Some sheets, one after the other. `small`: in so small a team a comment is read only if its author allows it."""
    told = as_data(journey, held, sheets, items, framework, small=small, words=words)
    return make_pdf(LAYOUT, told, way=way, made_at=made_at)


def as_data(
    journey: Journey,
    held: Round,
    sheets: Sequence[Sheet],
    items: list[RoundItem],
    framework: Tree,
    *,
    small: bool,
    words: str,
) -> dict[str, Any]:
    """What `sheets.typ` lays out."""
    here = {item.competency_id for item in items}
    title = _("%(journey)s: rating sheets") % {"journey": journey.name}
    return {
        "title": title,
        "author": journey.organisation.name,
        "heading": theirs(journey.name),
        "round": _("Rating sheet · %(round)s") % {"round": round_title(held.number)},
        "words": words,
        "footer": f"{journey.organisation.name} · {journey.name}",
        "page": _("page %(page)s of %(pages)s"),
        "how": _how(held, len(items), small),
        "labels": {
            "sheet": _("Sheet"),
            "name": _("For:"),
            "cannot": _("I cannot say"),
            "sure": _("How sure are you?"),
            "comment": _("What makes you say so?"),
            "thanks": _("That’s all. Thank you!"),
        },
        "sure": [
            {"digit": str(number), "words": str(each.label)}
            for number, each in enumerate(Confidence, start=1)
        ],
        "release": _("Share this comment with the team.") if small else "",
        "domains": [
            {
                "key": str(domain.id),
                "name": plain(domain.name),
                "hue": domain.hue,
                "rows": [_row(each, framework) for each in domain.competencies if each.id in here],
            }
            for domain in framework.domains
        ],
        "sheets": [_sheet(each, items, framework) for each in sheets],
    }


def _row(each: CompetencyItem, framework: Tree) -> dict[str, Any]:
    return {
        "key": str(each.id),
        "name": plain(each.name, ABOUT),
        "about": plain(each.lede, ABOUT),
        "steps": steps_of(each, framework, STEP),
    }


def _sheet(sheet: Sheet, items: list[RoundItem], framework: Tree) -> dict[str, Any]:
    rows = [framework.by_id[item.competency_id] for item in rows_of(sheet, items, framework)]
    mine = {each.id for each in rows}
    member = sheet.rater.membership if sheet.rater else None
    return {
        "code": shown(sheet.code),
        "name": theirs(member.name if member else ""),
        "rows": {str(each.id): str(number) for number, each in enumerate(rows, start=1)},
        "domains": [
            str(domain.id)
            for domain in framework.domains
            if any(each.id in mine for each in domain.competencies)
        ],
    }


def _how(held: Round, count: int, small: bool) -> list[str]:
    said = [
        ngettext(
            "How do you see it? Check one box for the competency. It takes about %(minutes)s minutes. Please rate on your own.",
            "How do you see it? Check one box for each competency. It takes about %(minutes)s minutes. Please rate on your own.",
            count,
        )
        % {"minutes": minutes_for(count)}
    ]
    if held.names_shown:
        said.append(
            _("Names show in this round: once the spread opens, the team sees what you chose and wrote.")
        )
    else:
        said.append(
            _(
                "Names are hidden, so don’t write yours. The code isn’t linked to anyone. The person who enters this sheet will read it and might know your handwriting, so print in capital letters if you like."
            )
        )
    if small:
        said.append(
            _(
                "There are fewer than five of you: others can read a comment only if you check the small box below it."
            )
        )
    if held.due_on:
        said.append(_("Please hand it in by %(date)s.") % {"date": day_in_words(held.due_on)})
    return said
