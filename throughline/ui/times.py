"""Times and dates as people say them: absolute, and as seen from now."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from throughline.kit import clock

NOTHING = mark_safe("")


def moment(at: datetime | None, style: str = "both") -> SafeString:
    """A point in time in the reader's zone. `style`: both, absolute, relative."""
    if at is None:
        return NOTHING
    local = timezone.localtime(at)
    absolute = date_format(local, pgettext("date and time format", "F j, Y, g:i A"))
    return _time(at.isoformat(), absolute, "" if style == "absolute" else ago(at), style)


def day(on: date | None, style: str = "both") -> SafeString:
    """A date of school life. `style`: both, absolute, relative."""
    if on is None:
        return NOTHING
    if isinstance(on, datetime):
        on = timezone.localdate(on)
    absolute = day_in_words(on)
    return _time(on.isoformat(), absolute, "" if style == "absolute" else days_away(on), style)


def day_in_words(on: date) -> str:
    """A date in full, as the reader's language writes it. A point in time is taken in the reader's zone."""
    return _written(on, pgettext("date format", "F j, Y"))


def month_in_words(on: date) -> str:
    """A month as a place in time: November 2026."""
    return _written(on, pgettext("month and year", "F Y"))


def month_shortly(on: date) -> str:
    """A month where there is little room: Nov 2026."""
    return _written(on, pgettext("short month and year", "M Y"))


def _written(on: date, form: str) -> str:
    return _kept(timezone.localdate(on) if isinstance(on, datetime) else on, form, get_language())


@lru_cache(maxsize=1024)
def _kept(day: date, form: str, language: str | None) -> str:
    """Writing a date takes some dozens of lookups, and a page may show the same few days thirty times."""
    return date_format(day, form)


def _time(machine: str, absolute: str, relative: str, style: str) -> SafeString:
    if style == "relative" and relative:
        return format_html('<time datetime="{}" title="{}">{}</time>', machine, absolute, relative)
    if not relative:
        return format_html('<time datetime="{}">{}</time>', machine, absolute)
    return format_html(
        '<time datetime="{}"><span class="nowrap">{}</span> <span class="quiet nowrap">({})</span></time>',
        machine,
        absolute,
        relative,
    )


def ago(at: datetime) -> str:
    """How long ago, or how soon, in words; nothing exact below a minute."""
    seconds = (at - clock.now()).total_seconds()
    minutes = round(abs(seconds) / 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        if seconds < 0:
            return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
        return ngettext("in %(n)d minute", "in %(n)d minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    if hours < 12:
        if seconds < 0:
            return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
        return ngettext("in %(n)d hour", "in %(n)d hours", hours) % {"n": hours}
    return days_away(timezone.localdate(at))


def days_away(on: date) -> str:
    """A date as seen from today, in words that grow coarser with distance."""
    days = (on - clock.today()).days
    if -1 <= days <= 1:
        return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[days]
    far = abs(days)
    if far < 60:
        past = ngettext("%(n)d day ago", "%(n)d days ago", far)
        return (past if days < 0 else ngettext("in %(n)d day", "in %(n)d days", far)) % {"n": far}
    if far < 700:
        months = round(far / 30.44)
        past = ngettext("%(n)d month ago", "%(n)d months ago", months)
        return (past if days < 0 else ngettext("in %(n)d month", "in %(n)d months", months)) % {"n": months}
    years = round(far / 365.25)
    past = ngettext("%(n)d year ago", "%(n)d years ago", years)
    return (past if days < 0 else ngettext("in %(n)d year", "in %(n)d years", years)) % {"n": years}
