"""The forms of a framework draft: the whole, a domain, a competency with its rows, splitting, merging, publishing."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.frameworks.blueprint import DOMAIN_NAME_LIMIT, NAME_LIMIT, NUMBER_LIMIT, TITLE_LIMIT
from throughline.frameworks.draft_content import Content, Part
from throughline.frameworks.drafting.editing import TEXT_LIMIT, Idea, Texts
from throughline.frameworks.labels import MARKS, WITNESSES
from throughline.frameworks.markup import flattened
from throughline.frameworks.models import Competency
from throughline.ui.forms import ChoicePills, ManyPills

MORE_ROWS = 2
MOST_ROWS = 200  # unless more are there already: none is lost because somebody opens the page


def area(rows: int = 3) -> forms.Textarea:
    """A field for more than a line."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class StartForm(forms.Form):
    """A new framework, from nothing."""

    title = forms.CharField(
        label=gettext_lazy("What should the framework be called?"), max_length=TITLE_LIMIT
    )


class HeadForm(forms.Form):
    """What a framework says of itself, and its steps."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=TITLE_LIMIT)
    summary = forms.CharField(
        label=gettext_lazy("Summary"), required=False, max_length=TEXT_LIMIT, widget=area()
    )
    attribution = forms.CharField(
        label=gettext_lazy("Where it comes from"),
        help_text=gettext_lazy("Who wrote it, and what was changed. Readers see this below the text."),
        required=False,
        max_length=TEXT_LIMIT,
        widget=area(),
    )
    source_url = forms.URLField(
        label=gettext_lazy("Web address of the source"),
        required=False,
        max_length=2000,
        assume_scheme="https",
    )

    def __init__(self, data: QueryDict | None = None, *, content: Content) -> None:
        start = {name: content.get(name, "") for name in self.base_fields}
        super().__init__(data, initial=start)
        self.steps: list[tuple[str, str]] = []
        for number, step in enumerate(content["steps"], start=1):
            label, hint = f"step_{number}", f"hint_{number}"
            self.fields[label] = forms.CharField(
                label=_("Step %(number)d: short name") % {"number": number}, max_length=60
            )
            self.fields[hint] = forms.CharField(
                label=_("Step %(number)d: what it means") % {"number": number},
                required=False,
                max_length=TEXT_LIMIT,
                widget=area(2),
            )
            self.initial.update({label: step["label"], hint: step.get("hint", "")})
            self.steps.append((label, hint))

    def said_steps(self) -> list[tuple[str, str]]:
        """The steps as they were typed: short name and meaning."""
        return [(self.cleaned_data[label], self.cleaned_data[hint]) for label, hint in self.steps]


class DomainForm(forms.Form):
    """A domain's texts."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=DOMAIN_NAME_LIMIT)
    question = forms.CharField(
        label=gettext_lazy("Guiding question"), required=False, max_length=TEXT_LIMIT, widget=area(2)
    )
    design_element = forms.ChoiceField(
        label=gettext_lazy("Design element it leads to"), required=False, widget=forms.RadioSelect()
    )

    def __init__(self, data: QueryDict | None = None, *, content: Content, part: Part) -> None:
        super().__init__(data, initial={name: part.get(name, "") for name in self.base_fields})
        elements = [(each["code"], each["name"]) for each in content.get("design_elements", [])]
        if elements:
            self.fields["design_element"].choices = [*elements, ("", _("none"))]  # type: ignore[attr-defined]
        else:
            del self.fields["design_element"]


class CompetencyForm(forms.Form):
    """Everything on the page of a competency. Rows of indicators and examples are fields with their number."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME_LIMIT)
    level = forms.ChoiceField(
        label=gettext_lazy("Level"), choices=Competency.Level.choices, widget=ChoicePills()
    )
    description = forms.CharField(
        label=gettext_lazy("Description"), required=False, max_length=TEXT_LIMIT, widget=area()
    )

    def __init__(self, data: QueryDict | None = None, *, content: Content, part: Part) -> None:
        start: dict[str, Any] = {name: part.get(name, "") for name in ("name", "level", "description")}
        super().__init__(data, initial=start)
        self.step_names: list[str] = []
        for number, step in enumerate(content["steps"], start=1):
            self.step_names.append(f"step_{number}")
            text = part["steps"][number - 1] if len(part["steps"]) >= number else ""
            self._add(f"step_{number}", step["label"], text, area(2))
        self.idea_rows = self._ideas(part["indicators"], data)
        self.example_rows = self._examples(part["evidence"], data)

    def _add(self, name: str, label: str, start: Any, widget: Any) -> None:
        self.fields[name] = forms.CharField(label=label, required=False, max_length=TEXT_LIMIT, widget=widget)
        self.initial[name] = start

    def _ideas(self, ideas: Sequence[Part], data: QueryDict | None) -> list[tuple[str, str, str]]:
        rows = []
        for number in range(1, _rows(data, "idea", len(ideas)) + 1):
            idea = ideas[number - 1] if number <= len(ideas) else {"uid": "", "text": "", "witnesses": []}
            text, who, uid = f"idea_{number}", f"who_{number}", f"uid_{number}"
            self._add(text, _("Indicator %(number)d") % {"number": number}, idea["text"], area(2))
            self.fields[who] = forms.MultipleChoiceField(
                label=_("Who can witness it?"),
                choices=list(WITNESSES.items()),
                required=False,
                widget=ManyPills(),
            )
            self.fields[uid] = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())
            self.initial.update({who: idea["witnesses"], uid: idea["uid"]})
            rows.append((text, who, uid))
        return rows

    def _examples(self, examples: Sequence[Part], data: QueryDict | None) -> list[tuple[str, str]]:
        rows = []
        for number in range(1, _rows(data, "example", len(examples)) + 1):
            example = examples[number - 1] if number <= len(examples) else {"mark": "document", "text": ""}
            text, mark = f"example_{number}", f"mark_{number}"
            self._add(text, _("Example %(number)d") % {"number": number}, example["text"], area(1))
            self.fields[mark] = forms.ChoiceField(
                label=_("What is it?"), choices=list(MARKS.items()), required=False, widget=ChoicePills()
            )
            self.initial[mark] = example["mark"]
            rows.append((text, mark))
        return rows

    def ideas(self) -> Iterator[tuple[Any, Any, Any]]:
        """The rows of indicators, as fields."""
        return ((self[text], self[who], self[uid]) for text, who, uid in self.idea_rows)

    def examples(self) -> Iterator[tuple[Any, Any]]:
        """The rows of examples, as fields."""
        return ((self[text], self[mark]) for text, mark in self.example_rows)

    def described(self) -> list[Any]:
        """The fields of the steps."""
        return [self[name] for name in self.step_names]

    def texts(self) -> Texts:
        """What was typed, for the edit."""
        said = self.cleaned_data
        return Texts(
            name=said["name"],
            level=said["level"],
            description=said["description"],
            steps=tuple(said[name] for name in self.step_names),
            indicators=tuple(
                Idea(said[uid], said[text], tuple(said[who])) for text, who, uid in self.idea_rows
            ),
            evidence=tuple((said[mark] or "document", said[text]) for text, mark in self.example_rows),
        )


def _rows(data: QueryDict | None, name: str, there: int) -> int:
    """As many rows as were sent, else those that there are and a few more to write in."""
    if data is None:
        return there + MORE_ROWS
    sent = sum(key.startswith(f"{name}_") for key in data)
    return min(sent, max(MOST_ROWS, there + MORE_ROWS))


LABEL_LIMIT = 200


class SplitForm(forms.Form):
    """The second of two parts: its name, and which indicators go with it."""

    name = forms.CharField(label=gettext_lazy("Name of the new competency"), max_length=NAME_LIMIT)
    ideas = forms.MultipleChoiceField(
        label=gettext_lazy("Which indicators go with it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )

    def __init__(self, data: QueryDict | None = None, *, part: Part) -> None:
        super().__init__(data)
        choices = [(each["uid"], flattened(each["text"], LABEL_LIMIT)) for each in part["indicators"]]
        if choices:
            self.fields["ideas"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["ideas"]


class ChooseForm(forms.Form):
    """One part of the draft to choose: another competency to merge with, a domain to move into."""

    other = forms.ChoiceField()

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        choices: Sequence[tuple[str, Any]],
        label: str,
        help_text: str = "",
    ) -> None:
        super().__init__(data)
        field = self.fields["other"]
        field.label, field.help_text = label, help_text
        field.choices = choices  # type: ignore[attr-defined]


class OriginForm(forms.Form):
    """Which competencies of the version before a competency continues."""

    was = forms.MultipleChoiceField(
        label=gettext_lazy("Which competencies from the version before does it continue?"),
        help_text=gettext_lazy("None. It is new, and nothing carries over to it."),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )

    def __init__(
        self, data: QueryDict | None = None, *, choices: Sequence[tuple[str, str]], chosen: Sequence[str]
    ) -> None:
        super().__init__(data, initial={"was": list(chosen)})
        self.fields["was"].choices = choices  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    """The number of the version, and that the person has looked at what becomes of the old one."""

    number = forms.CharField(
        label=gettext_lazy("Number of this version"),
        help_text=gettext_lazy("What people will call it: 2, 2.1 or 2026."),
        max_length=NUMBER_LIMIT,
    )
    sure = forms.BooleanField(label=gettext_lazy("I have checked what changes, and it is right."))
