"""One form for every kind of item, and the choice of what an item serves."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.elements.structure.fields import (
    CHOICE,
    DATE,
    LINK,
    MOST_DEMONSTRATIONS,
    NUMBER,
    TEXT,
    Field,
    Kind,
)
from throughline.ui.forms import ChoicePills, date_input


class ItemForm(forms.Form):
    """The fields of one kind. What may stand in them is the verb's to say (`structure.words`)."""

    def __init__(
        self,
        data: Any = None,
        *,
        kind: Kind,
        initial: Mapping[str, str] | None = None,
        offers: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.offers = {key: sorted(set(said)) for key, said in (offers or {}).items()}
        for each in kind.fields:
            self.fields[each.key] = _field(each)
            if self.offers.get(each.key):
                self.fields[each.key].widget.attrs["list"] = f"offers-{each.key}"

    def words(self) -> dict[str, str]:
        """What was typed, field by field."""
        return {key: str(self.cleaned_data.get(key) or "") for key in self.fields}


def _field(field: Field) -> forms.Field:
    widget: forms.Widget
    if field.sort == TEXT:
        widget = forms.Textarea(attrs={"rows": 4, "maxlength": field.limit})
    elif field.sort == CHOICE:
        widget = ChoicePills(choices=field.choices)
    elif field.sort == DATE:
        widget = date_input()
    elif field.sort == NUMBER:
        widget = forms.NumberInput(attrs={"min": 1, "max": MOST_DEMONSTRATIONS})
    elif field.sort == LINK:
        widget = forms.URLInput(attrs={"maxlength": field.limit})
    else:
        widget = forms.TextInput(attrs={"maxlength": field.limit})
    return forms.CharField(
        label=cast("Any", field.label),
        help_text=cast("Any", field.help),
        required=field.required,
        widget=widget,
    )


Group = tuple[str | Promise, Sequence[tuple[UUID, str]]]


class TiesForm(forms.Form):
    """Ticks for everything that an item may serve, group by group; `choices` are all of them."""

    def __init__(self, data: Any = None, *, groups: Sequence[Group], chosen: Iterable[UUID] = ()) -> None:
        super().__init__(data)
        self.chosen = set(chosen)
        known = [(str(key), words) for _name, rows in groups for key, words in rows]
        self.fields["to"] = forms.MultipleChoiceField(
            choices=known,
            required=False,
            error_messages={"invalid_choice": _("One of these has been removed meanwhile.")},
        )
        if self.is_bound:
            self.chosen = {UUID(key) for key in data.getlist("to") if key in dict(known)}
        self.groups = [
            (name, [(key, words, key in self.chosen) for key, words in rows]) for name, rows in groups if rows
        ]

    def keys(self) -> set[UUID]:
        """The ones that were ticked."""
        return {UUID(key) for key in self.cleaned_data["to"]}
