"""Forms that look back, find evidence and withdraw it."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.frameworks.tree import Tree
from throughline.kit import clock
from throughline.records.models import Mark
from throughline.ui.forms import date_input

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EARLIEST = date(1900, 1, 1)


def day_field(label: "_StrPromise", **options: Any) -> forms.DateField:
    """A date as the browser's own date field gives it."""
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=date_input(),
        error_messages={"invalid": gettext_lazy("Enter the date as year, month, and day: 2026-11-22.")},
        **options,
    )


class LookBackForm(forms.Form):
    """`on`: the date to look at (empty: now). `from`: an earlier one to lay beneath it."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["on"] = day_field(gettext_lazy("Date"), required=False)
        self.fields["from"] = day_field(gettext_lazy("Compare with an earlier date"), required=False)

    def clean(self) -> dict[str, Any]:
        """Dates that a school can have lived through, the earlier one first."""
        told = super().clean() or {}
        for name in ("on", "from"):
            day = told.get(name)
            if day and day > clock.today():
                self.add_error(name, _("This date is in the future. Choose today or earlier."))
            elif day and day < EARLIEST:
                self.add_error(name, _("This date is too far back."))
        on, since = told.get("on") or clock.today(), told.get("from")
        if since and since >= on and not self.errors:
            self.add_error("from", _("Choose a date before the other one."))
        return self.cleaned_data

    @property
    def on(self) -> date | None:
        """The date asked for, if it made sense."""
        return self.cleaned_data.get("on") if self.is_bound else None

    @property
    def since(self) -> date | None:
        """The earlier date asked for, if it made sense."""
        return self.cleaned_data.get("from") if self.is_bound else None


class FindEvidenceForm(forms.Form):
    """Which evidence to list. Anything that makes no sense is taken as *all*."""

    STATES = (
        ("", gettext_lazy("Fresh or not")),
        ("fresh", gettext_lazy("Fresh")),
        ("stale", gettext_lazy("To re-check")),
        ("withdrawn", gettext_lazy("Withdrawn")),
    )

    competency = forms.ChoiceField(label=gettext_lazy("Competency"), required=False)
    mark = forms.ChoiceField(
        label=gettext_lazy("What it can show"),
        required=False,
        choices=[("", gettext_lazy("Documents, practices, and effects")), *Mark.choices],
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=STATES)

    def __init__(self, data: Mapping[str, Any], *, shown: Tree) -> None:
        super().__init__(data)
        groups = [
            (domain.name, [(str(each.id), each.name) for each in domain.competencies])
            for domain in shown.domains
        ]
        self.fields["competency"].choices = [("", _("All competencies")), *groups]  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, str]:
        """The choices that narrow the list."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class WithdrawForm(forms.Form):
    """Why evidence is taken back."""

    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why you’re withdrawing this evidence.")},
    )
