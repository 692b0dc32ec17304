"""The file of a plan; what its columns mean; where its new goals belong."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.plans.doing.forms import owner_choices
from throughline.plans.queries import Known
from throughline.plans.tables.actions import Chosen
from throughline.plans.tables.columns import FIELDS
from throughline.plans.tables.columns_in_words import LABELS
from throughline.plans.tables.days import DAY_FIRST, MONTH_FIRST
from throughline.plans.tables.reading import MOST_MB
from throughline.ui.forms import FileDrop

NOBODY = "nobody"
MOST_ASKED = 40  # so many names are asked about at a time
ACCEPT = ".xlsx,.csv,.tsv,.txt,text/csv"


def _field_of(word: str) -> str:
    """What the field is called that asks about a name."""
    return f"who_{sha256(word.encode()).hexdigest()[:16]}"


class TableForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("File"),
        widget=FileDrop(limit_mb=MOST_MB, kinds="XLSX, CSV.", accept=ACCEPT),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )


class ColumnsForm(forms.Form):
    """Which column each field stands in; the order of dates; what becomes of unknown owners."""

    order = forms.ChoiceField(
        label=_("In a date such as 3/4/2027, which number is the day?"),
        choices=[
            ("", _("Not needed, or not chosen yet")),
            (DAY_FIRST, _("The first: 3 April")),
            (MONTH_FIRST, _("The second: March 4")),
        ],
        required=False,
    )
    without_owner = forms.BooleanField(
        label=_("Leave everybody else out whom we don’t know"),
        help_text=_("Their rows come in without them."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        headings: Sequence[str],
        chosen: Mapping[str, Any],
        unknown: Mapping[str, str] = MappingProxyType({}),
        people: Sequence[Known] = (),
        **kwargs: Any,
    ) -> None:
        initial = {**chosen["columns"], "order": chosen["order"], "without_owner": chosen["without_owner"]}
        super().__init__(*args, **{**kwargs, "initial": initial})
        names = [(at, name or f"({at + 1})") for at, name in enumerate(headings)]
        for field in FIELDS:
            self.fields[field] = forms.TypedChoiceField(
                label=LABELS[field],
                coerce=int,
                empty_value=None,
                required=False,
                choices=[("", "–"), *names],
            )
        self._offer_people(unknown, people, chosen.get("people", {}))

    def _offer_people(
        self, unknown: Mapping[str, str], people: Sequence[Known], chosen: Mapping[str, str]
    ) -> None:
        """A field for each name that we don't know: who is meant."""
        self.words = {_field_of(word): word for word in sorted(unknown, key=chosen.__contains__)[:MOST_ASKED]}
        choices = [("", _("Not chosen yet")), (NOBODY, _("Leave them out")), *owner_choices(people)[1:]]
        for name, word in self.words.items():
            self.fields[name] = forms.ChoiceField(
                label=_("Who is “%(name)s”?") % {"name": unknown[word]},
                required=False,
                choices=[
                    (str(key), words) if isinstance(words, str) else (key, words) for key, words in choices
                ],
            )
            self.initial[name] = (chosen[word] or NOBODY) if word in chosen else ""

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields that ask who is meant by a name."""
        return [self[name] for name in self.words]

    @property
    def columns(self) -> list[forms.BoundField]:
        """The fields that ask which column something stands in."""
        return [self[name] for name in FIELDS]

    def chosen(self) -> Chosen:
        """What was chosen."""
        said = self.cleaned_data
        columns = {name: said[name] for name in FIELDS if said[name] is not None}
        people = {
            word: None if not said[name] else "" if said[name] == NOBODY else said[name]
            for name, word in self.words.items()
        }
        return Chosen(columns, said["order"], said["without_owner"], people)


class IntoForm(forms.Form):
    """The journey that new goals belong to."""

    journey = forms.TypedChoiceField(
        label=_("New goals belong to this journey"), coerce=UUID, empty_value=None, required=False
    )

    def __init__(self, *args: Any, journeys: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["journey"].choices = journeys  # type: ignore[attr-defined]
