"""Forms of crosswalks: what it is about, which competencies are linked, a table of links."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.blueprint import TITLE_LIMIT, FrameworkProblem
from throughline.frameworks.crosswalks.csv_table import NOTE_LIMIT
from throughline.frameworks.models import CrosswalkLink, FrameworkVersion
from throughline.frameworks.tables.csv_reading import text_of
from throughline.frameworks.tree import Tree
from throughline.frameworks.unsupported_files import refuse_all_but_text
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import ChoicePills

MOST_BYTES = 2_000_000
FEW = 30  # competencies that are all shown at once


class AboutCrosswalk(AsSeen, forms.Form):
    """The words about a crosswalk."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LIMIT)
    note = forms.CharField(
        label=_("About it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source = forms.CharField(
        label=_("Who made it, or where it comes from"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NewCrosswalk(AboutCrosswalk):
    """Which two frameworks, and the words about it."""

    left = forms.ChoiceField(label=_("First framework"))
    right = forms.ChoiceField(label=_("Second framework"))
    field_order = ("left", "right", "title", "note", "source")

    def __init__(self, *args: Any, versions: list[FrameworkVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest: dict[str, FrameworkVersion] = {}
        for version in versions:
            newest.setdefault(str(version.framework_id), version)
        self.frameworks = {key: version.framework for key, version in newest.items()}
        choices = [(key, version.title) for key, version in newest.items()]
        for name in ("left", "right"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Choose a framework")), *choices]

    def clean(self) -> dict[str, Any]:
        """The two frameworks themselves."""
        told = super().clean() or {}
        return {
            **told,
            **{side: self.frameworks[told[side]] for side in ("left", "right") if told.get(side)},
        }


class LinkCompetencies(forms.Form):
    """Some competencies on each side, and how they stand to each other."""

    relation = forms.ChoiceField(
        label=_("How the left one relates to the right one"),
        choices=CrosswalkLink.Relation.choices,
        initial=CrosswalkLink.Relation.RELATED,
        widget=ChoicePills(),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=NOTE_LIMIT)

    def __init__(self, *args: Any, left: Tree, right: Tree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trees = {"left": left, "right": right}
        for side, whole in self.trees.items():
            choices = [(each.code, each.name) for each in whole.competencies]
            self.fields[side] = forms.MultipleChoiceField(
                choices=choices,
                error_messages={"required": _("Choose at least one competency on each side.")},
            )

    def columns(self) -> list[dict[str, Any]]:
        """Each side as a page shows it: domains with their competencies, ticked or not."""
        found = []
        for side, whole in self.trees.items():
            on = set(self.data.getlist(side)) if self.is_bound and hasattr(self.data, "getlist") else set()
            domains = [
                {
                    "name": domain.name,
                    "items": [(each, each.code in on) for each in domain.competencies],
                    "open": len(whole.competencies) <= FEW or any(e.code in on for e in domain.competencies),
                }
                for domain in whole.domains
            ]
            found.append({"side": side, "tree": whole, "domains": domains, "errors": self[side].errors})
        return found


class LoadLinks(forms.Form):
    """A table of links."""

    file = forms.FileField(label=_("The table (CSV)"), allow_empty_file=False)

    def clean_file(self) -> str:
        """The text of the file."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("This file is too large for a table of links."))
        raw = file.read()
        try:
            refuse_all_but_text(raw)
            return text_of(raw, [])
        except FrameworkProblem as problem:
            raise ValidationError(problem.sentence) from None
