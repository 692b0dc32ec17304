"""Forms of rating on paper: who does, who keys in, the code of a sheet, and the sheet itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from throughline.frameworks.tree import CompetencyItem
from throughline.journeys.candidates import Candidate
from throughline.journeys.models import Rater
from throughline.journeys.paper.sheets import Typed, read_code
from throughline.ui.asseen import AsSeen


class PaperRatersForm(AsSeen, forms.Form):
    """Who rates on paper; the boxes are laid out by the page."""

    members = forms.MultipleChoiceField(label=gettext_lazy("Who rates on paper"), required=False)

    def __init__(self, data: QueryDict | None, *, raters: Sequence[Rater]) -> None:
        self.raters = raters
        ticked = [str(each.membership_id) for each in raters if each.on_paper]
        super().__init__(data, initial={"members": ticked})
        field = self.fields["members"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (str(each.membership_id), each.membership.name) for each in raters if each.membership is not None
        ]

    def rows(self) -> list[tuple[Rater, bool]]:
        """Every rater, and whether the box is ticked."""
        ticked = set(self["members"].value() or ())
        return [(each, str(each.membership_id) in ticked) for each in self.raters]


class TypistForm(forms.Form):
    """Somebody to key in the sheets."""

    member = forms.ChoiceField(
        label=gettext_lazy("Who enters the sheets"),
        help_text=gettext_lazy(
            "They read every sheet, so choose someone everyone trusts. They don’t have to be on the team."
        ),
    )

    def __init__(self, data: QueryDict | None, *, people: Sequence[Candidate]) -> None:
        super().__init__(data)
        field = self.fields["member"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ""), *((str(each.id), each.name) for each in people if not each.invited)]


class CodeForm(forms.Form):
    """The code of a sheet, however it is typed."""

    code = forms.CharField(
        label=gettext_lazy("Sheet code"),
        help_text=gettext_lazy("You’ll find it at the top and bottom of every page."),
        max_length=20,
        error_messages={"required": gettext_lazy("Type the code printed on the sheet.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "size": 10,
                "autofocus": True,
            }
        ),
    )

    def clean_code(self) -> str:
        """Without what people put between the letters."""
        return read_code(self.cleaned_data["code"])


PARTS = ("step", "confidence", "comment", "release")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the page: the competency and its fields."""

    number: int
    competency: CompetencyItem
    step: forms.BoundField
    confidence: forms.BoundField
    comment: forms.BoundField
    release: forms.BoundField | None
    otherwise: bool


class SheetForm(forms.Form):
    """A whole sheet, row by row. What a row means is read by the verb; here everything typed is kept as it is."""

    gaps = forms.BooleanField(
        label=gettext_lazy("The rows I left empty are empty on paper too."), required=False
    )
    replace = forms.BooleanField(
        label=gettext_lazy("I checked the paper again. Use what I’ve typed now."), required=False
    )
    # Which page this is: what it saved by itself and what arrives after the sheet was handed in belongs to no other.
    opened = forms.CharField(initial=uuid4, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        competencies: Sequence[CompetencyItem],
        small: bool,
        kept: Sequence[Typed] = (),
        differs: Sequence[int] = (),
    ) -> None:
        self.competencies, self.small, self.differs = competencies, small, set(differs)
        super().__init__(data, initial=_initial(kept))
        for number in range(1, len(competencies) + 1):
            self._add(number)

    def _add(self, number: int) -> None:
        short = {"autocomplete": "off", "inputmode": "numeric", "maxlength": 2, "size": 2}
        # A sheet that comes back begins with its first mistake instead (`ui/js/forms.js`).
        first = {"autofocus": True} if number == 1 and not self.is_bound else {}
        self.fields[f"step-{number}"] = forms.CharField(
            label=gettext_lazy("Step"),
            required=False,
            strip=True,
            widget=forms.TextInput({**short, **first, "data-down": "step"}),
        )
        self.fields[f"confidence-{number}"] = forms.CharField(
            label=gettext_lazy("How sure"),
            required=False,
            widget=forms.TextInput({**short, "data-down": "confidence"}),
        )
        self.fields[f"comment-{number}"] = forms.CharField(
            label=gettext_lazy("Comment"),
            required=False,
            widget=forms.Textarea({"rows": 1, "dir": "auto", "autocomplete": "off"}),
        )
        if self.small:
            self.fields[f"release-{number}"] = forms.BooleanField(
                label=gettext_lazy("others may read it"), required=False
            )

    def rows(self) -> list[SheetRow]:
        """The rows in the order of the sheet."""
        return [
            SheetRow(
                number,
                competency,
                self[f"step-{number}"],
                self[f"confidence-{number}"],
                self[f"comment-{number}"],
                self[f"release-{number}"] if self.small else None,
                number in self.differs,
            )
            for number, competency in enumerate(self.competencies, start=1)
        ]

    def opening(self) -> str:
        """Which page this was sent from."""
        return str(self.data.get("opened", ""))[:36]

    def typed(self) -> list[Typed]:
        """Everything as it was typed, readable or not."""
        data = self.data
        return [
            Typed(
                data.get(f"step-{number}", "")[:10],
                data.get(f"confidence-{number}", "")[:10],
                data.get(f"comment-{number}", ""),
                f"release-{number}" in data,
            )
            for number in range(1, len(self.competencies) + 1)
        ]


def _initial(kept: Sequence[Typed]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, each in enumerate(kept, start=1):
        said = (each.step, each.confidence, each.comment, each.released)
        found |= {f"{part}-{number}": value for part, value in zip(PARTS, said, strict=True)}
    return found
