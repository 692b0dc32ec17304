"""The file of a plan; what its columns mean; where its new goals belong."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.plans.tables.actions import Chosen
from throughline.plans.tables.columns import FIELDS
from throughline.plans.tables.columns_in_words import LABELS
from throughline.plans.tables.days import DAY_FIRST, MONTH_FIRST
from throughline.plans.tables.reading import MOST_MB
from throughline.ui.forms import FileDrop

ACCEPT = ".xlsx,.csv,.tsv,.txt,text/csv"


class TableForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("File"),
        widget=FileDrop(limit_mb=MOST_MB, kinds="XLSX, CSV.", accept=ACCEPT),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )


class ColumnsForm(forms.Form):
    """Which column each field stands in; the order of dates; what becomes of unknown owners."""

    order = forms.ChoiceField(
        label=_("In a date such as 3/4/2027, which number is the day?"),
        choices=[
            ("", _("Not needed, or not chosen yet")),
            (DAY_FIRST, _("The first: 3 April")),
            (MONTH_FIRST, _("The second: March 4")),
        ],
        required=False,
    )
    without_owner = forms.BooleanField(
        label=_("Where we don’t know an owner or helper, bring the row in without them"), required=False
    )

    def __init__(self, *args: Any, headings: Sequence[str], chosen: Mapping[str, Any], **kwargs: Any) -> None:
        initial = {**chosen["columns"], "order": chosen["order"], "without_owner": chosen["without_owner"]}
        super().__init__(*args, **{**kwargs, "initial": initial})
        names = [(at, name or f"({at + 1})") for at, name in enumerate(headings)]
        for field in FIELDS:
            self.fields[field] = forms.TypedChoiceField(
                label=LABELS[field],
                coerce=int,
                empty_value=None,
                required=False,
                choices=[("", "–"), *names],
            )

    def chosen(self) -> Chosen:
        """What was chosen."""
        said = self.cleaned_data
        columns = {name: said[name] for name in FIELDS if said[name] is not None}
        return Chosen(columns, said["order"], said["without_owner"])


class IntoForm(forms.Form):
    """The journey that new goals belong to."""

    journey = forms.TypedChoiceField(
        label=_("New goals belong to this journey"), coerce=UUID, empty_value=None, required=False
    )

    def __init__(self, *args: Any, journeys: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["journey"].choices = journeys  # type: ignore[attr-defined]
