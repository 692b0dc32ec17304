"""What is said before the story begins."""

from django import forms
from django.utils.translation import gettext_lazy as _


class IntroductionForm(forms.Form):
    """A few sentences; `seen` is the edition that was open when they were written."""

    text = forms.CharField(
        label=_("How the story begins"),
        help_text=_(
            "In your own words. Everyone who can see the journey can read it; earlier versions are kept."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=5000,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
