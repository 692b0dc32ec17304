"""Forms of a goal: what will be true, and whether it is reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.tree import CompetencyItem
from throughline.plans.choosing import CompetenciesField
from throughline.plans.goals.checking import TEXT_LIMIT, TITLE_LIMIT
from throughline.plans.models import Goal
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import ChoicePills, date_input


@dataclass(slots=True)
class Offered:
    """What the lists of the form offer."""

    journeys: Sequence[tuple[UUID, str]]
    priorities: Sequence[tuple[UUID, str]]
    competencies: Sequence[CompetencyItem]


class GoalForm(AsSeen, forms.Form):
    """What will be true, for whom, by when, and where it comes from."""

    title = forms.CharField(
        label=_("What will be true?"),
        help_text=_("As if it were so already: “Every learner can say what comes next.”"),
        max_length=TITLE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    for_whom = forms.CharField(
        label=_("For whom?"),
        help_text=_("All learners, or those who wait for it most."),
        required=False,
        max_length=TITLE_LIMIT,
    )
    by_when = forms.DateField(label=_("By when?"), required=False, widget=date_input())
    journey = forms.TypedChoiceField(label=_("Which journey is it part of?"), coerce=UUID)
    priority = forms.TypedChoiceField(
        label=_("Which priority does it follow from?"), coerce=UUID, empty_value=None, required=False
    )
    competencies = CompetenciesField(_("Which competencies does it serve?"))

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["journey"].choices = list(offered.journeys)
        if len(offered.journeys) == 1:
            fields["journey"].widget = forms.HiddenInput()
            fields["journey"].initial = offered.journeys[0][0]
        fields["priority"].choices = [("", _("None of them")), *offered.priorities]
        if not offered.priorities:
            del fields["priority"]
        fields["competencies"].offer(offered.competencies)


class GoalStateForm(forms.Form):
    """Whether it is reached, and how one sees it; or why it is given up."""

    state = forms.ChoiceField(label=_("How does it stand?"), choices=Goal.State.choices, widget=ChoicePills())
    why = forms.CharField(
        label=_("How does one see it, or why is it given up?"),
        help_text=_("Giving up needs a reason. It stands in the log for good."),
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
