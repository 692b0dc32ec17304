"""The form for reading a question aloud."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from throughline.files.forms import SoundField
from throughline.frameworks.languages import name_of
from throughline.voices.asking.aloud import MOST_MB, Wording
from throughline.voices.models import Recording


class AloudForm(forms.Form):
    """A recording of certain words: those that it is drawn for, or those that were sent."""

    language = forms.CharField(max_length=10, widget=forms.HiddenInput)
    simple = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, of: Wording, there: Recording | None) -> None:
        slot = f"{of.language}-{'simple' if of.simple else 'text'}"
        told = {"language": of.language, "simple": of.simple}
        super().__init__(data, files, initial=told, auto_id=f"{slot}-%s")
        self.of, self.there, self.slot, self.name = of, there, slot, name_of(of.language)
        label = _("Replace it with another recording") if there else _("Recording")
        self.fields["file"] = SoundField(MOST_MB, label=label)
