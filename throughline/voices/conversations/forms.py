"""The note of a conversation."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.tree import CompetencyItem
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import ChoicePills, ManyPills, date_input
from throughline.voices.conversations.actions import TEXT_LIMIT
from throughline.voices.conversations.bands import CHOICES as HOW_MANY
from throughline.voices.groups import CHOICES as GROUPS


class ConversationForm(forms.Form):
    """Who talked when, about what, and what was heard; no names."""

    group = forms.ChoiceField(label=_("Whom did you hear?"), choices=GROUPS)
    held_on = forms.DateField(label=_("When"), widget=date_input())
    how_many = forms.ChoiceField(label=_("How many were there?"), choices=HOW_MANY, widget=ChoicePills())
    competencies = forms.MultipleChoiceField(
        label=_("What was it about?"), required=False, widget=ManyPills()
    )
    heard = forms.CharField(
        label=_("What did you hear?"),
        help_text=_(
            "In their words as far as you can. Leave out names, and anything by which one person could be known."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=TEXT_LIMIT,
    )
    differs = forms.CharField(
        label=_("Where did they see it differently?"),
        help_text=_("One voice that saw it otherwise belongs here, also when nobody else did."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=TEXT_LIMIT,
        required=False,
    )
    names_are_meant = forms.BooleanField(
        label=_("What looks like a name is none, or may stay"), required=False
    )

    def __init__(self, *args: Any, known: Iterable[CompetencyItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in known:
            groups.setdefault(each.domain_name, []).append((each.code, each.name))
        self.fields["competencies"].choices = list(groups.items())  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """What the verbs want to know."""
        return dict(self.cleaned_data)


class ChangeForm(AsSeen, ConversationForm):
    """The same for what was written down before; whoever changed it meanwhile is seen beside."""
