"""What is typed in the meeting: a decision, and a next step with who and by when in one line."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.plans.doing.checking import TEXT_LIMIT
from throughline.plans.doing.forms import QuickForm


class DecisionForm(forms.Form):
    """What was decided."""

    text = forms.CharField(
        label=_("What was decided?"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class StepForm(QuickForm):
    """Who does what by when."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "step_%s", **kwargs})
        self.fields["title"].label = _("Next step")
        self.fields["owner"].label = _("Who?")
        self.fields["due_on"].label = _("By when?")
