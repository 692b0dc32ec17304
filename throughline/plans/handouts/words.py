"""The fixed words of papers for families. They stand among those of the page (`families.words`), so that a school translates
them beside it into a language that the product doesn’t speak (`apps.py`)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "stood": _("Dates and states as of %(date)s"),
    "online": _("Always up to date, with answers to questions:"),
    "code": _("Code to scan: it opens this page."),
    "card": _("What I want to ask"),
    "card_note": _("You don’t need to write your name."),
    "paper": _("To print (PDF)"),
    "not_yet": _("Draft: please don’t hand out"),
}
