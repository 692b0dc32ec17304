"""What was agreed on each competency as the page of a report says it: a plain function, because a report has an entry for
every competency and a template takes several times as long."""

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from throughline.journeys.report.contents import Entry
from throughline.records.profile.picture import mark_of
from throughline.ui.pieces import NOTHING


def entry_markup(entry: Entry) -> SafeString:
    """One competency: where it stands, the step, the reason, who sees it differently, and what it rests on."""
    recheck = format_html(" · {}", _("to re-check")) if entry.recheck else NOTHING
    why = format_html('<p class="small">{}</p>', entry.why) if entry.why else NOTHING
    return format_html(
        '<div class="entry"><h4>{}</h4><p>{} {}{} · {}</p><p dir="auto">{}</p>{}{}'
        '<p class="quiet small">{}{}{}</p></div>',
        entry.name,
        mark_of(entry.standing, entry.hue, entry.recheck, False),
        entry.standing_word,
        recheck,
        entry.outcome,
        linebreaksbr(entry.reason),
        why,
        _dissent(entry),
        entry.spread,
        _sources(entry),
        format_html(" {}", _("Check again on %(date)s.") % {"date": entry.check_on})
        if entry.check_on
        else NOTHING,
    )


def _dissent(entry: Entry) -> SafeString:
    if not entry.dissent:
        return NOTHING
    words = _("Not everyone agreed:")
    return format_html(
        '<p><strong>{}</strong> <span dir="auto">{}</span></p>', words, linebreaksbr(entry.dissent)
    )


def _sources(entry: Entry) -> SafeString:
    if not entry.sources:
        return NOTHING
    numbers = format_html_join(
        " ", '<a href="#evidence-{}">[{}]</a>', ((each, each) for each in entry.sources)
    )
    return format_html(" {} {}.", _("Evidence:"), numbers)
