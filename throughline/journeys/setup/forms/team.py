"""Who is on a team: a row for each person with two boxes, *rates* and *decides*."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from throughline.journeys.candidates import Candidate
from throughline.journeys.setup.actions import Part
from throughline.schools.models import Membership, Role
from throughline.ui.asseen import AsSeen

SHORTCUTS = {
    Role.TEAM.value: _("everyone on the leadership team"),
    Role.EDUCATOR.value: _("every educator"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One person in the form."""

    who: Candidate
    rates: bool
    decides: bool


class TeamForm(AsSeen, forms.Form):
    """`raters` and `deciders` hold ids of members; `rows()` lays them out person by person."""

    raters = forms.MultipleChoiceField(label=_("Who rates"), required=False)
    deciders = forms.MultipleChoiceField(label=_("Who decides"), required=False)
    team = forms.CharField(label=_("Team"), required=False, widget=forms.HiddenInput())

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        people: Sequence[Candidate],
        raters: Iterable[UUID] = (),
        deciders: Iterable[UUID] = (),
        initial: dict[str, Any] | None = None,
    ) -> None:
        ticked = {"raters": [str(each) for each in raters], "deciders": [str(each) for each in deciders]}
        super().__init__(data, initial={**ticked, **(initial or {})})
        self.people = people
        known = [(str(each.id), each.name) for each in people]
        for name in ("raters", "deciders"):
            self.fields[name].choices = known  # type: ignore[attr-defined]

    def rows(self) -> list[Row]:
        """Everyone who can be chosen, those with a box ticked first."""
        raters, deciders = set(self["raters"].value() or ()), set(self["deciders"].value() or ())
        rows = [Row(each, str(each.id) in raters, str(each.id) in deciders) for each in self.people]
        return sorted(rows, key=lambda row: not (row.rates or row.decides))

    def shortcuts(self) -> list[tuple[str, str]]:
        """Roles that somebody here holds and that a button ticks at once."""
        held = {role for each in self.people for role in each.roles}
        return [(role, str(words)) for role, words in SHORTCUTS.items() if role in held]

    def parts(self, members: Iterable[Membership]) -> list[Part]:
        """The team as the verbs take it."""
        raters, deciders = set(self.cleaned_data["raters"]), set(self.cleaned_data["deciders"])
        chosen = {str(member.id): member for member in members}
        return [
            Part(chosen[key], is_rater=key in raters, is_decider=key in deciders)
            for key in [str(each.id) for each in self.people]
            if key in chosen and (key in raters or key in deciders)
        ]

    def chosen_ids(self) -> set[str]:
        """Everyone with at least one box ticked."""
        return set(self.cleaned_data["raters"]) | set(self.cleaned_data["deciders"])


def ticked_too(data: QueryDict, people: Sequence[Candidate]) -> dict[str, Any]:
    """What was typed, as initial values of a fresh form, with both boxes ticked for everyone of the role in `tick`."""
    role = data.get("tick", "")
    held = [str(each.id) for each in people if role in each.roles]
    typed: dict[str, Any] = {name: data.get(name) for name in data if not name.startswith("_")}
    for name in ("raters", "deciders"):
        typed[name] = list(dict.fromkeys([*data.getlist(name), *held]))
    return typed
