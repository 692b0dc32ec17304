"""Open a closed round again."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReopenForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Why are you reopening this round?"),
        help_text=_("Everyone who can see this round will see the reason."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
