"""Why a journey moves on to a newer version."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MoveForm(forms.Form):
    """The reason, which stays readable."""

    reason = forms.CharField(
        label=_("Why now?"),
        help_text=_("A sentence for people who read this later. It stays in the record."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        max_length=2000,
    )
