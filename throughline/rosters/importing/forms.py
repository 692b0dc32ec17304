"""The file of a roster; which school of it this one is; that rows with faults stay out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.rosters.importing.reading.told import MOST_MB
from throughline.ui.forms import FileDrop

ACCEPT = ".zip,.csv,.xlsx,.tsv,.txt,application/zip,text/csv"
DAY_FIRST, MONTH_FIRST = "day", "month"
ORDERS = {"": None, DAY_FIRST: True, MONTH_FIRST: False}


class BringForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("File"),
        widget=FileDrop(limit_mb=MOST_MB, kinds="ZIP, CSV, XLSX.", accept=ACCEPT),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )


class ChooseForm(forms.Form):
    """What a roster does not say by itself."""

    org = forms.ChoiceField(
        label=_("Which of these is your school?"),
        help_text=_("Only what belongs to it comes in. We remember it for the next file."),
        required=False,
    )
    order = forms.ChoiceField(
        label=_("In a date such as 3/4/2027, which number is the day?"),
        choices=[
            ("", _("Not chosen yet")),
            (DAY_FIRST, _("The first: 3 April")),
            (MONTH_FIRST, _("The second: March 4")),
        ],
        required=False,
    )

    def __init__(
        self, *args: Any, orgs: list[tuple[str, str]], asks_days: bool, asks_org: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", _("Not chosen yet")), *orgs]
        self.fields["org"].choices = offered  # type: ignore[attr-defined]
        if len(orgs) < 2 and not asks_org:
            del self.fields["org"]
        if not asks_days:
            del self.fields["order"]

    def chosen(self) -> tuple[str, bool | None]:
        """The key of the school, and whether the day comes first."""
        said = self.cleaned_data
        return said.get("org", ""), ORDERS[said.get("order", "")]


class ApplyForm(forms.Form):
    """A yes to what was looked at."""

    leave_out = forms.BooleanField(
        label=_("Leave out the rows that cannot be taken"),
        help_text=_("Everything else comes in. You can mend them and send the file again."),
        required=False,
    )
    seen = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput())

    def __init__(self, *args: Any, has_faults: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_faults:
            del self.fields["leave_out"]
