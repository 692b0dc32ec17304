"""What an answer may hold: nothing that was not asked, nothing that was not offered, nothing too long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from throughline.kit.text import clean_text
from throughline.voices.scales import is_step

MOST_WORDS = 2_000

Content = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Asks:
    """What one person is asked: codes of questions with steps; open ones, code → question; choices of each background question."""

    steps: frozenset[str]
    words: Mapping[str, UUID]
    background: Mapping[str, frozenset[str]]


@dataclass(slots=True)
class Given:
    """What stands on a page that was sent."""

    steps: dict[str, int] = field(default_factory=dict)
    background: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def over(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """What was held, with this in its place, as it was typed."""
        return {name: {**content.get(name, {}), **getattr(self, name)} for name in self.__slots__}


def choices_of(background: list[dict[str, Any]]) -> dict[str, frozenset[str]]:
    """The choices of each background question of a listening, by their codes."""
    return {each["code"]: frozenset(choice["code"] for choice in each["choices"]) for each in background}


def with_more(
    held: Content,
    asks: Asks,
    *,
    steps: Mapping[str, int | None],
    background: Mapping[str, str],
    words: Mapping[str, str],
) -> Content:
    """What was held, with what is said now in its place. None, "" take an answer back. Raises `ValidationError`."""
    _refuse_what_was_not_asked(asks, steps, background, words)
    return {
        "steps": _laid_over(held.get("steps", {}), dict(steps)),
        "background": _laid_over(held.get("background", {}), dict(background)),
        "words": _laid_over(held.get("words", {}), _cleaned(words)),
    }


def is_empty(content: Mapping[str, Any]) -> bool:
    """Whether nothing was answered. What somebody says of themselves alone is no answer."""
    return not content.get("steps") and not content.get("words")


def _refuse_what_was_not_asked(
    asks: Asks, steps: Mapping[str, int | None], background: Mapping[str, str], words: Mapping[str, str]
) -> None:
    fits = (
        asks.steps.issuperset(steps)
        and asks.words.keys() >= words.keys()
        and all(step is None or is_step(step) for step in steps.values())
        and all(
            code in asks.background and (not choice or choice in asks.background[code])
            for code, choice in background.items()
        )
        and all(isinstance(text, str) for text in words.values())
    )
    if not fits:
        raise ValidationError(_("This answer does not fit the questions. Load the page again."))


def _cleaned(words: Mapping[str, str]) -> dict[str, str]:
    said, too_long = {}, {}
    for code, text in words.items():
        said[code] = clean_text(text)
        if len(said[code]) > MOST_WORDS:
            too_long[code] = _("At most %(most)d characters.") % {"most": MOST_WORDS}
    if too_long:
        raise ValidationError(too_long)
    return said


def _laid_over(held: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    return {code: value for code, value in {**held, **said}.items() if value is not None and value != ""}
