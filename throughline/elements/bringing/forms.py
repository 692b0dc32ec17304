"""The forms with which a text comes: what to bring, and what becomes of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.elements.bringing.actions import APPEND, REPLACE
from throughline.elements.writing.incoming import MOST
from throughline.ui.forms import FileDrop

ACCEPT = ".docx,.html,.htm,.md,.markdown,.txt,.zip"
MOST_MB = 5


class _Drop(FileDrop):
    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        self.kinds = _("Word (.docx), a web page (.html), Markdown (.md, or .zip with its pictures).")
        return super().get_context(name, value, attrs)


class BringForm(forms.Form):
    """A file, or a text that was copied elsewhere."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=_Drop(limit_mb=MOST_MB, accept=ACCEPT),
        error_messages={"empty": gettext_lazy("This file is empty.")},
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or paste the text here"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "data-takes-formats": ""}),
        help_text=gettext_lazy(
            "Copy it in Word, Google Docs or a web page and paste it. With scripts switched off in your browser, only the words arrive."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two, and no more than can be read."""
        told = super().clean() or {}
        file, pasted = told.get("file"), (told.get("pasted") or "").strip()
        if file and (file.size or 0) > MOST:
            raise ValidationError(
                {"file": _("This file is larger than 5 MB. Divide it, or make its pictures smaller.")}
            )
        if not self.errors and bool(file) == bool(pasted):
            raise ValidationError(
                _("You chose a file and pasted a text. Keep one of them.")
                if file
                else _("Choose a file or paste a text.")
            )
        return {**told, "pasted": pasted}


class PutInForm(forms.Form):
    """Whether a text takes the place of the present one."""

    how = forms.ChoiceField(
        label=gettext_lazy("What becomes of the present text?"),
        choices=[
            (REPLACE, gettext_lazy("This text takes its place. The present one stays in the history.")),
            (APPEND, gettext_lazy("It stays, and this text follows it.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
