"""A journey's name."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """What a journey is called."""

    name = forms.CharField(
        label=_("Name of the journey"),
        help_text=_("A short name that everyone on the team will recognize."),
        max_length=200,
    )
