"""What a comparison says in words, and what the compared versions are called."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.elements.history.comparing import Comparison
from throughline.elements.models import Edition


def when(moment: datetime) -> str:
    """A moment in the reader's zone, for a list to choose from."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def title_of(what: Edition | str, choices: Iterable[tuple[str, str]]) -> str:
    """What a version or an edition is called."""
    if isinstance(what, Edition):
        told = {"number": what.number, "date": date_format(what.adopted_on, "DATE_FORMAT")}
        return _("Edition %(number)s, adopted %(date)s") % told
    return dict(choices).get(what) or _("Version %(number)s") % {"number": what}


def summary(found: Comparison) -> list[str]:
    """How much changed, a sentence each."""
    counts = found.counts
    told = [
        ngettext("%(count)s paragraph changed.", "%(count)s paragraphs changed.", counts["changed"])
        % {"count": counts["changed"]},
        ngettext("%(count)s paragraph added.", "%(count)s paragraphs added.", counts["added"])
        % {"count": counts["added"]},
        ngettext("%(count)s paragraph removed.", "%(count)s paragraphs removed.", counts["removed"])
        % {"count": counts["removed"]},
        ngettext("%(count)s paragraph moved.", "%(count)s paragraphs moved.", counts["moved-here"])
        % {"count": counts["moved-here"]},
        ngettext(
            "Only the formatting of %(count)s paragraph changed.",
            "Only the formatting of %(count)s paragraphs changed.",
            counts["formatted"],
        )
        % {"count": counts["formatted"]},
        ngettext("%(count)s word added.", "%(count)s words added.", counts["words-new"])
        % {"count": counts["words-new"]},
        ngettext("%(count)s word removed.", "%(count)s words removed.", counts["words-gone"])
        % {"count": counts["words-gone"]},
    ]
    kinds = ("changed", "added", "removed", "moved-here", "formatted", "words-new", "words-gone")
    return [words for kind, words in zip(kinds, told, strict=True) if counts[kind]]
