"""A report as plain data for the layout of the PDF: every heading and sentence ready, what people wrote marked as theirs."""

from typing import Any

from django.utils.translation import gettext as _

from throughline.journeys.report.contents import Report
from throughline.journeys.report.profile_data import profile_data
from throughline.records.paper.compiling import theirs


def as_data(report: Report) -> dict[str, Any]:
    """What `report.typ` lays out."""
    return {
        "title": _("%(organisation)s, %(journey)s: %(round)s")
        % {"organisation": report.organisation, "journey": report.title, "round": report.round},
        "heading": theirs(report.title),
        "round": report.round,
        "author": report.organisation,
        "facts": [
            (_("Organization"), theirs(report.organisation)),
            (_("Journey of"), theirs(report.scope)),
            (_("Where we stood on"), theirs(report.date)),
            (_("Framework"), theirs(_("%(title)s, version %(number)s") % _framework(report))),
        ],
        "date": report.date,
        "edition": theirs(report.edition),
        "summary": report.summary,
        "page": _("Page %(page)s of %(pages)s"),
        "footer": _("%(organisation)s · %(journey)s · %(date)s")
        % {"organisation": report.organisation, "journey": report.title, "date": report.date},
        "earlier_name": report.earlier_name,
        **profile_data(report.profile, report.earlier),
        "sections": _sections(report),
        "priorities": [
            {
                "name": each.name,
                "hue": each.hue,
                "why_now": theirs(each.why_now),
                "aim": each.aim,
                "next_step": theirs(each.next_step),
            }
            for each in report.aims
        ],
        "changes": [
            {
                "name": each.name,
                "hue": each.hue,
                "sentences": each.sentences,
                "why": each.why,
                "reason": theirs(each.reason),
            }
            for each in report.changes
        ],
        "parts": [
            {
                "name": part.name,
                "question": part.question,
                "hue": part.hue,
                "entries": [_entry(each) for each in part.entries],
            }
            for part in report.parts
        ],
        "unsettled": [
            {"name": each.name, "hue": each.hue, "outcome": each.outcome, "reason": theirs(each.reason)}
            for each in report.unsettled
        ],
        "sources": [
            {"number": each.number, "title": theirs(each.title), "about": each.about}
            for each in report.sources
        ],
        "reading": report.reading,
        "attribution": report.attribution,
        "source_url": report.source_url,
    }


def _framework(report: Report) -> dict[str, str]:
    return {"title": report.profile.tree.title, "number": report.profile.tree.number}


def _sections(report: Report) -> dict[str, str]:
    return {
        "priorities": _("Priorities"),
        "changes": _("What changed since %(date)s") % {"date": report.earlier_name},
        "unchanged": _("Nothing has changed since then."),
        "profile": _("The credit profile"),
        "unsettled": _("Not yet agreed"),
        "parts": _("What we agreed, and why"),
        "sources": _("The evidence"),
        "reading": _("How to read this report"),
        "dissent": _("Not everyone agreed:"),
        "check": _("Check again on:"),
        "recheck": _("to re-check"),
        "evidence": _("Evidence:"),
        "none_chosen": _("No priorities were chosen before the round closed."),
        "no_sources": _("No evidence has been used yet."),
    }


def _entry(each: Any) -> dict[str, Any]:
    return {
        "name": each.name,
        "hue": each.hue,
        "level": each.level,
        "standing": each.standing,
        "standing_word": each.standing_word,
        "recheck": each.recheck,
        "outcome": each.outcome,
        "spread": each.spread,
        "reason": theirs(each.reason),
        "why": each.why,
        "dissent": theirs(each.dissent),
        "check_on": each.check_on,
        "sources": each.sources,
    }
