"""Forms of a journey's setup: its name, what it leaves out, its team (two boxes for each person), its start."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.candidates import Candidate
from throughline.journeys.models import Journey
from throughline.journeys.policy import may_start
from throughline.journeys.setup.actions import Part
from throughline.kit.text import clean_line
from throughline.schools.models import Group, Membership, Organisation, Role
from throughline.schools.policy import may_manage_groups
from throughline.schools.tenant import Seat
from throughline.ui.asseen import FIELD as AS_SEEN
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import ChoicePills

SHORTCUTS = {
    Role.TEAM.value: gettext_lazy("everyone on the leadership team"),
    Role.EDUCATOR.value: gettext_lazy("every educator"),
}
WHOLE, NEW = "whole", "new"


class NameForm(AsSeen, forms.Form):
    """What a journey is called."""

    name = forms.CharField(
        label=gettext_lazy("Name of the journey"),
        help_text=gettext_lazy("A short name that everyone on the team will recognize."),
        max_length=200,
    )


class AsideForm(forms.Form):
    """Why a competency is left out for now."""

    reason = forms.CharField(
        label=gettext_lazy("Why are you leaving it out?"),
        help_text=gettext_lazy("For example: a classroom can’t set policy. The reason stays visible."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One person in the form."""

    who: Candidate
    rates: bool
    decides: bool


class TeamForm(AsSeen, forms.Form):
    """`raters` and `deciders` hold ids of members; `rows()` lays them out person by person."""

    raters = forms.MultipleChoiceField(label=gettext_lazy("Who rates"), required=False)
    deciders = forms.MultipleChoiceField(label=gettext_lazy("Who decides"), required=False)
    team = forms.CharField(label=gettext_lazy("Team"), required=False, widget=forms.HiddenInput())

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


class StartForm(TeamForm):
    """One page, nothing lost on error."""

    use_required_attribute = False  # which fields are needed depends on whose journey it is

    whose = forms.ChoiceField(label=gettext_lazy("Who is this journey for?"), widget=forms.RadioSelect())
    group_name = forms.CharField(
        label=gettext_lazy("Name of the new group"),
        max_length=200,
        error_messages={"required": gettext_lazy("Give the new group a name.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of group is it?"),
        choices=Group.Kind.choices,
        error_messages={
            "required": gettext_lazy("Choose what kind of group it is: a classroom, a subject, or a team."),
        },
        initial=Group.Kind.CLASSROOM,
        widget=ChoicePills(),
    )
    name = forms.CharField(
        label=gettext_lazy("What will you call it?"),
        help_text=gettext_lazy(
            "People see this name in lists and invitations. Leave it empty to use the name of the school or group."
        ),
        max_length=200,
        required=False,
    )
    version = forms.ChoiceField(label=gettext_lazy("Framework"), widget=forms.RadioSelect())

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        seat: Seat,
        groups: Sequence[Group],
        versions: Sequence[FrameworkVersion],
        begun: Sequence[Journey] = (),
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.seat = seat
        self.groups = {str(group.id): group for group in groups}
        self.versions = {str(version.id): version for version in versions}
        # With one framework only, whoever has a journey already cannot begin another one.
        self.begun = list(begun) if len(self.versions) == 1 else []
        offered = self._whose({each.record.group_id for each in self.begun})
        first = {"whose": offered[0][0] if offered else "", "version": next(iter(self.versions), "")}
        super().__init__(data, initial=first | (initial or {}), **kwargs)
        del self.fields[AS_SEEN]  # nothing stands yet
        self.fields["whose"].choices = offered  # type: ignore[attr-defined]
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            (
                key,
                _("%(title)s, version %(number)s") % {"title": version.title, "number": version.number},
            )
            for key, version in self.versions.items()
        ]
        if not self.makes_groups:
            del self.fields["group_name"], self.fields["kind"]
        elif data is not None and data.get("whose") != NEW:
            self.fields["group_name"].required = self.fields["kind"].required = False

    @property
    def makes_groups(self) -> bool:
        """Whether this person may make a new group here."""
        return bool(may_manage_groups(self.seat.membership))

    def _whose(self, taken: set[UUID | None]) -> list[tuple[str, str]]:
        offered = []
        if may_start(self.seat, for_group=False) and None not in taken:
            offered.append((WHOLE, whole_in_words(self.seat.organisation)))
        offered += [
            (key, _("%(name)s (%(kind)s)") % {"name": group.name, "kind": group.get_kind_display()})
            for key, group in self.groups.items()
            if group.id not in taken
        ]
        if self.makes_groups:
            offered.append((NEW, _("A classroom, subject, or team that isn’t listed yet")))
        return offered

    def clean(self) -> dict[str, Any]:
        """A journey without a name is called after whose it is."""
        said = super().clean() or self.cleaned_data
        whose = said.get("whose", "")
        new_name = clean_line(said.get("group_name") or "")
        if not clean_line(said.get("name") or ""):
            said["name"] = self._default_name(whose, new_name)
        return said

    def _default_name(self, whose: str, new_name: str) -> str:
        holder = new_name if whose == NEW else self.seat.organisation.name
        if whose in self.groups:
            holder = self.groups[whose].name
        return _("Journey of %(holder)s") % {"holder": holder}

    def version_chosen(self) -> FrameworkVersion:
        """The framework version."""
        return self.versions[self.cleaned_data["version"]]

    def group_chosen(self) -> Group | None:
        """An existing group, or None for the whole organisation or a new group."""
        return self.groups.get(self.cleaned_data["whose"])


def whole_in_words(organisation: Organisation) -> str:
    """The organisation itself as one of the answers."""
    sentence = {
        Organisation.Kind.SCHOOL.value: _("The whole school: %(name)s"),
        Organisation.Kind.DISTRICT.value: _("The whole district: %(name)s"),
        Organisation.Kind.NETWORK.value: _("The whole network: %(name)s"),
    }[organisation.kind]
    return sentence % {"name": organisation.name}
