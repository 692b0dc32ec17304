"""Narrowing and sorting a list of the plan: questions with answers that occur in the list. Pure but for one read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from throughline.kit.prepared import prepared
from throughline.plans.models import Goal
from throughline.schools.models import Membership

NONE = "none"  # the answer for what has no goal, or nobody who looks after it
Answers = list[tuple[str, str]]


class Question(NamedTuple):
    """A question about a list; its answers in groups, the first of which has no heading; what was chosen."""

    name: str
    label: str
    groups: list[tuple[str, Answers]]
    chosen: str


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The questions of a list, and what was told."""

    questions: tuple[Question, ...]

    def answer(self, name: str) -> str:
        """What was chosen for one of them."""
        return next(each.chosen for each in self.questions if each.name == name)

    @property
    def is_all(self) -> bool:
        """Nothing was chosen, not even an order."""
        return not any(each.chosen for each in self.questions)


def question(told: Mapping[str, str], name: str, label: str, *groups: tuple[str, Answers]) -> Question:
    """A question with these answers. What is none of them counts as not told."""
    known = {value for _heading, answers in groups for value, _words in answers}
    said = told.get(name, "")
    return Question(name, label, [each for each in groups if each[1]], said if said in known else "")


@prepared
def priorities_of_goals(organisation: UUID) -> QuerySet[Goal, tuple[Any, ...]]:
    """The goals that follow from a priority: id of the goal, id of the priority, the competency that it chose. One query."""
    rows = Goal.objects.filter(organisation=organisation, priority__isnull=False)
    return rows.order_by("position", "made_at", "pk").values_list(
        "id", "priority_id", "priority__competency__name"
    )


def goal_question(
    told: Mapping[str, str], goals: Iterable[Goal | None], priorities: Iterable[tuple[UUID, UUID, str]]
) -> Question:
    """Which goal or priority: those that occur in the list."""
    here = list(goals)
    named = {str(goal.pk): goal.title for goal in here if goal}
    chosen = {str(key): words for goal, key, words in priorities if str(goal) in named}
    first = [("", _("All goals")), *([(NONE, _("Without a goal"))] if None in here else [])]
    return question(
        told,
        "goal",
        _("Goal or priority"),
        ("", first),
        (_("Goals"), list(named.items())),
        (_("Priorities"), list(chosen.items())),
    )


def belongs(answer: str, priorities: Iterable[tuple[UUID, UUID, str]]) -> Callable[[UUID | None], bool]:
    """Whether a part of this goal is asked for."""
    if not answer or answer == NONE:
        return lambda goal: not answer or goal is None
    wanted = {str(goal) for goal, key, _words in priorities if str(key) == answer} or {answer}
    return lambda goal: str(goal) in wanted


def person_question(told: Mapping[str, str], label: str, people: Iterable[Membership | None]) -> Question:
    """Whose: those who look after something in the list and are here."""
    here = list(people)
    named = {str(each.pk): each.name for each in here if each and each.is_active}
    first = [("", _("Everybody")), *([(NONE, _("Nobody"))] if any(map(_is_nobody, here)) else [])]
    ordered = sorted(named.items(), key=lambda pair: pair[1].casefold())
    return question(told, "who", label, ("", [*first, *ordered]))


def _is_nobody(person: Membership | None) -> bool:
    return person is None or not person.is_active


def is_whose(answer: str, person: Membership | None) -> bool:
    """Whether what this person looks after is asked for."""
    if answer == NONE:
        return _is_nobody(person)
    return not answer or (person is not None and str(person.pk) == answer)
