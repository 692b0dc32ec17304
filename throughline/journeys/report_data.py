"""A report as plain data for the layout of the PDF: every heading and sentence ready, what people wrote marked as theirs."""

from typing import Any

from django.utils.translation import gettext as _

from throughline.frameworks.models import Competency
from throughline.journeys.report import Report
from throughline.journeys.report_words import standing_in_words
from throughline.records.models import StandingValue
from throughline.records.paper.compiling import theirs
from throughline.records.picture import in_words
from throughline.records.queries import ProfileItem


def as_data(report: Report) -> dict[str, Any]:
    """What `report.typ` lays out."""
    return {
        "title": _("%(journey)s: %(round)s") % {"journey": report.title, "round": report.round},
        "heading": theirs(report.title),
        "round": report.round,
        "author": report.organisation,
        "facts": [
            (_("Organisation"), theirs(report.organisation)),
            (_("Journey of"), theirs(report.scope)),
            (_("Stands as of"), theirs(report.date)),
            (_("Framework"), theirs(_("%(title)s, version %(number)s") % _framework(report))),
        ],
        "date": report.date,
        "edition": theirs(report.edition),
        "summary": report.summary,
        "page": _("Page %(page)s of %(pages)s"),
        "footer": _("%(organisation)s · %(journey)s · %(date)s")
        % {"organisation": report.organisation, "journey": report.title, "date": report.date},
        "picture": _("The credit profile as a picture. %(counts)s The table below says the same.")
        % {"counts": in_words(report.profile)},
        "earlier_name": report.earlier_name,
        "legend": _legend(report),
        "legend_notes": _legend_notes(report),
        "table": _table(report),
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
        "priorities": _("What comes first"),
        "changes": _("What changed since %(date)s") % {"date": report.earlier_name},
        "unchanged": _("Nothing stands otherwise than on that date."),
        "profile": _("The credit profile"),
        "unsettled": _("Still open"),
        "parts": _("What was agreed, and why"),
        "sources": _("The evidence"),
        "reading": _("How to read this report"),
        "dissent": _("Not everyone agreed:"),
        "check": _("To be looked at again on:"),
        "recheck": _("to re-check"),
        "evidence": _("Evidence:"),
        "none_chosen": _("No priority was chosen when the round was closed."),
        "no_sources": _("No evidence has been cited yet."),
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


def _legend(report: Report) -> list[dict[str, str]]:
    counted = {str(item.standing) for item in report.profile.items if item.counts}
    order = (StandingValue.EARNED, StandingValue.IN_PROGRESS, StandingValue.NOT_STARTED)
    found = [{"mark": each.value, "words": str(each.label)} for each in order if each.value in counted]
    if not all(item.counts for item in report.profile.items):
        found.append({"mark": "set-aside", "words": _("set aside, not counted")})
    return found


def _legend_notes(report: Report) -> list[str]:
    said = []
    then = report.earlier.by_competency() if report.earlier else {}
    if any(item.counts and item.recheck for item in report.profile.items):
        said.append(_("A small clock: the evidence is due to be looked at again."))
    if any(then[item.competency.id].standing != item.standing for item in report.profile.items if then):
        said.append(_("The strip at the inner edge shows where it stood before."))
    return said


def _table(report: Report) -> dict[str, Any]:
    then = report.earlier.by_competency() if report.earlier else {}
    now = report.profile.by_competency()
    columns = [_("Number"), _("Competency"), _("Level"), _("Standing")]
    if then:
        columns.insert(3, _("Before"))
    return {
        "columns": columns,
        "unchanged": _("unchanged"),
        "groups": [
            {
                "name": domain.name,
                "hue": domain.hue,
                "rows": [_row(now[each.id], then.get(each.id), bool(then)) for each in domain.competencies],
            }
            for domain in report.profile.tree.domains
        ],
    }


def _row(item: ProfileItem, then: ProfileItem | None, compared: bool) -> dict[str, Any]:
    changed = then is not None and (then.standing, then.counts) != (item.standing, item.counts)
    return {
        "number": str(item.competency.number),
        "name": item.competency.name,
        "level": str(Competency.Level(item.competency.level).label),
        "mark": str(item.standing) if item.counts else "set-aside",
        "standing": standing_in_words(item),
        "recheck": item.counts and item.recheck,
        "aside": theirs(item.set_aside or ""),
        "compared": compared,
        "before": standing_in_words(then) if then and changed else "",
        "before_mark": (str(then.standing) if then.counts else "set-aside") if then else "",
    }
