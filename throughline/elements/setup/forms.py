"""Forms that begin an element, change its sections, and invite people to it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.elements.groups import GROUPS
from throughline.elements.models import May
from throughline.elements.setup.actions import TEXT_LIMIT, TITLE_LIMIT
from throughline.frameworks.languages import language_names
from throughline.ui.forms import ChoicePills, ManyPills


class BeginForm(forms.Form):
    """Title and language of an element to be."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LIMIT)
    language = forms.ChoiceField(
        label=_("Language that you write in"),
        help_text=_("English and Spanish come with their own template; others begin with the English one."),
        choices=lambda: list(language_names().items()),
    )


class TitleForm(forms.Form):
    """Another title."""

    title = forms.CharField(label=_("Title of the element"), max_length=TITLE_LIMIT)


class SectionForm(forms.Form):
    """One section of an outline."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LIMIT)
    prompt = forms.CharField(
        label=_("Prompt"),
        help_text=_("What to write here, in a sentence or two. It stands beside the text."),
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    example = forms.CharField(
        label=_("Example"), max_length=TEXT_LIMIT, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    done = forms.CharField(
        label=_("Done when"), max_length=TEXT_LIMIT, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    who = forms.MultipleChoiceField(
        label=_("Who must be in it"), choices=GROUPS, required=False, widget=ManyPills()
    )

    def words(self) -> dict[str, str]:
        """As the verbs take them."""
        return {**self.cleaned_data, "who": " ".join(self.cleaned_data["who"])}


class InviteForm(forms.Form):
    """A member who is no staff, and what they may do in this one element."""

    member = forms.ChoiceField(label=_("Who"))
    may = forms.ChoiceField(label=_("What they may do"), choices=May.choices, widget=ChoicePills())

    def __init__(self, *args: Any, members: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = members  # type: ignore[attr-defined]
