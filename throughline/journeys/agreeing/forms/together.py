"""Agree together: several competencies in one form, each with a step, perhaps a standing and a reason of its own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from throughline.journeys.agreeing.actions import DOES_NOT_FIT, Together
from throughline.kit.text import clean_text
from throughline.records.models import StandingValue

LATER = "later"
STEPS = ("1", "2", "3", "4")
LONGEST = 4000
REASON = "reason"
# What a verb may find wrong, and the field of a row at which it is said.
_FIELDS = {"step": "step", "standing": "standing", "evidence": "standing", REASON: REASON}


@dataclass(frozen=True, slots=True)
class Sent:
    """One row as it was sent, or as it begins."""

    step: str = ""
    standing: str = ""
    reason: str = ""
    sure: str = ""

    @property
    def untouched(self) -> bool:
        """Nobody said anything about it."""
        return not (self.step or self.standing or clean_text(self.reason))

    @property
    def pair(self) -> str:
        """Step and standing, as they were asked about."""
        return f"{self.step}:{self.standing}"


class TogetherForm:
    """What was sent, and what is wrong with it: by row (the key of a round's item) and field."""

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.errors: dict[str, dict[str, list[str]]] = defaultdict(dict)
        self.asked: set[str] = set()
        self.reason = data.get(REASON, "")
        self.reason_error = ""
        if len(self.reason) > LONGEST:
            self.reason_error = too_long()

    def sent(self, key: str) -> Sent:
        """What stands in one row."""
        return Sent(
            *(self.data.get(f"{name}-{key}", "") for name in ("step", "standing", REASON, "sure")),
        )

    def choices(self, keys: Iterable[str]) -> dict[str, Together]:
        """The rows that are complete. The others are left for later, untouched, or get an error."""
        found = {}
        for key in keys:
            row = self.sent(key)
            if row.step == LATER or row.untouched:
                continue
            if row.step not in STEPS:
                self.errors[key]["step"] = [_("Choose a step, or leave it to discuss.")]
            elif row.standing and row.standing not in StandingValue.values:
                self.errors[key]["standing"] = [_("Choose a standing for this competency.")]
            elif len(row.reason) > LONGEST:
                self.errors[key][REASON] = [too_long()]
            elif not clean_text(row.reason) and (self.reason_error or not clean_text(self.reason)):
                self.errors[key][REASON] = [_("Give a reason here, or one for all at the bottom.")]
                self.reason_error = self.reason_error or _(
                    "Give a reason in a sentence. People will want to know why later on."
                )
            else:
                found[key] = Together(int(row.step), row.standing, row.reason, sure=row.sure == row.pair)
        return found

    def refuse(self, key: str, error: ValidationError) -> None:
        """What a verb found wrong with a row."""
        if not hasattr(error, "error_dict"):
            self.errors[key].setdefault("row", []).extend(error.messages)
            return
        for name, found in error.error_dict.items():
            field = _FIELDS.get(name, "row")
            self.errors[key].setdefault(field, []).extend(line for each in found for line in each.messages)
            if any(each.code == DOES_NOT_FIT for each in found):
                self.asked.add(key)


def too_long() -> str:
    """That a reason is too long."""
    return _("A reason has at most %(most)s characters.") % {"most": LONGEST}
