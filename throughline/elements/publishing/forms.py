"""Show it to everyone; begin another language; what was typed of a translation."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from throughline.elements.publishing.actions import Typed
from throughline.frameworks.languages import language_names


class PublishForm(forms.Form):
    """Off until a lead says so."""

    is_open = forms.BooleanField(
        label=_("Everyone can read it"),
        help_text=_("The edition in force gets a public page. What you are drafting stays inside."),
        required=False,
    )
    may_be_found = forms.BooleanField(
        label=_("Search engines may show it"),
        help_text=_("Without this, only people who know the address find it."),
        required=False,
    )


class LanguageForm(forms.Form):
    """Which language to begin with."""

    language = forms.ChoiceField(label=_("Another language"))

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted(language_names().items(), key=lambda pair: pair[1].casefold())
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a language")),
            *(pair for pair in names if pair[0] != source.split("-")[0]),
        ]


def typed_in(data: QueryDict) -> dict[str, Typed]:
    """Each paragraph's field (`t:` and its fingerprint), with the translation that stood there (`s:`)."""
    found = {}
    for name in data:
        if name.startswith("t:"):
            says = name.removeprefix("t:")
            found[says] = Typed(str(data[name]), _id(str(data.get(f"s:{says}", ""))))
    return found


def _id(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None
