"""What those who keep the page should look at. Its readers hear nothing of it."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.kit import clock
from throughline.plans.families.document import Document
from throughline.plans.families.limits import STALE_AFTER
from throughline.plans.families.page import Part
from throughline.plans.families.queries import cited_call
from throughline.plans.families.sections import SECTIONS
from throughline.plans.families.translations import Progress
from throughline.plans.models import PageForFamilies
from throughline.ui.times import day_in_words


def is_stale(checked_on: date | None) -> bool:
    """Whether nobody has looked at the page for too long."""
    return checked_on is None or clock.today() - checked_on > STALE_AFTER


def warnings_of(
    page: PageForFamilies, published: Document, parts: list[Part], languages: list[Progress]
) -> list[str]:
    """Sentences: what of the published page no longer fits."""
    found = []
    if is_stale(page.checked_on) and page.checked_on:
        found.append(
            _(
                "Nobody has checked this page since %(date)s. Read it as a parent would, then say that it is right."
            )
            % {"date": day_in_words(page.checked_on)}
        )
    lost = [line.title.text for part in parts for line in part.lines if line.lost]
    found += [
        _("“%(title)s” follows something that is no longer in the plan. Tie it anew or take it out.")
        % {"title": f"\u2068{each}\u2069"}
        for each in lost
    ]
    found += [
        _("“%(title)s” shows as given up. Say on the page why, or take it out.")
        % {"title": f"\u2068{each}\u2069"}
        for each in _with_tone(parts, "dropped")
    ]
    found += [
        _("“%(title)s” shows as taking longer than planned. Give it a date that you can stand by.")
        % {"title": f"\u2068{each}\u2069"}
        for each in _with_tone(parts, "late")
    ]
    if published.get("why", {}).get("cites") and cited_call(page.organisation, page.language) is None:
        found.append(
            _(
                "The page should begin with your Call to Action, but that isn’t in force and open to everyone now."
            )
        )
    return found + _missing(published) + _behind(languages)


def _with_tone(parts: list[Part], tone: str) -> list[str]:
    return [line.title.text for part in parts for line in part.lines if line.tone == tone]


def _missing(published: Document) -> list[str]:
    missing = [
        str(each.title)
        for each in SECTIONS
        if not any(value for name, value in published.get(each.key, {}).items() if name != "cites")
    ]
    if not missing:
        return []
    return [_("Families don’t read anything yet about: %(sections)s.") % {"sections": ", ".join(missing)}]


def _behind(languages: list[Progress]) -> list[str]:
    found = []
    for each in languages:
        open_ones = each.total - each.done
        if open_ones:
            said = ngettext(
                "%(language)s: %(n)d piece has no translation of its present words.",
                "%(language)s: %(n)d pieces have no translation of their present words.",
                open_ones,
            )
            found.append(said % {"language": f"\u2068{each.name}\u2069", "n": open_ones})
    return found
