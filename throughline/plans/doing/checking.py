"""What an action may say: the rules that adding and changing share."""

import itertools
from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.kit.days import slip_in
from throughline.kit.text import clean_line, clean_text
from throughline.plans.doing.waiting import way_back
from throughline.plans.models import Action, Goal, Waits
from throughline.schools.models import Membership, Organisation

TITLE_LIMIT, TEXT_LIMIT, MOST_ACTIONS = 300, 2_000, 2_000
TEXTS = ("done_when", "resources")
DAYS = ("starts_on", "due_on")


class Told(TypedDict, total=False):
    """What can be said of an action; what is left out stays as it is."""

    title: str
    goal: Goal | None
    owner: Membership | None
    helpers: Iterable[Membership]
    starts_on: date | None
    due_on: date | None
    done_when: str
    resources: str
    waits_for: Iterable[Action]
    competencies: Iterable[UUID]


def cleaned(told: Told) -> dict[str, Any]:
    """With its words as they are kept, and its people and actions each once."""
    found: dict[str, Any] = dict(told)
    if "title" in found:
        found["title"] = clean_line(found["title"])
    for name in TEXTS:
        if name in found:
            found[name] = clean_text(found[name])
    for name in ("helpers", "waits_for"):
        if name in found:
            found[name] = list({each.pk: each for each in found[name]}.values())
    return found


def errors_in(told: dict[str, Any], action: Action) -> dict[str, str]:
    """What is wrong with what is said of an action, sentence by field. `action` is what stands; it may be a new one."""
    errors = {**_wrong_words(told), **_wrong_days(told, action)}
    organisation = action.organisation_id
    goal = told.get("goal")
    if goal is not None and goal.organisation_id != organisation:
        errors["goal"] = _("Choose a goal of this plan.")
    owner = told.get("owner")
    if owner is not None and owner.pk != action.owner_id and not _is_here(owner, organisation):
        errors["owner"] = _("Choose people who belong to this organization.")
    stay = (
        set(action.helpers.values_list("membership", flat=True))
        if told.get("helpers") and _kept(action)
        else ()
    )
    if any(not _is_here(each, organisation) and each.pk not in stay for each in told.get("helpers", ())):
        errors["helpers"] = _("Choose people who belong to this organization.")
    if told.get("waits_for") and (wrong := _wrong_waits(action, told["waits_for"])):
        errors["waits_for"] = wrong
    return errors


def _kept(action: Action) -> bool:
    return not action._state.adding


def _is_here(member: Membership, organisation: UUID) -> bool:
    return member.is_active and member.organisation_id == organisation


def _wrong_words(told: dict[str, Any]) -> dict[str, str]:
    errors = {}
    if "title" in told and not 0 < len(told["title"]) <= TITLE_LIMIT:
        errors["title"] = _("Say what is done, in at most %(most)d characters.") % {"most": TITLE_LIMIT}
    for name in TEXTS:
        if len(told.get(name, "")) > TEXT_LIMIT:
            errors[name] = _("Please keep this under %(most)s characters.") % {"most": TEXT_LIMIT}
    return errors


def _wrong_days(told: dict[str, Any], action: Action) -> dict[str, str]:
    errors = {name: wrong for name in DAYS if (wrong := slip_in(told.get(name)))}
    starts, due = (told.get(name, getattr(action, name)) for name in DAYS)
    if starts and due and due < starts:
        errors["due_on"] = _("It can’t be due before it starts.")
    return errors


def _wrong_waits(action: Action, wanted: list[Action]) -> str:
    if any(each.organisation_id != action.organisation_id for each in wanted):
        return _("Choose actions of this plan.")
    # Two who close a circle from both ends at once come one after the other.
    Organisation.objects.select_for_update(no_key=True).get(pk=action.organisation_id)
    waits: dict[UUID, list[UUID]] = {}
    for one, other in Waits.objects.filter(organisation=action.organisation_id).values_list("action", "on"):
        waits.setdefault(one, []).append(other)
    for each in wanted:
        if way := way_back(waits, action.pk, each.pk):
            return in_words(way)
    return ""


def in_words(way: tuple[UUID, ...]) -> str:
    """Why an action can’t wait for another: the circle that would come of it, said step by step. One query."""
    if len(way) == 1:
        return _("An action can’t wait for itself.")
    titles = dict(Action.objects.filter(pk__in=way).values_list("pk", "title"))
    step = _("“%(one)s” waits for “%(other)s”")
    steps = [step % {"one": titles[one], "other": titles[other]} for one, other in itertools.pairwise(way)]
    return _("That would be a circle: %(steps)s.") % {"steps": "; ".join(steps)}
