"""What a result or a conversation shows, how, and until when that is believed."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.tree import Tree
from throughline.kit import clock
from throughline.records.models import Mark
from throughline.ui.forms import ChoicePills, ManyPills, date_input
from throughline.voices.citing.actions import USUAL_MARK

_YEAR = timedelta(days=365)
_WHY_LIMIT = 2_000


class CiteForm(forms.Form):
    """Everything is chosen beforehand, so that it takes one click where that is right."""

    shows = forms.TypedMultipleChoiceField(
        label=_("What it shows"), coerce=UUID, required=False, widget=ManyPills()
    )
    mark = forms.ChoiceField(label=_("What it is"), choices=Mark.choices, widget=ChoicePills())
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

    def __init__(self, *args: Any, known: Tree, about: Collection[str], **kwargs: Any) -> None:
        kwargs["initial"] = {
            "shows": [str(each.id) for each in known.competencies if each.code in about],
            "mark": USUAL_MARK,
            "recheck_on": clock.today() + _YEAR,
        }
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in known.competencies:
            groups.setdefault(each.domain_name, []).append((str(each.id), each.name))
        self.fields["shows"].choices = list(groups.items())  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """What the verbs want to know."""
        said = dict(self.cleaned_data)
        return {"competencies": said.pop("shows"), **said}
