"""Prepare a round; change its date and who is awaited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from throughline.activity.mail import letters_go_out
from throughline.frameworks.tree import CompetencyItem, DomainItem, Tree
from throughline.journeys.models import TeamMember
from throughline.journeys.queries import minutes_for
from throughline.journeys.spread.queries import names_are_proposed
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import StepCards, date_input

ALL, SOME = "all", "some"
HIDDEN, SHOWN = "hidden", "shown"
WEEKS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class DomainChoice:
    """A domain with its competencies as boxes."""

    domain: DomainItem
    whole: bool
    competencies: list[tuple[CompetencyItem, bool]]

    @property
    def some(self) -> bool:
        """Whether single ones are ticked."""
        return any(ticked for _item, ticked in self.competencies)


@dataclass(frozen=True, slots=True)
class RaterChoice:
    """A rater of the team, asked or not, and for which domains (none ticked: everything)."""

    member: Membership
    asked: bool
    domains: list[tuple[DomainItem, bool]]


class PrepareForm(forms.Form):
    """What, who, until when, with names or without. Boxes are laid out by the page (`domain_rows`, `rater_rows`)."""

    what = forms.ChoiceField(
        label=gettext_lazy("What will you rate?"), initial=ALL, widget=forms.RadioSelect()
    )
    domains = forms.MultipleChoiceField(required=False)
    competencies = forms.MultipleChoiceField(required=False)
    raters = forms.MultipleChoiceField(label=gettext_lazy("Who rates?"), required=False)
    due_on = forms.DateField(
        label=gettext_lazy("Finish by"),
        required=False,
        widget=date_input(),
    )
    names = forms.ChoiceField(
        label=gettext_lazy("Should names show next to ratings?"),
        help_text=gettext_lazy(
            "You can’t change this once the round opens. Everyone sees it while they rate."
        ),
        choices=[
            (HIDDEN, gettext_lazy("Names stay hidden")),
            (SHOWN, gettext_lazy("Names show once the spread opens")),
        ],
        widget=StepCards(
            about={
                HIDDEN: gettext_lazy(
                    "The team sees how many chose each step, never who. Comments appear without names, in no particular order. With fewer than five raters, the team sees only one word (agree, mixed, or split), and a comment only if its author shares it."
                ),
                SHOWN: gettext_lazy(
                    "The team sees who chose which step and who wrote which comment. This works well for teams that talk openly."
                ),
            }
        ),
    )

    def __init__(
        self, data: QueryDict | None, *, framework: Tree, counted: set[UUID], team: Sequence[TeamMember]
    ) -> None:
        self.framework, self.counted = framework, counted
        self.members = {str(each.membership_id): each.membership for each in team}
        initial = {
            "raters": list(self.members),
            "due_on": clock.today() + WEEKS,
            "what": ALL,
            "names": SHOWN if names_are_proposed(len(self.members)) else HIDDEN,
        }
        super().__init__(data, initial=initial)
        if letters_go_out():
            self.fields["due_on"].help_text = _(
                "Two days before, anyone who hasn’t finished gets a reminder. Nobody can see who got one."
            )
        choices: dict[str, list[tuple[str, str]]] = {
            "what": [(ALL, self._all_in_words()), (SOME, _("Only some domains or competencies"))],
            "domains": [(str(each.id), each.name) for each in framework.domains],
            "competencies": [(str(each), str(each)) for each in counted],
            "raters": [(key, member.name) for key, member in self.members.items()],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def _all_in_words(self) -> str:
        return ngettext(
            "Everything that counts here: %(count)s competency, about %(minutes)s minutes for each person",
            "Everything that counts here: %(count)s competencies, about %(minutes)s minutes for each person",
            len(self.counted),
        ) % {"count": len(self.counted), "minutes": minutes_for(len(self.counted))}

    def domain_rows(self) -> list[DomainChoice]:
        """Every domain of which something counts, with what is ticked."""
        whole, single = set(self["domains"].value() or ()), set(self["competencies"].value() or ())
        rows = [
            DomainChoice(
                domain,
                str(domain.id) in whole,
                [(each, str(each.id) in single) for each in domain.competencies if each.id in self.counted],
            )
            for domain in self.framework.domains
        ]
        return [row for row in rows if row.competencies]

    def rater_rows(self) -> list[RaterChoice]:
        """Every rater of the team, with what is ticked."""
        asked = set(self["raters"].value() or ())
        return [
            RaterChoice(
                member,
                key in asked,
                [(domain, str(domain.id) in self._narrowed(key)) for domain in self.framework.domains],
            )
            for key, member in self.members.items()
        ]

    def _narrowed(self, key: str) -> list[str]:
        return self.data.getlist(f"only-{key}") if isinstance(self.data, QueryDict) else []

    @property
    def names_proposed(self) -> bool:
        """Whether so few are ticked that it is better to let names show."""
        return names_are_proposed(len(self["raters"].value() or ()))

    @property
    def anyone_narrowed(self) -> bool:
        """Whether somebody is asked about some domains only."""
        return any(self._narrowed(key) for key in self.members)

    def clean(self) -> dict[str, Any]:
        """Something to look at, someone to ask, a date to come."""
        said = super().clean() or self.cleaned_data
        if said.get("what") == SOME and not (said.get("domains") or said.get("competencies")):
            self.add_error("competencies", ValidationError(_("Check at least one domain or competency.")))
        if not said.get("raters"):
            self.add_error("raters", ValidationError(_("Choose at least one person who rates.")))
        return said

    def chosen_competencies(self) -> list[UUID]:
        """What the round looks at."""
        said = self.cleaned_data
        if said["what"] == ALL:
            return [each.id for each in self.framework.competencies if each.id in self.counted]
        whole, single = set(said["domains"]), set(said["competencies"])
        return [
            each.id
            for domain in self.framework.domains
            for each in domain.competencies
            if each.id in self.counted and (str(domain.id) in whole or str(each.id) in single)
        ]

    def chosen_raters(self) -> dict[UUID, list[str]]:
        """Who is asked, and which domains (none: everything)."""
        return {UUID(key): self._narrowed(key) for key in self.cleaned_data["raters"]}


class DueForm(AsSeen, forms.Form):
    """Another date."""

    due_on = forms.DateField(label=gettext_lazy("Finish by"), required=False, widget=date_input())


class RaterForm(forms.Form):
    """Someone who is asked to rate, or no longer awaited."""

    member = forms.UUIDField()
