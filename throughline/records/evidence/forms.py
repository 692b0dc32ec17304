"""Forms that bring evidence: whatever its kind, and what it shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.files.forms import UploadField
from throughline.files.models import StoredFile
from throughline.files.policy import limits
from throughline.frameworks.tree import CompetencyItem, Tree, tree
from throughline.kit.addresses import local_path
from throughline.records.evidence.actions import KEPT_ABOVE, REWORKED, Piece, Shows
from throughline.records.forms import day_field
from throughline.records.models import Decision, Evidence, Mark, Standing, StandingValue
from throughline.ui.forms import ChoicePills, FileDrop, StepCards, depends


class ShowsField(forms.MultipleChoiceField):
    """Competencies and indicators as `<competency>` or `<competency>:<indicator>`; templates draw the boxes."""

    def __init__(self, shown: Tree, **options: Any) -> None:
        values = []
        for competency in shown.competencies:
            values.append(str(competency.id))
            values += [f"{competency.id}:{each.id}" for each in competency.indicators]
        super().__init__(choices=[(value, value) for value in values], **options)

    def clean(self, value: Any) -> tuple[Shows, ...]:
        """The choices as what the verb takes."""
        told = super().clean(value)
        pairs = (each.partition(":") for each in told)
        return tuple(Shows(UUID(first), UUID(second) if second else None) for first, _colon, second in pairs)


_CHECKED = mark_safe(" checked")


@dataclass(frozen=True, slots=True)
class Box:
    """A checkbox: its value, words, and whether it is ticked."""

    value: str
    words: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Boxes:
    """A competency as a whole and its indicators, to be ticked."""

    competency: CompetencyItem
    whole: Box
    indicators: tuple[Box, ...]

    @property
    def any_ticked(self) -> bool:
        """Whether something in it is ticked, so that it stands open."""
        return self.whole.ticked or any(box.ticked for box in self.indicators)

    def drawn(self) -> SafeString:
        """The boxes as HTML: there may be a hundred competencies on the page."""
        lines = [(box, "") for box in self.indicators]
        lines.append((self.whole, mark_safe(' class="quiet"') if self.indicators else ""))
        rows = format_html_join(
            "",
            '<label class="tick"><input type="checkbox" name="shows" value="{}"{}><span{}>{}</span></label>',
            ((box.value, _CHECKED if box.ticked else "", look, box.words) for box, look in lines),
        )
        return format_html('<div class="ticks">{}</div>', rows)


def boxes(competencies: Iterable[CompetencyItem], ticked: Iterable[str]) -> list[Boxes]:
    """The checkboxes of some competencies; those in `ticked` are on."""
    on = set(ticked)

    def of(item: CompetencyItem) -> Boxes:
        key = str(item.id)
        lines = ((f"{key}:{each.id}", each.text) for each in item.indicators)
        whole = Box(key, _("The competency as a whole"), key in on)
        return Boxes(item, whole, tuple(Box(value, text, value in on) for value, text in lines))

    return [of(item) for item in competencies]


class _Chooser(forms.Form):
    """What evidence shows: one competency first, the others folded away."""

    shown: Tree
    first: CompetencyItem | None

    def _ticked(self) -> list[str]:
        value = self["shows"].value()
        return [str(each) for each in value] if isinstance(value, list | tuple) else []

    def first_boxes(self) -> list[Boxes]:
        """The one competency that the person came from, if any."""
        return boxes([self.first] if self.first else [], self._ticked())

    @property
    def others_open(self) -> bool:
        """Whether the others are unfolded from the start: there is no first one, or some of them are ticked."""
        mine = str(self.first.id) if self.first else ""
        return self.first is None or any(not each.startswith(mine) for each in self._ticked())

    def other_boxes(self) -> list[tuple[str, int, list[Boxes]]]:
        """(domain, hue, boxes) of all the others."""
        ticked = self._ticked()
        return [
            (domain.name, domain.hue, boxes([c for c in domain.competencies if c is not self.first], ticked))
            for domain in self.shown.domains
        ]


class _Drop(FileDrop):
    """A file drop that states the product's limits, whole."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["limits"] = limits().text
        return context


MARKS_ABOUT = {
    Mark.DOCUMENT.value: (
        gettext_lazy("Words on paper: a plan, a policy, a report. It says what is meant to happen.")
    ),
    Mark.PRACTICE.value: (
        gettext_lazy("Something seen in use: notes from a visit, a photo of a working wall, a schedule.")
    ),
    Mark.EFFECT.value: (
        gettext_lazy("What came of it: survey answers, learners’ work, a figure that moved.")
    ),
}


class BringForm(_Chooser):
    """A piece of evidence of any kind. The kind decides which of the fields in the middle count."""

    use_required_attribute = False  # what is needed depends on the kind; the verb says what is missing
    NEEDED_FOR_KIND = ("file", "url", "figure", "unit", "cited_decision", "title")

    kind = forms.ChoiceField(
        label=gettext_lazy("What are you adding?"),
        choices=Evidence.Kind.choices,
        widget=ChoicePills(),
        initial="file",
    )
    file = UploadField(label=gettext_lazy("File or photo"), help_text="")
    url = forms.CharField(
        label=gettext_lazy("Web address"),
        widget=forms.URLInput(attrs={"placeholder": "https://", "inputmode": "url"}),
    )
    figure = forms.DecimalField(
        label=gettext_lazy("Figure"),
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    unit = forms.CharField(
        label=gettext_lazy("What it counts"),
        help_text=gettext_lazy("For example: of 48 learners got help the same day"),
    )
    cited_decision = forms.ChoiceField(
        label=gettext_lazy("Which standing?"),
        help_text=gettext_lazy("Something a group in this organization has earned or begun."),
    )
    title = forms.CharField(
        label=gettext_lazy("Short title"), widget=forms.TextInput(attrs={"maxlength": 200})
    )
    text = depends(
        forms.CharField(
            required=False,
            label=gettext_lazy("What you saw or found out"),
            help_text=gettext_lazy("A few plain sentences. Leave out learners’ names unless they agreed."),
            widget=forms.Textarea(attrs={"rows": 3}),
        )
    )
    mark = forms.ChoiceField(
        label=gettext_lazy("What can it show?"), choices=Mark.choices, widget=StepCards(about=MARKS_ABOUT)
    )
    happened_on = day_field(
        gettext_lazy("When it was"), help_text=gettext_lazy("When it happened, not today’s date.")
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Where it was"),
        choices=Evidence.Place.choices,
        widget=ChoicePills(),
        initial=Evidence.Place.IN_SCHOOL,
    )
    why = forms.CharField(
        required=False,
        label=gettext_lazy("Why it shows this"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    recheck_on = day_field(
        gettext_lazy("Check again by"),
        required=False,
        help_text=gettext_lazy("After this date it counts as stale, and the team is asked to re-check."),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        shown: Tree,
        first: CompetencyItem | None = None,
        standings: Iterable[Standing] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shown, self.first = shown, first
        self.fields["shows"] = ShowsField(shown, required=False, label=_("What it shows"))
        self.fields["file"].widget = _Drop(limits().most // 1024 // 1024, accept=limits().accept)
        self.standings = {str(each.decision_id): each for each in standings}
        self.fields["cited_decision"].choices = _standing_choices(self.standings)  # type: ignore[attr-defined]
        elsewhere = KEPT_ABOVE | (set() if self.standings else {Evidence.Kind.STANDING.value})
        kinds = [each for each in Evidence.Kind.choices if each[0] not in elsewhere]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def full_clean(self) -> None:
        """Fields of the kinds that were not chosen stay empty; they are shown as needed all the same."""
        for name in self.NEEDED_FOR_KIND:
            self.fields[name].required = False
        super().full_clean()
        for name in self.NEEDED_FOR_KIND:
            self.fields[name].required = True

    def clean_next(self) -> str:
        """Only ever a path on this site."""
        return local_path(self.cleaned_data["next"])

    def clean(self) -> dict[str, Any]:
        """A group's standing brings its own title; a file that was chosen must be chosen again after an error."""
        told = super().clean() or {}
        cited = self.standings.get(told.get("cited_decision", ""))
        if told.get("kind") == Evidence.Kind.STANDING and cited and not told.get("title"):
            told["title"] = standing_in_words(cited)[:200]
        return told

    def piece(self, **more: Any) -> Piece:
        """What the verb takes. `more` brings the kept file and the cited decision."""
        told = self.cleaned_data
        names = (
            "kind",
            "mark",
            "title",
            "happened_on",
            "text",
            "url",
            "figure",
            "unit",
            "place",
            "recheck_on",
        )
        return Piece(**{name: told[name] for name in names}, shows=told["shows"], why=told["why"], **more)

    def cited(self) -> Decision | None:
        """The decision behind the standing that was chosen."""
        chosen = self.standings.get(self.cleaned_data.get("cited_decision", ""))
        return chosen.decision if chosen else None


class EditionForm(forms.Form):
    """A piece brought again: only what an edition holds. `seen` is the edition that was reworked."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=gettext_lazy("What are you adding?"),
        choices=[each for each in Evidence.Kind.choices if each[0] in REWORKED],
        widget=ChoicePills(),
    )
    file = UploadField(label=gettext_lazy("File or photo"), help_text="", required=False)
    url = forms.CharField(
        required=False,
        label=gettext_lazy("Web address"),
        widget=forms.URLInput(attrs={"placeholder": "https://", "inputmode": "url"}),
    )
    title = forms.CharField(
        label=gettext_lazy("Short title"), widget=forms.TextInput(attrs={"maxlength": 200})
    )
    text = depends(
        forms.CharField(
            required=False,
            label=gettext_lazy("What you saw or found out"),
            widget=forms.Textarea(attrs={"rows": 6}),
        )
    )
    happened_on = day_field(gettext_lazy("When it was"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget = _Drop(limits().most // 1024 // 1024, accept=limits().accept)

    @property
    def needs_file(self) -> bool:
        """Whether the chosen kind holds a file."""
        return self.cleaned_data["kind"] in (Evidence.Kind.FILE, Evidence.Kind.PHOTO)

    def piece_of(self, before: Evidence, stored: StoredFile | None) -> Piece:
        """What the verb takes; mark, place and setting stay as they were."""
        told = {name: self.cleaned_data[name] for name in ("kind", "title", "text", "url", "happened_on")}
        return Piece(**told, mark=before.mark, place=before.place, file=stored)


def standing_in_words(standing: Standing) -> str:
    """ "Mathematics: Timely Support, earned"."""
    item = tree(standing.record.version_id).by_id[standing.competency_id]
    return _("%(group)s: %(competency)s, %(standing)s") % {
        "group": standing.record.group.name if standing.record.group else "",
        "competency": item.name,
        "standing": StandingValue(standing.value).label,
    }


def _standing_choices(standings: Mapping[str, Standing]) -> list[tuple[str, Any]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, standing in standings.items():
        name = standing.record.group.name if standing.record.group else ""
        groups.setdefault(name, []).append((key, standing_in_words(standing)))
    return [("", _("Choose a standing")), *groups.items()]


class ClaimForm(_Chooser):
    """What else a piece of evidence shows."""

    why = forms.CharField(
        required=False, label=gettext_lazy("Why it shows this"), widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, shown: Tree, first: CompetencyItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown, self.first = shown, first
        self.fields["shows"] = depends(ShowsField(shown, required=False, label=_("What it shows")))
