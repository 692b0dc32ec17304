"""The forms of an import: the file, and which items of a CASE package become what."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from throughline.frameworks.case.extensions import level_of
from throughline.frameworks.case.mapping import Choice, Pick, depth_counts, kind_counts, propose
from throughline.frameworks.case.reading import CasePackage
from throughline.frameworks.limits import MOST_MB
from throughline.frameworks.markup import flattened
from throughline.frameworks.models import Framework
from throughline.ui.forms import FileDrop

ACCEPT = ".json,.csv,.tsv,.txt,.xlsx,application/json,text/csv"
MOST_INDICATORS = 12
MOST_TYPES = 30


class _Drop(FileDrop):
    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        self.kinds = _("A CASE package (JSON), CSV or XLSX.")
        return super().get_context(name, value, attrs)


class ImportForm(forms.Form):
    """One framework file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=_Drop(limit_mb=MOST_MB, accept=ACCEPT),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
    )

    def clean_file(self) -> UploadedFile:
        """The file, unless it is too large: then it has not been kept while it arrived."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_MB * 1024 * 1024:
            raise forms.ValidationError(
                _("This file is larger than %(size)d MB. Choose a smaller one.") % {"size": MOST_MB}
            )
        return file


class ChoiceForm(forms.Form):
    """Which items of a package are domains, competencies, advanced ones, and whether those below are indicators.

    What is not said is proposed; a value that is not offered is an error of the form.
    """

    domains = forms.ChoiceField(label=gettext_lazy("Domains are"))
    competencies = forms.ChoiceField(label=gettext_lazy("Competencies are"))
    advanced = forms.ChoiceField(label=gettext_lazy("Advanced are"))
    indicators = forms.ChoiceField(label=gettext_lazy("Items below a competency"))

    def __init__(self, package: CasePackage, data: Any, here: Framework | None = None) -> None:
        self.proposed = propose(package)
        first = {
            "domains": BEFORE if here else _value(self.proposed.domains),
            "competencies": BEFORE if here else _value(self.proposed.competencies),
            "advanced": "none",
            "indicators": "children",
        }
        super().__init__({name: data.get(name, value) for name, value in first.items()})
        self.package = package
        picks = list(_picks(package))
        before = [(BEFORE, _("as in your current version"))] if here else []
        whole = ("depth:0", _("the framework itself, as the only domain"))
        self._offer("domains", [*before, *_proposal(self.proposed.domains), whole, *picks])
        self._offer("competencies", [*before, *_proposal(self.proposed.competencies), *picks])
        none = _("none: all are foundational")
        if any(level_of(node) for node in package.nodes()):
            none = _("as the file says")
        self._offer("advanced", [("none", before[0][1] if before else none), *picks])
        self._offer(
            "indicators",
            [
                ("children", _("become its indicators, if there are no more than 12")),
                ("none", _("are left out")),
            ],
        )

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def choice(self) -> Choice:
        """The choice that was made; of a form with errors, the proposal."""
        if not self.is_valid():
            return Choice()
        told = self.cleaned_data
        return Choice(
            domains=_pick(told["domains"], self.proposed.domains),
            competencies=_pick(told["competencies"], self.proposed.competencies),
            advanced=_pick(told["advanced"]),
            indicators=told["indicators"] != "none",
            most_indicators=MOST_INDICATORS,
        )

    def said(self) -> list[tuple[str, str]]:
        """The values in force, to go along with another form."""
        return [(name, str(self.data.get(name, ""))) for name in self.fields]


def _picks(package: CasePackage) -> Iterable[tuple[str, str]]:
    """Every depth and every type that a package has, as choices with their count."""
    examples: dict[int, str] = {}
    for node in package.nodes():
        examples.setdefault(node.depth, flattened(node.short or node.statement, 40))
    for depth, count in sorted(depth_counts(package).items()):
        told = {"depth": depth, "count": count, "example": examples[depth]}
        yield (
            f"depth:{depth}",
            ngettext(
                "level %(depth)d of the tree: %(count)d item, such as “%(example)s”",
                "level %(depth)d of the tree: %(count)d items, such as “%(example)s”",
                count,
            )
            % told,
        )
    for kind, count in sorted(kind_counts(package).most_common(MOST_TYPES)):
        told = {"kind": kind[:60], "count": count}
        yield (
            f"type:{kind}",
            ngettext("the type “%(kind)s”: %(count)d item", "the type “%(kind)s”: %(count)d items", count)
            % told,
        )


BEFORE = "before"
PROPOSED = "proposed"


def _value(pick: Pick) -> str:
    """The choice that says this; a pick of several things at once is the proposal itself."""
    if pick.depth is not None and not pick.kinds:
        return f"depth:{pick.depth}"
    return f"type:{pick.kinds[0]}" if pick.depth is None and len(pick.kinds) == 1 else PROPOSED


def _proposal(pick: Pick) -> list[tuple[str, str]]:
    """The proposal as a choice, where no other choice says the same."""
    if _value(pick) != PROPOSED:
        return []
    names = ", ".join(f"“{kind[:60]}”" for kind in pick.kinds)
    return [(PROPOSED, _("as suggested: the types %(kinds)s") % {"kinds": names})]


def _pick(value: str, proposed: Pick | None = None) -> Pick:
    sort, _colon, rest = value.partition(":")
    if value == PROPOSED and proposed is not None:
        return proposed
    if sort == "depth":
        return Pick(depth=int(rest))
    return Pick(kinds=(rest,)) if sort == "type" else Pick()
