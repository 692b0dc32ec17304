"""Forms of the register: what is known of a policy, what it says, looking at it again, and narrowing the list."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.files.forms import UploadField
from throughline.frameworks.tree import CompetencyItem
from throughline.kit import clock
from throughline.plans.choosing import ColleagueField, CompetenciesField, who
from throughline.plans.models import Policy
from throughline.plans.policies.actions import (
    BODY_LIMIT,
    LINK_LIMIT,
    TEXT_LIMIT,
    TITLE_LIMIT,
    WHOLE_LIMIT,
    About,
    Wording,
)
from throughline.plans.policies.queries import DUE, MINE
from throughline.schools.models import Membership
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import ChoicePills, date_input, depends

_YEAR = timedelta(days=365)
_SAYS = [(value, label) for value, label in Policy.Says.choices if value]


class AboutForm(AsSeen, forms.Form):
    """What is known of a policy besides its words."""

    title = forms.CharField(label=_("Name"), max_length=TITLE_LIMIT)
    state = forms.ChoiceField(
        label=_("How it stands"), choices=Policy.State.choices, initial=Policy.State.IN_FORCE
    )
    owner = ColleagueField(
        label=_("Who looks after it"),
        help_text=_("They can change it and bring in what it says."),
        required=False,
    )
    review_on = forms.DateField(label=_("Look at it again on"), widget=date_input(), required=False)
    needed = forms.CharField(
        label=_("What the journey needs it to say"),
        help_text=_("For example: that a learner may show what they can do whenever they are ready."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=TEXT_LIMIT,
        required=False,
    )
    says = forms.ChoiceField(
        label=_("Does it say so?"),
        choices=[("", _("not looked at yet")), *_SAYS],
        widget=ChoicePills(),
        required=False,
    )
    competencies = CompetenciesField()

    def __init__(
        self,
        *args: Any,
        people: Iterable[Membership],
        known: Sequence[CompetencyItem],
        more: Iterable[CompetencyItem] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(people, str(_("Nobody yet")))  # type: ignore[attr-defined]
        self.fields["competencies"].offer(known, more)  # type: ignore[attr-defined]

    def about(self) -> About:
        """What the verbs want to know."""
        said = self.cleaned_data
        return About(**{**said, "owner": who(self, "owner"), "competencies": tuple(said["competencies"])})


class RevisionForm(AsSeen, forms.Form):
    """What it says from now on, beginning with what it says today."""

    text = forms.CharField(
        label=_("What it says"),
        help_text=_("Paste the words if you can: then later versions can be compared word by word."),
        widget=forms.Textarea(attrs={"rows": 14}),
        max_length=WHOLE_LIMIT,
        required=False,
    )
    link = forms.URLField(label=_("Link to it"), max_length=LINK_LIMIT, required=False, assume_scheme="https")
    file = UploadField(label=_("Or as a file"), required=False)
    reason = forms.CharField(
        label=_("Why it was changed"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=TEXT_LIMIT,
        required=False,
    )
    adopted_by = forms.CharField(
        label=_("Adopted by"),
        help_text=_("The body that decided, such as “School board”. Leave it empty for a draft."),
        max_length=BODY_LIMIT,
        required=False,
    )
    adopted_on = forms.DateField(
        label=_("Adopted on"),
        help_text=_("The day on which it decided, also if that is long ago."),
        widget=date_input(),
        required=False,
    )

    def wording(self) -> dict[str, Any]:
        """What the verb `revise_policy` wants to know."""
        said = self.cleaned_data
        return {
            "says": Wording(said["text"], said["link"], said.get("file")),
            **{name: said[name] for name in ("reason", "adopted_by", "adopted_on")},
        }


class AgainForm(AsSeen, forms.Form):
    """It was looked at and stays as it is."""

    text = forms.CharField(
        label=_("What you found"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=TEXT_LIMIT,
        required=False,
    )
    says = forms.ChoiceField(
        label=_("Does it say what the journey needs?"),
        choices=[("", _("not looked at yet")), *_SAYS],
        widget=ChoicePills(),
        required=False,
    )
    next_on = forms.DateField(label=_("Look at it again on"), widget=date_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"next_on": clock.today() + _YEAR, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class NarrowForm(forms.Form):
    """Which policies the list shows."""

    show = depends(forms.ChoiceField(label=_("Show"), required=False))
    competency = depends(forms.ChoiceField(label=_("Serving"), required=False))

    def __init__(self, *args: Any, known: Sequence[CompetencyItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown: Sequence[tuple[str, Any]] = [
            ("", _("all")),
            (DUE, _("to look at within a month")),
            (MINE, _("what I look after")),
            *Policy.State.choices,
        ]
        self.fields["show"].choices = shown  # type: ignore[attr-defined]
        served = [(str(each.id), each.name) for each in known]
        self.fields["competency"].choices = [("", _("any competency")), *served]  # type: ignore[attr-defined]

    def narrowed(self) -> dict[str, Any]:
        """What the query `register` wants to know; what nobody offered is left out."""
        told = self.cleaned_data if self.is_valid() else {}
        competency = told.get("competency")
        return {"show": told.get("show", ""), "competency": UUID(competency) if competency else None}
