"""Evidence as it stands in lists: plain functions that answer safe HTML, cheap enough for every row of a long page."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from throughline.frameworks.tree import CompetencyItem
from throughline.records.models import Evidence
from throughline.records.reading import EvidenceRead, evidence_read
from throughline.ui.pieces import NOTHING, icon, pill
from throughline.ui.times import day

_BETWEEN = mark_safe(' <span class="quiet">·</span> ')


def evidence_line(evidence: Evidence, href: str = "") -> SafeString:
    """One piece of evidence in one line: title, what it can show, when, stale or withdrawn."""
    read = evidence_read(evidence)
    return format_html(
        '<span class="evidence-line {}">{} <span>{} <span class="quiet small">· {} · {}</span>{}</span></span>',
        read.state,
        icon(read.icon, 16),
        _title(read, href),
        read.mark,
        day(read.happened_on, "absolute"),
        _state(read),
    )


def evidence_card(
    evidence: Evidence, href: str = "", heading: int = 3, competencies: Iterable[CompetencyItem] = ()
) -> SafeString:
    """One piece of evidence with its facts and the start of its text; `heading` is the level of its title."""
    read = evidence_read(evidence)
    level = f"h{int(heading)}"
    return format_html(
        '<article class="evidence {}"><span class="evidence-icon">{}</span><div>'
        '<{} class="evidence-title">{}</{}>'
        '<p class="quiet small">{} · {} · {} · {} · <bdi>{}</bdi></p>{}{}{}{}</div></article>',
        read.state,
        icon(read.icon, 20),
        level,
        _title(read, href),
        level,
        read.mark,
        read.kind,
        read.place,
        day(read.happened_on, "absolute"),
        read.by,
        format_html('<p class="figures"><strong>{}</strong></p>', read.figure) if read.figure else NOTHING,
        format_html('<p class="small" dir="auto">{}</p>', read.text) if read.text else NOTHING,
        _told(read),
        _shown(competencies),
    )


def _title(read: EvidenceRead, href: str) -> SafeString:
    if href:
        return format_html('<a href="{}"><bdi>{}</bdi></a>', href, read.title)
    return format_html("<bdi>{}</bdi>", read.title)


def _state(read: EvidenceRead) -> SafeString:
    if not read.state:
        return NOTHING
    words = {"withdrawn": _("withdrawn"), "stale": _("to re-check")}[read.state]
    return format_html(" {}", pill(words, "warn"))


def _told(read: EvidenceRead) -> SafeString:
    """Why it was withdrawn, or since when it is stale."""
    if read.state == "withdrawn":
        reason = format_html('<span dir="auto">{}</span>', read.withdrawn_reason)
    elif read.state == "stale":
        due = day(read.recheck_on, "absolute")
        reason = format_html(_("The check date was {date}."), date=due)
    else:
        return NOTHING
    return format_html('<p class="small">{} {}</p>', _state(read), reason)


def _shown(competencies: Iterable[CompetencyItem]) -> SafeString:
    names = format_html_join(
        _BETWEEN,
        '<span class="in-hue hue-{}">{}</span>',
        (((each.hue - 1) % 5 + 1, each.name) for each in competencies),
    )
    return format_html('<p class="small">{}</p>', names) if names else NOTHING
