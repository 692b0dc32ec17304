"""A shared snapshot as a tagged PDF (PDF/UA-1): what the page shows, on paper."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from throughline.journeys.report.profile_data import profile_data
from throughline.network.shown import Shown
from throughline.records.paper.compiling import Way, make_pdf, theirs
from throughline.records.profile.picture import drawn_on_paper

LAYOUT = Path(__file__).with_name("shared.typ")


def shared_pdf(told: Shown, *, way: Way) -> bytes:
    """The PDF. The same share gives the same bytes."""
    drawn = drawn_on_paper(told.profile, title=told.title, earlier=told.earlier)
    return make_pdf(LAYOUT, as_data(told), way=way, made_at=told.taken_at, pictures={"profile": drawn})


def as_data(told: Shown) -> dict[str, Any]:
    return {
        "title": _("%(organisation)s: %(title)s") % {"organisation": told.organisation, "title": told.title},
        "author": told.organisation,
        "of": theirs(told.of),
        "heading": told.title,
        "page": _("Page %(page)s of %(pages)s"),
        "footer": _("%(organisation)s · %(journey)s · %(date)s")
        % {"organisation": told.organisation, "journey": told.journey, "date": told.date},
        "facts": [
            (_("Journey of"), theirs(told.scope)),
            (_("Framework"), theirs(told.framework)),
        ],
        "note": theirs(told.note),
        "summary": told.summary,
        **profile_data(told.profile, told.earlier),
        "earlier_date": told.earlier_date,
        "changes": [{"name": each.name, "hue": each.hue, "sentence": each.sentence} for each in told.changes],
        "aims": None if told.aims is None else [_aim(each) for each in told.aims],
        "parts": None if told.parts is None else [_part(each) for each in told.parts],
        "sections": _sections(told),
        "reading": told.reading,
        "attribution": told.attribution,
        "source_url": told.source_url,
    }


def _aim(each: Any) -> dict[str, Any]:
    return {
        "name": each.name,
        "hue": each.hue,
        "why_now": theirs(each.why_now),
        "aim": theirs(each.aim),
        "next_step": theirs(each.next_step),
    }


def _part(part: Any) -> dict[str, Any]:
    return {
        "name": part.name,
        "hue": part.hue,
        "entries": [
            {
                "name": each.name,
                "mark": "set-aside" if each.set_aside else each.standing,
                "standing": each.standing_word,
                "recheck": each.recheck,
                "outcome": each.outcome,
                "reason": theirs(each.reason),
            }
            for each in part.entries
        ],
    }


def _sections(told: Shown) -> dict[str, str]:
    return {
        "aims": _("Priorities"),
        "no_aims": _("No priority had been chosen when the round closed."),
        "changes": _("What changed since %(date)s") % {"date": told.earlier_date},
        "unchanged": _("Nothing has changed since then."),
        "parts": _("What we agreed, and why"),
        "profile": _("Where every competency stood"),
        "reading": _("How to read this"),
        "recheck": _("to re-check"),
    }
