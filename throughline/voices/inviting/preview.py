"""A list of addresses as it stands against who has a letter already: what would be sent, and what must be put right."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.languages import name_of
from throughline.voices.inviting.actions import MOST_LETTERS, Addressee
from throughline.voices.inviting.actions.letters import has_letter
from throughline.voices.inviting.lists import Kind, Line, language_words, read
from throughline.voices.models import Asked
from throughline.voices.spool.marks import address_hash

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole list. `known` are addresses that have a letter; nothing here knows who has answered."""

    lines: list[Line]
    known: frozenset[str]
    failed: frozenset[str]  # could not be delivered last time
    asked: Asked

    @property
    def wrong(self) -> list[Line]:
        """Lines that must be put right first."""
        return [each for each in self.lines if each.kind == Kind.WRONG]

    @property
    def aside(self) -> list[Line]:
        """Lines that get no letter, and need not be put right."""
        return [each for each in self.lines if each.kind in (Kind.HEADING, Kind.DOUBLED)]

    @property
    def already(self) -> list[Line]:
        """Lines that have a letter."""
        return [each for each in self.lines if each.kind == Kind.FINE and each.email in self.known]

    @property
    def new(self) -> list[Line]:
        """Lines that get one."""
        return [each for each in self.lines if each.kind == Kind.FINE and each.email not in self.known]

    @property
    def error(self) -> str:
        """Why there is nothing to look at."""
        if not self.lines:
            return _("There is nobody in this list yet. Enter one address per line.")
        if len(self.lines) > MOST_LETTERS:
            told = {"n": len(self.lines), "limit": MOST_LETTERS}
            return (
                _("This list has %(n)d lines. Please send no more than %(limit)d letters at a time.") % told
            )
        return ""

    @property
    def is_ready(self) -> bool:
        """Nothing is wrong, and somebody gets a letter."""
        return not self.error and not self.wrong and bool(self.new)

    @property
    def summary(self) -> str:
        """In one sentence."""
        if self.wrong:
            return ngettext(
                "%(n)d line needs fixing. Nothing is sent until every line is right.",
                "%(n)d lines need fixing. Nothing is sent until every line is right.",
                len(self.wrong),
            ) % {"n": len(self.wrong)}
        if not self.new:
            return _("Everybody on this list has a letter already.")
        return ngettext("%(n)d letter will be sent.", "%(n)d letters will be sent.", len(self.new)) % {
            "n": len(self.new)
        }

    @property
    def notes(self) -> list[str]:
        """What else should be known before it is sent."""
        found = []
        languages = Counter(each.language for each in self.new)
        if len(self.asked.listening.languages) > 1:
            found += [
                _("In %(language)s: %(n)d") % {"language": name_of(code), "n": n}
                for code, n in sorted(languages.items())
            ]
        if self.already:
            n = len(self.already)
            found.append(
                ngettext(
                    "%(n)d address has a letter already and gets no second one.",
                    "%(n)d addresses have a letter already and get no second one.",
                    n,
                )
                % {"n": n}
            )
        invited = self.asked.invited
        if invited is not None and len(self.already) + len(self.new) > invited:
            found.append(
                _("You said that %(invited)d people are in this group. This list holds more addresses.")
                % {"invited": invited}
            )
        return found

    @property
    def rows(self) -> list[Line]:
        """As they are shown, what needs attention first."""
        again = [each for each in self.new if each.email in self.failed]
        new = [each for each in self.new if each.email not in self.failed]
        return [*self.wrong, *again, *self.aside, *self.already, *new][:SHOWN]

    @property
    def more(self) -> int:
        """How many lines are not shown; never one that is wrong, unless it is hopeless."""
        return max(0, len(self.lines) - SHOWN)

    @property
    def addressees(self) -> list[Addressee]:
        """For the verb."""
        return [Addressee(each.email, each.language) for each in (*self.already, *self.new)]


def preview(asked: Asked, *, text: str, usual: str) -> Preview:
    """Read a list. One query."""
    lines = read(text, words=language_words(asked.listening.languages), usual=usual)
    written = has_letter(asked)
    fared = {each.email: written.get(address_hash(asked.pk, each.email)) for each in lines if each.email}
    known = frozenset(each for each, failed in fared.items() if failed is False)
    return Preview(lines, known, frozenset(each for each, failed in fared.items() if failed), asked)
