"""What small tests may say: the rules that their verbs share."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.kit.days import slip_in
from throughline.kit.text import clean_line, clean_text
from throughline.plans.models import Cycle, Goal
from throughline.plans.policy import STAFF
from throughline.schools.models import Membership

TITLE_LIMIT, TEXT_LIMIT, MOST_TESTS, MOST_CYCLES = 300, 4_000, 500, 99


@dataclass(frozen=True, slots=True)
class Idea:
    """What a small test is about."""

    title: str
    question: str = ""
    goal: Goal | None = None
    owner: Membership | None = None
    competencies: tuple[UUID, ...] = ()

    def cleaned(self) -> "Idea":
        """With its words as they are kept."""
        return Idea(
            clean_line(self.title), clean_text(self.question), self.goal, self.owner, self.competencies
        )


@dataclass(frozen=True, slots=True)
class Trial:
    """What a cycle tries, and what is expected of it."""

    change: str
    prediction: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    def cleaned(self) -> "Trial":
        """With its words as they are kept."""
        return Trial(clean_text(self.change), clean_text(self.prediction), self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True)
class Found:
    """What happened, how it compares with the prediction, and what was learned."""

    happened: str
    compared: str = ""
    learned: str = ""

    def cleaned(self) -> "Found":
        """With its words as they are kept."""
        return Found(clean_text(self.happened), clean_text(self.compared), clean_text(self.learned))


def wrong_idea(idea: Idea, by: Membership, owner_now: UUID | None = None) -> dict[str, str]:
    """What is wrong with it, by field."""
    errors = {}
    if not 0 < len(idea.title) <= TITLE_LIMIT:
        errors["title"] = _("Give it a name of at most %(most)d characters.") % {"most": TITLE_LIMIT}
    if not idea.question:
        errors["question"] = _("Say what you want to find out.")
    if idea.goal is not None and idea.goal.organisation_id != by.organisation_id:
        errors["goal"] = _("Choose a goal of this plan.")
    if idea.owner is not None and idea.owner.pk != owner_now and not _is_staff(idea.owner, by):
        errors["owner"] = _("Choose somebody of the staff.")
    return errors | _too_long(question=idea.question)


def _is_staff(member: Membership, by: Membership) -> bool:
    here = member.organisation_id == by.organisation_id and member.is_active
    return here and not member.roles.isdisjoint({role.value for role in STAFF})


def wrong_trial(trial: Trial) -> dict[str, str]:
    """What is wrong with it, by field."""
    errors = {
        name: wrong
        for name, day in (("starts_on", trial.starts_on), ("ends_on", trial.ends_on))
        if (wrong := slip_in(day))
    }
    if not trial.change:
        errors["change"] = _("Say what you change.")
    if trial.starts_on and trial.ends_on and trial.ends_on < trial.starts_on:
        errors["ends_on"] = _("It can’t end before it begins.")
    return errors | _too_long(change=trial.change, prediction=trial.prediction)


def wrong_found(found: Found) -> dict[str, str]:
    """What is too long."""
    return _too_long(happened=found.happened, compared=found.compared, learned=found.learned)


def wrong_ending(found: Found, outcome: str, on: date, cycle: Cycle) -> dict[str, str]:
    """What is missing before a cycle can end."""
    errors = {}
    if not found.happened:
        errors["happened"] = _("Say what happened.")
    if not found.compared:
        errors["compared"] = _("Say how it compares with the prediction.")
    if not found.learned:
        errors["learned"] = _("Say what you learned, be it little.")
    if outcome not in Cycle.Outcome.values:
        errors["outcome"] = _("Choose what follows.")
    if on > clock.today():
        errors["on"] = _("This day hasn’t come yet.")
    elif cycle.starts_on and on < cycle.starts_on:
        errors["on"] = _("It can’t end before it begins.")
    return errors | wrong_found(found)


def _too_long(**texts: str) -> dict[str, str]:
    words = _("Please keep this under %(most)s characters.") % {"most": TEXT_LIMIT}
    return {name: words for name, text in texts.items() if len(text) > TEXT_LIMIT}
