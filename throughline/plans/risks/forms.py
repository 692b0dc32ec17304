"""The form of a risk."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.plans.choosing import CompetenciesField
from throughline.plans.doing.forms import Offered, owner_choices
from throughline.plans.models import Risk
from throughline.plans.risks.checking import TEXT_LIMIT, TITLE_LIMIT
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import ChoicePills, date_input


class RiskForm(AsSeen, forms.Form):
    """What could go wrong, how likely and how bad, and what is done about it."""

    title = forms.CharField(
        label=_("What could go wrong?"), max_length=TITLE_LIMIT, widget=forms.Textarea(attrs={"rows": 2})
    )
    likelihood = forms.TypedChoiceField(
        label=_("How likely is it?"), coerce=int, choices=Risk.Size.choices, widget=ChoicePills()
    )
    effect = forms.TypedChoiceField(
        label=_("How bad would it be?"), coerce=int, choices=Risk.Size.choices, widget=ChoicePills()
    )
    response = forms.CharField(
        label=_("What do we do about it?"),
        help_text=_("So that it doesn’t happen, or for when it does."),
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    goal = forms.TypedChoiceField(label=_("Goal"), coerce=UUID, empty_value=None, required=False)
    owner = forms.TypedChoiceField(label=_("Who watches it?"), coerce=UUID, empty_value=None, required=False)
    review_on = forms.DateField(label=_("When do we look at it again?"), required=False, widget=date_input())
    competencies = CompetenciesField(_("Which competencies would it hold up?"))

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["goal"].choices = [("", _("The whole plan")), *offered.goals]
        fields["owner"].choices = owner_choices(offered.people, offered.besides)
        fields["competencies"].offer(offered.competencies)
