"""Forms of a district or network towards its schools."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.network.citing import Citable
from throughline.network.district_words import state_in_words
from throughline.network.reaching import LONGEST
from throughline.ui.forms import StepCards
from throughline.ui.times import day_in_words


class AskForm(forms.Form):
    """A letter to the leads of a school."""

    message = forms.CharField(
        label=gettext_lazy("Your message"),
        help_text=gettext_lazy(
            "Do not name another school unless it has agreed. They will answer you by email."
        ),
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=LONGEST,
    )


class CiteForm(forms.Form):
    """A standing that a school shows, and why it belongs here."""

    share = forms.ChoiceField(label=gettext_lazy("Whose standing?"))
    why = forms.CharField(
        required=False,
        label=gettext_lazy("Why it shows this"),
        help_text=gettext_lazy(
            "In your own words. They stay if the school stops sharing, so do not repeat what it shows."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, citable: Iterable[Citable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(citable)
        about = {
            str(each.share.pk): _("%(standing)s on %(date)s")
            % {"standing": state_in_words(each.state), "date": day_in_words(each.on)}
            for each in found
        }
        field = self.fields["share"]
        field.widget = StepCards(about=about)
        field.choices = [(str(each.share.pk), each.school) for each in found]  # type: ignore[attr-defined]

    def chosen(self) -> UUID:
        """The share that was chosen."""
        return UUID(self.cleaned_data["share"])
