"""A strategic priority: why now, which step by when, who leads, what happens next."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.schools.models import Membership
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import StepCards, date_input


class PriorityForm(AsSeen, forms.Form):
    """One page, one priority."""

    why_now = forms.CharField(
        label=_("Why now?"),
        help_text=_("One sentence everyone can remember."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
    step = forms.TypedChoiceField(label=_("Which step are you aiming for?"), coerce=int)
    by_when = forms.DateField(label=_("By when?"), widget=date_input())
    lead = forms.TypedChoiceField(label=_("Who will lead it?"), coerce=UUID, empty_value=None)
    next_step = forms.CharField(
        label=_("What happens next?"),
        help_text=_("Something small that someone can do."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    next_step_on = forms.DateField(label=_("By what date?"), required=False, widget=date_input())

    def __init__(
        self,
        *args: Any,
        steps: Sequence[tuple[int, str, str]],
        leads: Sequence[Membership],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.leads = leads
        step = self.fields["step"]
        step.widget = StepCards(about={str(number): about for number, _label, about in steps})
        step.choices = [(number, label) for number, label, _about in steps]  # type: ignore[attr-defined]
        self.fields["lead"].choices = [("", _("Choose someone")), *((each.id, each.name) for each in leads)]  # type: ignore[attr-defined]
