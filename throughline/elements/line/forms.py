"""Show the throughline to everyone."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ShowLineForm(forms.Form):
    """Off until a lead says so."""

    is_open = forms.BooleanField(
        label=_("Everyone can see the throughline"),
        help_text=_(
            "It shows what is adopted, in force and published. No draft, no rating, no standing and no person."
        ),
        required=False,
    )
    may_be_found = forms.BooleanField(
        label=_("Search engines may show it"),
        help_text=_("Without this, only people who know the address find it."),
        required=False,
    )
