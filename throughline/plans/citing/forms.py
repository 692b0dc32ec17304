"""What a part of the plan shows, how, and until when that is believed."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.tree import Tree
from throughline.kit import clock
from throughline.plans.choosing import CompetenciesField
from throughline.plans.citing.actions import usual_mark
from throughline.plans.citing.frozen import Citable
from throughline.plans.models import Measure, PolicyRevision
from throughline.records.models import Mark
from throughline.ui.forms import ChoicePills, date_input

_YEAR = timedelta(days=365)
_WHY_LIMIT = 2_000


class CiteForm(forms.Form):
    """Everything is chosen beforehand, so that it takes one click where that is right."""

    shows = CompetenciesField()
    mark = forms.ChoiceField(label=_("What it is"), choices=Mark.choices, widget=ChoicePills())
    until = forms.DateField(
        label=_("With its values up to"),
        help_text=_("Later values do not change what is cited."),
        widget=date_input(),
    )
    why = forms.CharField(
        label=_("Why it shows this"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=_WHY_LIMIT,
        required=False,
    )
    recheck_on = forms.DateField(
        label=_("Look again on"),
        help_text=_("From that day on, its page says that somebody should check whether it still holds."),
        widget=date_input(),
        required=False,
    )

    def __init__(
        self, *args: Any, part: Citable, known: Tree, served: Collection[UUID], **kwargs: Any
    ) -> None:
        today = clock.today()
        kwargs["initial"] = {
            "shows": [str(each) for each in served],
            "mark": usual_mark(part),
            "until": today,
            "recheck_on": None if isinstance(part, PolicyRevision) else today + _YEAR,
        }
        super().__init__(*args, **kwargs)
        shows = self.fields["shows"]
        shows.label = _("What it shows")
        shows.offer(known.competencies)  # type: ignore[attr-defined]
        if not isinstance(part, Measure):
            del self.fields["until"]

    def told(self) -> dict[str, Any]:
        """What the verb wants to know."""
        said = dict(self.cleaned_data)
        return {"competencies": said.pop("shows"), **said}
