"""A list of addresses: pasted, or out of a file."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.languages import name_of
from throughline.ui.forms import FileDrop, depends
from throughline.voices.inviting.lists import MOST_MB, language_words, text_in

TEXT_LIMIT = 300_000
ACCEPT = ".xlsx,.csv,.tsv,.txt,text/csv,text/plain"


class ListForm(forms.Form):
    """What a file holds is put above what was pasted, so that all of it is seen and can be changed."""

    addresses = depends(
        forms.CharField(
            label=_("Email addresses, one per line"),
            max_length=TEXT_LIMIT,
            strip=False,
            required=False,
            widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        )
    )
    file = depends(
        forms.FileField(
            label=_("Or a file"),
            required=False,
            widget=FileDrop(limit_mb=MOST_MB, kinds="XLSX, CSV, TXT.", accept=ACCEPT),
            error_messages={"empty": _("This file is empty.")},
        )
    )
    language = forms.ChoiceField(label=_("Language of the letters"))

    def __init__(
        self, data: Any = None, files: Any = None, *, languages: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.languages = languages
        field = self.fields["language"]
        field.choices = [(code, name_of(code)) for code in languages]  # type: ignore[attr-defined]
        field.initial = languages[0] if languages else ""
        if len(languages) == 1:
            field.widget, field.required = forms.HiddenInput(), False
        else:
            field.help_text = _("A line can name another one: ana@example.org, es")

    def clean_language(self) -> str:
        """The only one need not be said."""
        return str(self.cleaned_data["language"]) or self.languages[0]

    def clean_file(self) -> None:
        """Read it into the box."""
        file = self.cleaned_data.get("file")
        if not file:
            return
        file.seek(0)  # it has been looked at on its way
        found = text_in(file.read(), language_words(self.languages))
        pasted = self.cleaned_data.get("addresses", "").rstrip("\n")
        whole = "\n".join(filter(None, [found, pasted]))
        if len(whole) > TEXT_LIMIT:
            raise ValidationError(_("This list is too long. Send it in parts."))
        self.cleaned_data["addresses"] = whole
        shown = cast(QueryDict, self.data).copy()
        shown["addresses"] = whole
        self.data = shown
