"""What waits for a person. Sources are functions that look at a `Desk`; each may use one query of its own.

    @source
    def letters_to_sign(desk: Desk) -> list[Waiting]: ...

Heavier things come first. Nothing waits twice, and nothing is invented to look busy.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import unescape

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from throughline.home.desk import Desk
from throughline.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing: what it is, a sentence about it, where it is done and what to press, how long it takes."""

    title: str
    detail: str
    organisation: str
    weight: int
    href: str = ""
    action: str = ""
    minutes: int | None = None
    due: date | None = None

    @property
    def label(self) -> str:
        """What the button is called for somebody who hears it alone."""
        return _("%(action)s: %(title)s") % {"action": self.action, "title": unescape(strip_tags(self.title))}


_sources = Registry[Callable[[Desk], list[Waiting]]]()
source = _sources.add


def waiting_for(desk: Desk) -> list[Waiting]:
    """Everything that waits, the most pressing first; of two equals the one that is due sooner."""
    found = [each for find in _sources for each in find(desk)]
    return sorted(found, key=lambda each: (-each.weight, each.due or date.max, each.title))


def named(sentence: str, **names: str) -> SafeString:
    """A sentence with `{names}` in it, each kept together whatever its direction."""
    return format_html(sentence, **{key: format_html("<bdi>{}</bdi>", name) for key, name in names.items()})
