"""When the next round is to begin."""

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.ui.forms import date_input


class ReturnForm(forms.Form):
    """One date."""

    return_on = forms.DateField(label=_("Start the next round on"), widget=date_input())
