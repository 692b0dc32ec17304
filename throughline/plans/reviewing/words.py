"""What a review gathered, as sentences: the same for one that is open and one that was frozen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.plans.measuring.numbers import in_words as number_in_words
from throughline.plans.models import ReviewRemark
from throughline.plans.reviewing.queries import outcome_in_words, state_in_words
from throughline.ui.times import day_in_words


@dataclass(frozen=True, slots=True)
class Told:
    """One thing: its name, what is to be said of it, and people's own words."""

    name: str
    notes: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the review with what was remarked to it."""

    about: str
    title: str
    things: tuple[Told, ...]
    remarks: tuple[dict[str, Any], ...]


def _when(day: str) -> str:
    return day_in_words(date.fromisoformat(day)) if day else ""


def _joined(*words: str) -> str:
    return " · ".join(each for each in words if each)


def _by(day: str) -> str:
    return _("by %(date)s") % {"date": _when(day)} if day else ""


def _priority(each: dict[str, Any]) -> Told:
    return Told(each["name"], _joined(_("priority"), _by(each["by_when"])))


def _goal(each: dict[str, Any]) -> Told:
    done = ngettext("%(n)d action done", "%(n)d actions done", each["done"]) % {"n": each["done"]}
    left = ngettext("%(n)d left", "%(n)d left", each["left"]) % {"n": each["left"]}
    notes = _joined(each["for_whom"], state_in_words(each["state"]), _by(each["by_when"]), done, left)
    return Told(each["title"], notes, each["why"])


def _measure(each: dict[str, Any]) -> Told:
    unit = each["unit"]
    read = " → ".join(f"{number_in_words(Decimal(value), unit)} ({_when(on)})" for on, value in each["read"])
    times = ngettext("read once", "read %(n)d times", each["times"]) % {"n": each["times"]}
    target = ""
    if each["target"]:
        target = _("should be %(value)s") % {"value": number_in_words(Decimal(each["target"]), unit)}
    return Told(each["title"], _joined(read or _("no value in this time"), times if read else "", target))


def _test(each: dict[str, Any]) -> Told:
    notes = _joined(
        _("cycle %(number)s") % {"number": each["number"]},
        outcome_in_words(each["outcome"]) or _("being tried"),
    )
    return Told(each["title"], notes, each["learned"] or each["prediction"])


def _policy(each: dict[str, Any]) -> Told:
    notes = _joined(
        _("revision %(number)s") % {"number": each["number"]}, each["adopted_by"], _when(each["adopted_on"])
    )
    return Told(each["title"], notes, each["reason"])


def _line(each: dict[str, Any]) -> Told:
    return Told(each["about"] or _("The plan"), _joined(_when(each["on"]), *each["words"]), each["text"])


SAID: dict[str, tuple[tuple[str, Callable[[dict[str, Any]], Told]], ...]] = {
    ReviewRemark.About.PRIORITIES: (("priorities", _priority), ("goals", _goal)),
    ReviewRemark.About.MEASURES: (("measures", _measure),),
    ReviewRemark.About.TESTS: (("tests", _test),),
    ReviewRemark.About.POLICIES: (("policies", _policy),),
    ReviewRemark.About.LOG: (("log", _line),),
    ReviewRemark.About.NEXT: (),
}


def parts_of(content: dict[str, Any]) -> list[Part]:
    """The parts of a review in their order. Pure."""
    return [
        Part(
            about,
            str(ReviewRemark.About(about).label),
            tuple(say(each) for name, say in sources for each in content[name]),
            tuple(each for each in content["remarks"] if each["about"] == about),
        )
        for about, sources in SAID.items()
    ]
