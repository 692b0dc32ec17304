"""What a journey counts: a reason for leaving a competency out."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AsideForm(forms.Form):
    """Why a competency is left out for now."""

    reason = forms.CharField(
        label=_("Why are you leaving it out?"),
        help_text=_("For example: a classroom can’t set policy. The reason stays visible."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
