"""Forms of small tests: the idea, what a cycle tries, what happened."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.tree import CompetencyItem
from throughline.plans.choosing import ColleagueField, CompetenciesField, who
from throughline.plans.cycles.checking import TEXT_LIMIT, TITLE_LIMIT, Found, Idea, Trial
from throughline.plans.models import Cycle, Goal
from throughline.schools.models import Membership
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import ChoicePills, date_input, depends


def _text(label: Any, help_text: Any = "", rows: int = 3, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=help_text, widget=widget, max_length=TEXT_LIMIT, required=required
    )


class IdeaForm(AsSeen, forms.Form):
    """What a small test is about."""

    title = forms.CharField(
        label=_("The idea, in a few words"),
        help_text=_("For example: “Exit cards at the end of the week”."),
        max_length=TITLE_LIMIT,
    )
    question = _text(
        _("What do you want to find out?"),
        _("For example: “Do learners who write one say more precisely what comes next?”"),
        2,
    )
    goal = forms.TypedChoiceField(
        label=_("Which goal is it for?"), coerce=UUID, empty_value=None, required=False
    )
    owner = ColleagueField(label=_("Who looks after it"), required=False)
    competencies = CompetenciesField()

    def __init__(
        self,
        *args: Any,
        people: Iterable[Membership],
        goals: Iterable[tuple[UUID, str]],
        known: Sequence[CompetencyItem],
        more: Iterable[CompetencyItem] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].offer(people, str(_("Nobody yet")))
        fields["goal"].choices = [("", _("None of them")), *goals]
        fields["competencies"].offer(known, more)

    def idea(self, organisation: UUID) -> Idea:
        """What the verbs want to know."""
        said = self.cleaned_data
        goal = (
            Goal.objects.filter(organisation=organisation, pk=said["goal"]).first() if said["goal"] else None
        )
        return Idea(said["title"], said["question"], goal, who(self, "owner"), tuple(said["competencies"]))


class DaysForm(AsSeen, forms.Form):
    """When a cycle that has begun is to end."""

    ends_on = forms.DateField(label=_("Until"), widget=date_input(), required=False)

    def trial(self, cycle: Cycle) -> Trial:
        """What the verb wants to know: what is tried stays."""
        return Trial(cycle.change, cycle.prediction, cycle.starts_on, self.cleaned_data["ends_on"])


class TrialForm(AsSeen, forms.Form):
    """What a cycle tries, and what is expected of it."""

    change = _text(
        _("What do you change?"),
        _("Small enough for next week: one class, one teacher, a few learners."),
    )
    prediction = depends(
        _text(
            _("What do you expect to happen?"),
            _(
                "As exactly as you can. It stays as it is once the cycle begins, so that you can be surprised."
            ),
            required=False,
        )
    )
    starts_on = forms.DateField(label=_("From"), widget=date_input(), required=False)
    ends_on = forms.DateField(label=_("Until"), widget=date_input(), required=False)

    def trial(self) -> Trial:
        """What the verbs want to know."""
        return Trial(
            **{name: self.cleaned_data[name] for name in ("change", "prediction", "starts_on", "ends_on")}
        )


class BeginForm(IdeaForm):
    """A new small test with its first cycle."""

    change = TrialForm.base_fields["change"]
    prediction = TrialForm.base_fields["prediction"]
    starts_on = TrialForm.base_fields["starts_on"]
    ends_on = TrialForm.base_fields["ends_on"]
    field_order = (
        "title",
        "question",
        "change",
        "prediction",
        "starts_on",
        "ends_on",
        "goal",
        "owner",
        "competencies",
    )

    def trial(self) -> Trial:
        """What the verb wants to know of the first cycle."""
        return Trial(
            **{name: self.cleaned_data[name] for name in ("change", "prediction", "starts_on", "ends_on")}
        )


class FoundForm(AsSeen, forms.Form):
    """What happened, how it compares, what was learned; and what follows, where the cycle ends."""

    happened = _text(
        _("What happened?"), _("What you saw and counted, also what you had not expected."), required=False
    )
    compared = depends(_text(_("How does it compare with the prediction?"), rows=2, required=False))
    learned = depends(
        _text(
            _("What did you learn?"),
            _("One or two sentences that somebody who was not there understands."),
            2,
            required=False,
        )
    )
    outcome = depends(
        forms.ChoiceField(
            label=_("What follows?"),
            help_text=_(
                "Adopt: do it from now on. Adapt: change it and try again; the next cycle begins with what you tried. "
                "Abandon: leave it, and keep what you learned."
            ),
            choices=[("", _("still trying")), *Cycle.Outcome.choices],
            widget=ChoicePills(),
            required=False,
        )
    )
    on = depends(
        forms.DateField(
            label=_("Ended on"),
            help_text=_("Today, if you leave it empty."),
            widget=date_input(),
            required=False,
        )
    )

    def found(self) -> Found:
        """What the verbs want to know."""
        return Found(*(self.cleaned_data[name] for name in ("happened", "compared", "learned")))
