"""What is in a calendar."""

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.plans.models import CalendarFeed
from throughline.ui.forms import ChoicePills


class ScopeForm(forms.Form):
    """For staff, who see the whole plan."""

    scope = forms.ChoiceField(label=_("It shows"), choices=CalendarFeed.Scope.choices, widget=ChoicePills)
