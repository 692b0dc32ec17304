"""A journey's name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.ui.asseen import AsSeen


class NameForm(AsSeen, forms.Form):
    """What a journey is called."""

    name = forms.CharField(
        label=_("Name of the journey"),
        help_text=_("A short name that everyone on the team will recognize."),
        max_length=200,
    )
