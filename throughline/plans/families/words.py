"""The fixed words of the page. Where the product speaks a language they are in its translation; where it doesn't, the
school translates them beside its own text."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from throughline.plans.families.document import Unit, name_of_text
from throughline.plans.families.sections import SECTIONS

WORDS: dict[str, str | Promise] = {
    **{each.key: each.title for each in SECTIONS},
    "title": _("What is changing at our school"),
    "skip": _("Skip to content"),
    "languages": _("Languages"),
    "contents": _("On this page"),
    "questions": _("Questions and answers"),
    "no_questions": _("Nobody has asked yet. Yours can be the first."),
    "ask": _("Ask a question"),
    "kept": _("What happens to a question"),
    "for_whom": _("For:"),
    "college": _("College and work"),
    "sport": _("Sports"),
    "money": _("Scholarships"),
    "said": _("You said"),
    "did_it": _("We did"),
    "cited": _("From our Call to Action"),
    "read_cited": _("Read all of it"),
    "checked": _(
        "Dates and states come from the school’s plan as it is today. The school last checked this page on %(date)s."
    ),
    "planned": _("planned"),
    "under-way": _("under way"),
    "done": _("done"),
    "dropped": _("given up"),
    "late": _("taking longer than planned"),
    "by": _("by %(date)s"),
    "by_month": _("by the end of %(date)s"),
    "from": _("starting in %(date)s"),
    "between": _("between %(first)s and %(last)s"),
    "was_done": pgettext_lazy("done …", "on %(date)s"),
    "was_by": _("planned for %(date)s"),
    "said_on": _("Last word from the plan: %(date)s"),
    "missing": _("Not everything is translated yet. What isn’t stands here in its own language."),
}
# Those that hold something: a translation has to hold the same.
HOLDERS = ("%(date)s", "%(first)s", "%(last)s")


def speaks(language: str) -> bool:
    """Whether the product itself has words in this language."""
    return language in dict(settings.LANGUAGES)


def fixed_units() -> list[Unit]:
    """The fixed words as pieces to translate, in English."""
    return [
        Unit(name_of_text(text), text, f"words.{key}", "words", "en")
        for key, text in ((key, english(key)) for key in WORDS)
    ]


def english(key: str) -> str:
    """A fixed word as it is written in the code."""
    said = WORDS[key]
    return str(said._args[-1]) if isinstance(said, Promise) else said  # type: ignore[attr-defined]


def fixed_in(language: str, said: Mapping[str, str]) -> dict[str, str]:
    """The fixed words in a language that is active now."""
    if speaks(language):
        return {key: str(text) for key, text in WORDS.items()}
    return {key: said.get(name_of_text(english(key)), english(key)) for key in WORDS}


def holds_the_same(source: str, translated: str) -> bool:
    """Whether every place for a date is still there, and nothing else that would be taken for one."""
    told = dict.fromkeys(HOLDERS, "")
    if any((each in source) != (each in translated) for each in told):
        return False
    return "%" not in translated.replace("%(date)s", "").replace("%(first)s", "").replace("%(last)s", "")
