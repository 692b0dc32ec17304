"""Forms of translations: another language, a table of texts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.crosswalks.forms import LoadLinks
from throughline.frameworks.languages import language_names
from throughline.frameworks.models import FrameworkVersion


class NewLanguage(forms.Form):
    """Which language to begin with."""

    language = forms.ChoiceField(label=_("Another language"))

    def __init__(self, *args: Any, version: FrameworkVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        names = sorted(language_names().items(), key=lambda pair: pair[1].casefold())
        field.choices = [
            ("", _("Choose a language")),
            *(pair for pair in names if pair[0] != version.language),
        ]


class LoadTexts(LoadLinks):
    """A table of texts."""
