"""Forms of a measure and of a value."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.plans.choosing import CompetenciesField
from throughline.plans.doing.forms import Offered, owner_choices
from throughline.plans.measuring.checking import LIMITS, MOST_MONTHS
from throughline.plans.measuring.fields import NumberField
from throughline.plans.models import Measure
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import ChoicePills, date_input


class MeasureForm(AsSeen, forms.Form):
    """What is counted, where it comes from, where it stood and where it should be."""

    title = forms.CharField(label=_("What is measured?"), max_length=LIMITS["title"])
    definition = forms.CharField(
        label=_("How is it counted?"),
        help_text=_("So exactly that somebody else would come to the same number."),
        required=False,
        max_length=LIMITS["definition"],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source = forms.CharField(label=_("Where does it come from?"), required=False, max_length=LIMITS["source"])
    unit = forms.CharField(
        label=_("Unit"),
        help_text=_("For example %, days, learners."),
        required=False,
        max_length=LIMITS["unit"],
    )
    kind = forms.ChoiceField(
        label=_("Does it move first, or late?"),
        help_text=_(
            "What you do now moves a leading measure within weeks; a lagging one shows it after a year or more."
        ),
        choices=Measure.Kind.choices,
        widget=ChoicePills(),
    )
    baseline = NumberField(label=_("Where did it stand?"), required=False)
    baseline_on = forms.DateField(label=_("On which day?"), required=False, widget=date_input())
    target = NumberField(label=_("Where should it be?"), required=False)
    target_on = forms.DateField(label=_("By when?"), required=False, widget=date_input())
    more_is_better = forms.ChoiceField(
        label=_("What is better?"),
        choices=[("1", _("more")), ("0", _("less"))],
        widget=ChoicePills(),
    )
    every_months = forms.TypedChoiceField(
        label=_("How often is it read?"),
        coerce=int,
        choices=[
            (1, _("every month")),
            (2, _("every two months")),
            (3, _("every three months")),
            (6, _("twice a year")),
            (12, _("once a year")),
            (24, _("every two years")),
        ],
    )
    goal = forms.TypedChoiceField(label=_("Goal"), coerce=UUID, empty_value=None, required=False)
    keeper = forms.TypedChoiceField(label=_("Who keeps it?"), coerce=UUID, empty_value=None, required=False)
    competencies = CompetenciesField(_("Which competencies does it serve?"))

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["goal"].choices = [("", _("No goal yet")), *offered.goals]
        fields["keeper"].choices = owner_choices(offered.people, offered.besides)
        stands = kwargs.get("initial", {}).get("every_months")
        known = {key for key, _words in fields["every_months"].choices}
        if stands in range(1, MOST_MONTHS + 1) and stands not in known:
            words = _("every %(n)d months") % {"n": stands}
            fields["every_months"].choices = [*fields["every_months"].choices, (stands, words)]
        fields["competencies"].offer(offered.competencies)


class ValueForm(forms.Form):
    """What was read, and when."""

    value = NumberField(label=_("Value"))
    on = forms.DateField(label=_("Read on"), required=False, widget=date_input())
    note = forms.CharField(
        label=_("Beside it"),
        help_text=_("How many were counted, what was different."),
        required=False,
        max_length=500,
    )
