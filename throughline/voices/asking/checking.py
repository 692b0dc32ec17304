"""What a listening, a group and a question may say: the rules that adding and changing share."""

from datetime import date
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.kit.days import slip_in
from throughline.kit.text import clean_line, clean_text
from throughline.schools.models import Membership
from throughline.voices.asking.background import Background, wrong_in
from throughline.voices.models import LEAST_THRESHOLD, MOST_DAYS_KEPT, Listening

TITLE_LIMIT, TEXT_LIMIT, CONTACT_LIMIT = 200, 300, 500
MOST_THRESHOLD, MOST_INVITED = 100, 1_000_000


class Told(TypedDict, total=False):
    """What can be said of a listening; what is left out stays as it is. `contact`: language → whom to turn to."""

    title: str
    opens_on: date | None
    closes_on: date | None
    threshold: int
    days_kept: int
    contact: dict[str, str]
    reader: Membership | None
    background: Background


class ToldOfGroup(TypedDict, total=False):
    """What can be said of a group that is asked."""

    invited: int | None
    expected: int
    young: bool
    by_link: bool
    by_code: bool
    counted_with: str


def cleaned(told: Told) -> dict[str, Any]:
    """With its words as they are kept."""
    found: dict[str, Any] = dict(told)
    if "title" in found:
        found["title"] = clean_line(found["title"])
    if "contact" in found:
        words = {language: clean_text(text) for language, text in found["contact"].items()}
        found["contact"] = {language: text for language, text in words.items() if text}
    return found


def errors_in(told: dict[str, Any], listening: Listening) -> dict[str, str]:
    """What is wrong with what is said of a listening, sentence by field."""
    errors: dict[str, str] = {}
    if "title" in told and not 0 < len(told["title"]) <= TITLE_LIMIT:
        errors["title"] = _("Give the listening a name of at most %(most)d characters.") % {
            "most": TITLE_LIMIT
        }
    if not LEAST_THRESHOLD <= told.get("threshold", LEAST_THRESHOLD) <= MOST_THRESHOLD:
        errors["threshold"] = _("Choose a number from %(least)d to %(most)d.") % {
            "least": LEAST_THRESHOLD,
            "most": MOST_THRESHOLD,
        }
    if not 1 <= told.get("days_kept", 1) <= MOST_DAYS_KEPT:
        errors["days_kept"] = _("Choose a number from %(least)d to %(most)d.") % {
            "least": 1,
            "most": MOST_DAYS_KEPT,
        }
    errors |= _days(told, listening)
    reader = told.get("reader")
    if reader is not None and (reader.organisation_id != listening.organisation_id or not reader.is_active):
        errors["reader"] = _("Choose somebody who belongs to this organization.")
    if any(len(text) > CONTACT_LIMIT for text in told.get("contact", {}).values()):
        errors["contact"] = _("Please keep this under %(most)s characters.") % {"most": CONTACT_LIMIT}
    if wrong := wrong_in(told.get("background", []), listening.languages):
        errors |= wrong
    return errors


def _days(told: dict[str, Any], listening: Listening) -> dict[str, str]:
    opens = told.get("opens_on", listening.opens_on)
    closes = told.get("closes_on", listening.closes_on)
    for name in ("opens_on", "closes_on"):
        if wrong := slip_in(told.get(name)):
            return {name: wrong}
    if opens and closes and closes < opens:
        return {"closes_on": _("The last day comes before the first.")}
    if "closes_on" in told and closes and closes < clock.today():
        return {"closes_on": _("This day has passed.")}
    return {}


def errors_in_group(told: dict[str, Any]) -> dict[str, str]:
    """What is wrong with what is said of a group."""
    errors: dict[str, str] = {}
    invited = told.get("invited")
    if invited is not None and not 0 < invited <= MOST_INVITED:
        errors["invited"] = _("How many people are in this group?")
    if not 1 <= told.get("expected", 1) <= 100:
        errors["expected"] = _("Choose a number from %(least)d to %(most)d.") % {"least": 1, "most": 100}
    if not told.get("by_link", True) and not told.get("by_code", True):
        errors["by_link"] = _("Choose at least one way in.")
    return errors
