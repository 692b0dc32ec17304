"""Forms of the log and the review."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.kit import clock
from throughline.plans.models import LogEntry
from throughline.plans.reviewing.actions import KINDS, TEXT_LIMIT, TITLE_LIMIT
from throughline.plans.reviewing.queries import Asked
from throughline.ui.forms import ChoicePills, date_input, depends

Goals = Iterable[tuple[UUID, str]]


class AskForm(forms.Form):
    """Which lines of the log are shown."""

    goal = depends(forms.TypedChoiceField(label=_("Goal"), coerce=UUID, empty_value=None, required=False))
    kind = depends(forms.ChoiceField(label=_("Show"), required=False))
    since = depends(forms.DateField(label=_("From"), widget=date_input(), required=False))
    until = depends(forms.DateField(label=_("Until"), widget=date_input(), required=False))

    def __init__(self, *args: Any, goals: Goals, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["goal"].choices = [("", _("all")), *goals]
        fields["kind"].choices = [("", _("everything")), *LogEntry.Kind.choices]

    def asked(self) -> Asked:
        """What the query wants to know; what nobody offered is left out."""
        told = self.cleaned_data if self.is_valid() else {}
        return Asked(told.get("goal"), told.get("kind") or "", told.get("since"), told.get("until"))


class LineForm(forms.Form):
    """One more line of the log."""

    text = forms.CharField(
        label=_("What happened, or what did you learn?"),
        help_text=_("It stays as you write it, with your name."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=TEXT_LIMIT,
    )
    kind = forms.ChoiceField(
        label=_("What it is"), choices=[(each.value, each.label) for each in KINDS], widget=ChoicePills()
    )
    goal = forms.TypedChoiceField(label=_("Goal"), coerce=UUID, empty_value=None, required=False)
    on = depends(forms.DateField(label=_("Day"), widget=date_input(), required=False))

    def __init__(self, *args: Any, goals: Goals, **kwargs: Any) -> None:
        kwargs["initial"] = {"kind": LogEntry.Kind.HAPPENED, "on": clock.today(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["goal"].choices = [("", _("None of them")), *goals]  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """The period to look back on; beginning with the twelve months that end today."""

    title = forms.CharField(label=_("Name"), max_length=TITLE_LIMIT)
    starts_on = forms.DateField(label=_("From"), widget=date_input())
    ends_on = forms.DateField(label=_("Until"), widget=date_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = clock.today()
        begin = today.replace(year=today.year - 1, day=min(today.day, 28))
        title = f"{begin.year}–{today.year}"
        kwargs["initial"] = {"title": title, "starts_on": begin, "ends_on": today}
        super().__init__(*args, **kwargs)


class RemarkForm(forms.Form):
    """What somebody says to one part of a review."""

    about = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What do you say to it?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=TEXT_LIMIT
    )
