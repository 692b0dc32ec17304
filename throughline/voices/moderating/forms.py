"""Forms of reading and moderating what people wrote."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.ui.forms import ChoicePills
from throughline.voices.models import Words


class _Keys(forms.TypedMultipleChoiceField):
    """Any keys; the verb takes those that are there."""

    def __init__(self) -> None:
        super().__init__(coerce=UUID, required=False)

    def valid_value(self, value: Any) -> bool:
        try:
            UUID(str(value))
        except ValueError:
            return False
        return True


class ReadForm(forms.Form):
    """What stood on the page, and what of it is worrying."""

    read = _Keys()
    worrying = _Keys()


class WordingForm(forms.Form):
    """What of a text the team reads."""

    wording = forms.CharField(
        label=_("What the team reads"),
        help_text=_("Take out names and what would hurt somebody. Leave everything else as it was written."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        max_length=10_000,
    )
    why = forms.ChoiceField(
        label=_("If you leave it out: why?"), choices=Words.Why.choices, widget=ChoicePills()
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, leaves_out: bool | None = None, **kwargs: Any) -> None:
        """`leaves_out`: which of the two was pressed; neither yet while the page is only shown."""
        super().__init__(*args, **kwargs)
        if leaves_out is not None:
            self.fields["wording"].required = not leaves_out
            self.fields["why"].required = leaves_out
