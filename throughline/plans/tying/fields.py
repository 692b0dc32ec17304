"""The field of a form that asks which competencies something serves."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from throughline.frameworks.tree import CompetencyItem
from throughline.ui.forms import ManyPills


def competencies_field(
    known: Iterable[CompetencyItem], label: Any, help_text: Any = ""
) -> forms.TypedMultipleChoiceField:
    """Any number of the journey's competencies, by domain."""
    groups: dict[str, list[tuple[UUID, str]]] = {}
    for each in known:
        groups.setdefault(each.domain_name, []).append((each.id, each.name))
    return forms.TypedMultipleChoiceField(
        label=label,
        help_text=help_text,
        coerce=UUID,
        required=False,
        choices=list(groups.items()),
        widget=ManyPills(),
    )
