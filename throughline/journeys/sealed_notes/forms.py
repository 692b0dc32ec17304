"""A sealed note: the words, and for whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.journeys.sealed_notes.actions import LONGEST_NOTE
from throughline.ui.forms import StepCards

MYSELF, TEAM = "myself", "team"


class NoteForm(forms.Form):
    """To oneself unless the team is chosen."""

    text = forms.CharField(
        label=_("Your note"),
        help_text=_(
            "What do you expect, hope for, or wonder about today? What would you like to be reminded of?"
        ),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write something first.")},
    )
    whom = forms.ChoiceField(
        label=_("Who can read it?"),
        choices=[(MYSELF, _("Only me")), (TEAM, _("The team"))],
        initial=MYSELF,
        widget=StepCards(
            about={
                MYSELF: _("Only you can read it, once the next round opens."),
                TEAM: _("When the next round opens, everyone on the team can read it, with your name."),
            }
        ),
    )

    def cleaned(self) -> dict[str, Any]:
        """What the verb `seal_note` wants to know."""
        return {"text": self.cleaned_data["text"], "to_team": self.cleaned_data["whom"] == TEAM}
