"""Forms of an action: all that is said of it, a quick line of it, how it goes, its day, what it waits for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.tree import CompetencyItem
from throughline.plans.choosing import CompetenciesField
from throughline.plans.doing.checking import TEXT_LIMIT, TITLE_LIMIT
from throughline.plans.models import Action
from throughline.plans.queries import Known
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import ChoicePills, ManyPills, date_input

FEW = 60  # so many people are offered as helpers whoever they are; in a larger organisation only its staff

Choice = tuple[Any, Any]


@dataclass(slots=True)
class Offered:
    """What the lists of a form offer."""

    people: Sequence[Known]
    goals: Sequence[tuple[UUID, str]]
    competencies: Sequence[CompetencyItem] = ()
    actions: Sequence[tuple[str, list[tuple[UUID, str]]]] = ()
    # People and goals that stand already and would not be offered any more.
    besides: Sequence[Choice] = field(default_factory=list)


def owner_choices(
    people: Iterable[Known], besides: Iterable[Choice] = (), everybody: bool = True
) -> list[Choice]:
    """Nobody, the staff, and the others."""
    staff = [(each.id, each.name) for each in people if each.staff]
    others = [(each.id, each.name) for each in people if not each.staff]
    known = {key for key, _name in (*staff, *others)}
    gone = [each for each in besides if each[0] not in known]
    groups = [(_("Staff"), staff), (_("Others"), others if everybody else [])]
    return [("", _("Nobody yet")), *gone, *((name, rows) for name, rows in groups if rows)]


def _goal_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("Goal"), coerce=UUID, empty_value=None, required=False)


def _owner_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("Who owns it?"), coerce=UUID, empty_value=None, required=False)


class ActionForm(AsSeen, forms.Form):
    """All that is said of an action."""

    title = forms.CharField(
        label=_("What is done?"),
        help_text=_("Begin with a verb: “Write …”, “Try …”, “Ask …”."),
        max_length=TITLE_LIMIT,
    )
    goal = _goal_field()
    owner = _owner_field()
    starts_on = forms.DateField(label=_("Starts on"), required=False, widget=date_input())
    due_on = forms.DateField(label=_("Due on"), required=False, widget=date_input())
    done_when = forms.CharField(
        label=_("How does one see that it is done?"),
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    resources = forms.CharField(
        label=_("What does it need?"),
        help_text=_("Time, money, a room, somebody’s help."),
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    waits_for = forms.TypedMultipleChoiceField(
        label=_("What does it wait for?"),
        coerce=UUID,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    helpers = forms.TypedMultipleChoiceField(
        label=_("Who helps?"), coerce=UUID, required=False, widget=ManyPills()
    )
    competencies = CompetenciesField(_("What does it serve, besides what its goal serves?"))

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["goal"].choices = [("", _("No goal yet")), *offered.goals]
        fields["owner"].choices = owner_choices(offered.people, offered.besides)
        shown = (
            offered.people if len(offered.people) <= FEW else [each for each in offered.people if each.staff]
        )
        helpers = {each.id: each.name for each in shown} | dict(offered.besides)
        fields["helpers"].choices = list(helpers.items())
        if offered.actions:
            fields["waits_for"].choices = list(offered.actions)
        else:
            del fields["waits_for"]
        fields["competencies"].offer(offered.competencies)


class QuickForm(forms.Form):
    """Who does what by when: a line, so that a team types as quickly as it talks."""

    title = forms.CharField(label=_("What is done?"), max_length=TITLE_LIMIT)
    goal = _goal_field()
    owner = _owner_field()
    due_on = forms.DateField(label=_("Due on"), required=False, widget=date_input())

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "quick_%s", **kwargs})
        fields: dict[str, Any] = self.fields
        fields["goal"].choices = [("", _("No goal yet")), *offered.goals]
        fields["owner"].choices = owner_choices(offered.people, offered.besides, everybody=False)


class StateForm(forms.Form):
    """How it stands, with a word."""

    state = forms.ChoiceField(
        label=_("How does it stand?"), choices=Action.State.choices, widget=ChoicePills()
    )
    text = forms.CharField(
        label=_("A word about it"),
        help_text=_("What happened, what was learned. It stands in the log for good."),
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    on = forms.DateField(label=_("Since when?"), required=False, widget=date_input())


class DueForm(AsSeen, forms.Form):
    """Another day, and why."""

    due_on = forms.DateField(label=_("Due on"), required=False, widget=date_input())
    why = forms.CharField(
        label=_("Why?"),
        help_text=_("For those who count on the day."),
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WaitForm(forms.Form):
    """One more action that it waits for."""

    on = forms.TypedChoiceField(label=_("It waits for"), coerce=UUID, empty_value=None)

    def __init__(self, *args: Any, actions: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "wait_%s", **kwargs})
        self.fields["on"].choices = [("", _("Choose an action")), *actions]  # type: ignore[attr-defined]
