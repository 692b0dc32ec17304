"""What a journey counts: a reason for leaving a competency out."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AsideForm(forms.Form):
    """Why a competency is left out for now."""

    reason = forms.CharField(
        label=_("Why is it left out?"),
        help_text=_("For example: a classroom cannot make policy. The reason stays readable."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
