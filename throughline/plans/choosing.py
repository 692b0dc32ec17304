"""What forms of the plan offer to choose from: colleagues, and competencies domain by domain."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.schools.models import Membership


class CompetenciesField(forms.MultipleChoiceField):
    """Competencies as boxes under their domains; cleans to ids."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Competencies it serves"), widget=forms.CheckboxSelectMultiple, required=False
        )

    def offer(self, known: Tree | None, more: Iterable[CompetencyItem] = ()) -> None:
        """Offer those of a framework, and `more` that were chosen from another version of it."""
        offered = known.by_id if known else {}
        groups = [
            (domain.name, [(str(each.id), each.name) for each in domain.competencies])
            for domain in (known.domains if known else ())
        ]
        others = [(str(each.id), each.name) for each in more if each.id not in offered]
        if others:
            groups.append((str(_("From another version")), others))
        self.choices = groups

    def clean(self, value: object) -> list[UUID]:
        return [UUID(each) for each in super().clean(value)]


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
