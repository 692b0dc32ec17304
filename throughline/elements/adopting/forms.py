"""Adopt a draft or a file; bring an element to another stage; choose what an edition shows of the journey."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.elements.adopting.actions import LONGEST_BODY, LONGEST_NOTE, Adoption, Seen
from throughline.elements.models import Edition
from throughline.files.forms import UploadField
from throughline.files.models import StoredFile
from throughline.frameworks.tree import Tree
from throughline.kit import clock
from throughline.records.models import Mark
from throughline.ui.forms import ChoicePills, StepCards, date_input, depends


class SeenForm(forms.Form):
    """Carries what somebody had before them when the page was made."""

    seen_change = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen_version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    seen_digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def seen(self) -> Seen:
        """The same for a verb."""
        said = self.cleaned_data
        return Seen(said["seen_change"], said["seen_version"] or 0, said["seen_digest"])


class AdoptForm(SeenForm):
    """Who adopted what, when, and from when it holds."""

    of = forms.ChoiceField(
        label=gettext_lazy("What was adopted?"),
        choices=[
            ("text", gettext_lazy("The draft as it stands now")),
            ("file", gettext_lazy("A file")),
        ],
        initial="text",
        widget=StepCards(),
    )
    file = depends(UploadField(label=gettext_lazy("The adopted file"), required=False))
    kept = forms.UUIDField(required=False, widget=forms.HiddenInput)
    body = forms.CharField(
        label=gettext_lazy("Adopted by"),
        help_text=gettext_lazy("The body that decided: the board, the staff meeting, the school council …"),
        max_length=LONGEST_BODY,
    )
    on = forms.DateField(
        label=gettext_lazy("On"), help_text=gettext_lazy("A date in the past is fine."), widget=date_input()
    )
    in_force_on = forms.DateField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Leave it empty to decide later."),
        widget=date_input(),
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("A note"),
        help_text=gettext_lazy(
            "How it was decided, or what still has to follow. Everyone who sees the edition reads it."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_NOTE,
        required=False,
    )

    def __init__(
        self, *args: Any, number: int, kept: Callable[[UUID], StoredFile | None], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.found = kept
        cards: Any = self.fields["of"].widget
        cards.about = {
            "text": _("Text and items are frozen as edition %(number)s. Writing can go on afterwards.")
            % {"number": number},
            "file": _("A PDF, for example, that was adopted elsewhere. It is kept exactly as it is."),
        }

    def clean(self) -> dict[str, Any]:
        """A file is needed where one was adopted: one that comes now, or one that was kept before."""
        said = super().clean() or self.cleaned_data
        if not said.get("file") and said.get("kept") and "file" not in self.errors:
            said["file"] = self.found(said["kept"])
        if said.get("of") == "file" and not said.get("file") and "file" not in self.errors:
            self.add_error("file", _("Choose the file that was adopted."))
        return said

    def adoption(self) -> Adoption:
        """What the form says, for the verb."""
        said = self.cleaned_data
        return Adoption(
            body=said["body"],
            on=said["on"],
            note=said["note"],
            in_force_on=said["in_force_on"],
            file=said["file"] if said["of"] == "file" else None,
        )


class StageForm(SeenForm):
    """From when, why, and for what comes into force, which edition."""

    number = forms.TypedChoiceField(label=gettext_lazy("Edition"), coerce=int, widget=forms.Select)
    on = forms.DateField(label=gettext_lazy("From"), widget=date_input())
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_NOTE,
        required=False,
    )

    def __init__(
        self, *args: Any, editions: Sequence[Edition] = (), needs_reason: bool, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"on": clock.today(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason
        if editions:
            self.fields["number"].choices = [  # type: ignore[attr-defined]
                (each.number, _("Edition %(number)d") % {"number": each.number}) for each in editions
            ]
        else:
            del self.fields["number"]


class ShowForm(forms.Form):
    """Which competencies it shows, and why."""

    shows = forms.MultipleChoiceField(
        label=gettext_lazy("What it shows"), widget=forms.CheckboxSelectMultiple, required=False
    )
    mark = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=Mark.choices,
        initial=Mark.DOCUMENT,
        widget=ChoicePills(),
        help_text=gettext_lazy("A text is a document. What people do because of it is evidence of its own."),
    )
    why = forms.CharField(
        label=gettext_lazy("Why it shows this"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_NOTE,
        required=False,
    )

    def __init__(self, *args: Any, shown: Tree, design_element: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        self.fields["shows"].choices = [  # type: ignore[attr-defined]
            (str(each.id), each.name) for each in shown.competencies
        ]
        self.fields["shows"].initial = [
            str(each.id)
            for domain in shown.domains
            if domain.design_element == design_element
            for each in domain.competencies
        ]

    def competencies(self) -> list[UUID]:
        """What was ticked."""
        return list(map(UUID, self.cleaned_data["shows"]))

    def ticks(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """Domain by domain: each competency with whether it is ticked."""
        on = {str(each) for each in self["shows"].value() or ()}
        return [
            (domain.name, [(str(each.id), each.name, str(each.id) in on) for each in domain.competencies])
            for domain in self.shown.domains
        ]
