"""Begin the page; write a section; say who can read it; ask and answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.languages import language_names
from throughline.kit.ids import opaque_id
from throughline.plans.families import limits
from throughline.plans.families.document import MOST_MONTHS, Content
from throughline.plans.families.sections import MOST_ITEMS, Field, Section
from throughline.plans.models import PageForFamilies
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import date_input

BLANK = 2  # empty entries below those that are there
Choice = tuple[str, Any]


def _languages() -> list[Choice]:
    return sorted(language_names().items(), key=lambda pair: pair[1].casefold())


class BeginForm(forms.Form):
    """In which language the page is written."""

    language = forms.ChoiceField(label=_("The language you write in"), choices=_languages)


class LanguageForm(forms.Form):
    """Which language to begin with."""

    language = forms.ChoiceField(label=_("Another language"))

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [pair for pair in _languages() if pair[0] != source]
        self.fields["language"].choices = [("", _("Choose a language")), *choices]  # type: ignore[attr-defined]


class OpenForm(forms.Form):
    """Who can read the page."""

    way = forms.ChoiceField(
        label=_("Who can read it"), choices=PageForFamilies.Way.choices, widget=forms.RadioSelect
    )
    may_be_found = forms.BooleanField(
        label=_("Search engines may show it"),
        help_text=_("Only where everyone can read it."),
        required=False,
    )
    takes_questions = forms.BooleanField(
        label=_("People can ask questions"),
        help_text=_("Nothing appears on the page before someone of yours has answered it."),
        required=False,
    )


class AskForm(forms.Form):
    """What somebody asks who needs no account."""

    text = forms.CharField(
        label=_("Your question"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=limits.LONGEST_QUESTION,
    )
    language = forms.ChoiceField(label=_("The language you write in"), choices=_languages)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": opaque_id(), "language": language}
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"lang": language, "dir": "auto"}


class AnswerForm(AsSeen, forms.Form):
    """The answer to a question."""

    wording = forms.CharField(
        label=_("The question as readers see it"),
        help_text=_("Shorten it, and leave out names. Its language stays."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=limits.LONGEST_QUESTION,
    )
    answer = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        max_length=limits.LONGEST_ANSWER,
    )


class SectionForm(AsSeen, forms.Form):
    """One section: its texts, then its entries one below the other, two empty ones at the end."""

    def __init__(
        self, *args: Any, section: Section, content: Content, ties: Sequence[Choice] = (), **kwargs: Any
    ) -> None:
        self.section = section
        self.items: list[Content] = list(content.get("items", ())) if section.item else []
        self.places = range(min(len(self.items) + BLANK, MOST_ITEMS)) if section.item else range(0)
        super().__init__(*args, initial=self._initial(content), **kwargs)
        for field in section.fields:
            self.fields[field.name] = _written(field)
        if section.cites:
            self.fields["cites"] = forms.BooleanField(
                label=_("Begin with the first words of our Call to Action, and a link to it"),
                help_text=_("They show while it is in force and open to everyone."),
                required=False,
            )
        for place in self.places:
            self._add_item(place, ties)

    def _initial(self, content: Content) -> dict[str, Any]:
        known = {field.name: content.get(field.name, "") for field in self.section.fields}
        known["cites"] = bool(content.get("cites"))
        for place, item in enumerate(self.items):
            for name, value in item.items():
                known[f"i{place}-{name}"] = _day(value) if name in ("earliest", "latest") else value or None
        return known

    def _add_item(self, place: int, ties: Sequence[Choice]) -> None:
        self.fields[f"i{place}-id"] = forms.CharField(required=False, widget=forms.HiddenInput, max_length=8)
        for field in self.section.item:
            self.fields[f"i{place}-{field.name}"] = _written(field)
        if self.section.tied:
            self.fields[f"i{place}-tie"] = forms.ChoiceField(
                label=_("Follows in the plan"),
                help_text=_("Readers see its state and its dates, never what it is called in the plan."),
                choices=[("", _("nothing")), *ties],
                required=False,
            )
        if self.section.ranged:
            self._add_range(place)

    def _add_range(self, place: int) -> None:
        self.fields[f"i{place}-give"] = forms.IntegerField(
            label=_("It could be so many months later"),
            help_text=_("With the plan’s date, this makes the range that readers see."),
            min_value=0,
            max_value=MOST_MONTHS,
            required=False,
        )
        self.fields[f"i{place}-earliest"] = forms.DateField(
            label=_("Or without the plan: not before"), required=False, widget=date_input()
        )
        self.fields[f"i{place}-latest"] = forms.DateField(
            label=_("and not after"), required=False, widget=date_input()
        )

    def told(self) -> dict[str, Any]:
        """What the form says, for the verb."""
        said = self.cleaned_data
        told: dict[str, Any] = {field.name: said.get(field.name, "") for field in self.section.fields}
        told["cites"] = said.get("cites", False)
        told["items"] = [
            {name.partition("-")[2]: said[name] for name in said if name.startswith(f"i{place}-")}
            for place in self.places
        ]
        return told

    @property
    def heads(self) -> list[Any]:
        """The fields above the entries."""
        return [self[name] for name in self.fields if not name.startswith("i") and name != "as_seen"]

    @property
    def entries(self) -> list[tuple[int, bool, list[Any]]]:
        """Each entry: its number, whether it is a new one, its fields."""
        return [
            (
                place + 1,
                place >= len(self.items),
                [self[name] for name in self.fields if name.startswith(f"i{place}-")],
            )
            for place in self.places
        ]


def _written(field: Field) -> forms.CharField:
    attrs = {"dir": "auto"}
    widget: forms.Widget = (
        forms.TextInput(attrs=attrs)
        if field.lines == 1
        else forms.Textarea(attrs=attrs | {"rows": str(field.lines)})
    )
    return forms.CharField(
        label=str(field.label),
        help_text=str(field.help),
        widget=widget,
        max_length=field.most,
        required=False,
    )


def _day(told: str) -> date | None:
    return date.fromisoformat(told) if told else None
