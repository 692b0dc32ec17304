"""Forms of the two rounds."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.elements.gathering.actions import NAME_LIMIT, NOTE_LIMIT
from throughline.elements.models import Stance
from throughline.ui.forms import ChoicePills, depends


class EntriesForm(forms.Form):
    """What one group said in one place, one entry a line; in the second round with what it says to an attribute."""

    group = forms.ChoiceField(label=_("Group"), widget=ChoicePills())
    stance = forms.ChoiceField(label=_("What they say to it"), choices=Stance.choices, widget=ChoicePills())
    origin = forms.CharField(
        label=_("Where it was said"),
        help_text=_("Such as “Wall in the entrance hall, March 3”. Never a name."),
        max_length=NAME_LIMIT,
        required=False,
    )
    texts = forms.CharField(
        label=_("Entries, one a line"),
        help_text=_("Word for word, with the mistakes people made. Leave out names."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *args: Any, groups: Sequence[tuple[str, Any]], second: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = groups  # type: ignore[attr-defined]
        if not second:
            del self.fields["stance"]


class MissingForm(forms.Form):
    """Who is missing, and what will be done about it."""

    text = forms.CharField(
        label=_("Whose voice is missing, and what will you do about it?"),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ClusterForm(forms.Form):
    """Better words for a cluster."""

    title = forms.CharField(label=_("Name of the cluster"), max_length=NAME_LIMIT)


class AgreeForm(forms.Form):
    """What a cluster becomes: a new attribute, or one that is there."""

    item = depends(forms.ChoiceField(label=_("It becomes"), required=False))
    title = depends(
        forms.CharField(label=_("Name of the new attribute"), max_length=NAME_LIMIT, required=False)
    )
    text = forms.CharField(
        label=_("Its definition"),
        help_text=_("It can be written later."),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, attributes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "agree_%s", **kwargs})
        self.fields["item"].choices = [("", _("a new attribute")), *attributes]  # type: ignore[attr-defined]
