"""What forms of the plan offer to choose from: colleagues, and competencies domain by domain."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.tree import CompetencyItem
from throughline.schools.models import Membership
from throughline.ui.forms import ManyPills


class CompetenciesField(forms.TypedMultipleChoiceField):
    """Any number of the journey's competencies, under their domains; cleans to ids."""

    def __init__(self, label: Any = "", **kwargs: Any) -> None:
        label = label or _("Competencies it serves")
        super().__init__(label=label, coerce=UUID, required=False, widget=ManyPills(), **kwargs)

    def offer(self, known: Iterable[CompetencyItem], more: Iterable[CompetencyItem] = ()) -> None:
        """Offer those of the journey, and `more` that were chosen from another version of its framework."""
        groups: dict[str, dict[UUID, str]] = {}
        for each in known:
            groups.setdefault(each.domain_name, {})[each.id] = each.name
        offered = {key for group in groups.values() for key in group}
        others = [(each.id, each.name) for each in more if each.id not in offered]
        choices = [(domain, list(group.items())) for domain, group in groups.items()]
        self.choices = [*choices, *([(str(_("From another version")), others)] if others else [])]


class ColleagueField(forms.ChoiceField):
    """One of the staff, or nobody; cleans to an id as text, of which `who` makes the member."""

    def offer(self, people: Iterable[Membership], nobody: str = "") -> None:
        """Offer these; `nobody` is what the empty choice says."""
        self.people = {str(each.pk): each for each in people}
        self.choices = [("", nobody or "–"), *((key, each.name) for key, each in self.people.items())]


def who(form: forms.Form, name: str) -> Membership | None:
    """The colleague that was chosen in a field of a form that has been cleaned."""
    field = form.fields[name]
    assert isinstance(field, ColleagueField)
    return field.people.get(form.cleaned_data[name])
