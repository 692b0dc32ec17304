"""The form of what is asked of the person: each of three questions ticked or not, its words in every language."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from throughline.frameworks.languages import name_of
from throughline.ui.asseen import AsSeen
from throughline.voices.asking.background import (
    PRESETS,
    TEXT_LIMIT,
    Background,
    Preset,
    lines,
    preset_in,
    told_as,
)


class Row(NamedTuple):
    """A question on the page: what it is for, whether it is asked, its words."""

    preset: Preset
    ask: forms.BoundField
    words: list[tuple[forms.BoundField, forms.BoundField]]


class BackgroundForm(AsSeen, forms.Form):
    """Which of the questions that come along are asked, and in which words."""

    def __init__(self, *args: Any, languages: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        for preset in PRESETS:
            self.fields[f"ask-{preset.code}"] = forms.BooleanField(
                label=_("Ask: %(name)s") % {"name": preset.name}, required=False
            )
            for language in self.languages:
                self._words(preset.code, language)

    def _words(self, code: str, language: str) -> None:
        name = {"language": name_of(language)}
        self.fields[f"{code}-{language}"] = forms.CharField(
            label=_("What is asked (%(language)s)") % name,
            max_length=TEXT_LIMIT,
            required=False,
            widget=forms.TextInput(attrs={"lang": language}),
        )
        self.fields[f"choices-{code}-{language}"] = forms.CharField(
            label=_("What can be answered, each in a line of its own (%(language)s)") % name,
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4, "lang": language}),
        )

    def rows(self) -> Iterator[Row]:
        """Question by question."""
        for preset in PRESETS:
            pairs = [
                (self[f"{preset.code}-{each}"], self[f"choices-{preset.code}-{each}"])
                for each in self.languages
            ]
            yield Row(preset, self[f"ask-{preset.code}"], pairs)

    def told(self) -> Background:
        """As it is kept."""
        said = self.cleaned_data
        return [
            told_as(
                preset.code,
                {
                    each: (said[f"{preset.code}-{each}"], lines(said[f"choices-{preset.code}-{each}"]))
                    for each in self.languages
                },
            )
            for preset in PRESETS
            if said[f"ask-{preset.code}"]
        ]


def as_it_stands(background: Background, languages: Iterable[str]) -> dict[str, Any]:
    """What the form begins with: what is kept, or the words that come along."""
    kept = {each["code"]: each for each in background}
    initial: dict[str, Any] = {}
    for preset in PRESETS:
        known = kept.get(preset.code)
        initial[f"ask-{preset.code}"] = known is not None
        for language in languages:
            text, choices = preset_in(preset, language)
            if known is not None and known["words"].get(language):
                text = known["words"][language]
                choices = [each["words"].get(language, "") for each in known["choices"]]
            initial[f"{preset.code}-{language}"] = text
            initial[f"choices-{preset.code}-{language}"] = "\n".join(choices)
    return initial
