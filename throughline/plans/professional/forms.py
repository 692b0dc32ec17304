"""Forms of professional learning: what is offered, who came, and what people write for themselves."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.elements.models import Item
from throughline.frameworks.tree import CompetencyItem
from throughline.plans.choosing import ColleagueField, CompetenciesField, who
from throughline.plans.models import Offering, TakingPart
from throughline.plans.professional.actions.offerings import LINE_LIMIT, TEXT_LIMIT, TITLE_LIMIT, Offer
from throughline.plans.professional.actions.reflecting import WORDS_LIMIT
from throughline.schools.models import Membership
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import ChoicePills, date_input


class OfferForm(AsSeen, forms.Form):
    """What is offered, when, by whom, and what it serves."""

    title = forms.CharField(label=_("Name"), max_length=TITLE_LIMIT)
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=Offering.Kind.choices,
        initial=Offering.Kind.WORKSHOP,
        widget=ChoicePills(),
    )
    about = forms.CharField(
        label=_("What it is about"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=TEXT_LIMIT,
        required=False,
    )
    starts_on = forms.DateField(label=_("Begins on"), widget=date_input())
    ends_on = forms.DateField(
        label=_("Ends on"),
        help_text=_("Leave it empty when it is one day."),
        widget=date_input(),
        required=False,
    )
    led_by = forms.CharField(
        label=_("Led by"),
        help_text=_("Colleagues, or somebody from outside."),
        max_length=LINE_LIMIT,
        required=False,
    )
    place = forms.CharField(label=_("Place"), max_length=LINE_LIMIT, required=False)
    run_by = ColleagueField(
        label=_("Who runs it"),
        help_text=_(
            "This person alone sees who takes part, until two weeks after the end. Nobody else does, leads included."
        ),
        required=False,
    )
    teaches = forms.MultipleChoiceField(
        label=_("Educator competencies it is about"), widget=forms.CheckboxSelectMultiple, required=False
    )
    competencies = CompetenciesField()

    def __init__(
        self,
        *args: Any,
        people: Iterable[Membership],
        traits: Iterable[Item],
        known: Sequence[CompetencyItem],
        more: Iterable[CompetencyItem] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["run_by"].offer(people, str(_("I do")))
        fields["teaches"].choices = [(str(each.pk), each.title) for each in traits]
        if not fields["teaches"].choices:
            del fields["teaches"]
        fields["competencies"].offer(known, more)

    def offer(self) -> Offer:
        """What the verbs want to know."""
        said = {**self.cleaned_data, "run_by": who(self, "run_by")}
        teaches = tuple(map(UUID, said.pop("teaches", ())))
        return Offer(**{**said, "teaches": teaches, "competencies": tuple(said["competencies"])})


class CameForm(forms.Form):
    """Who came of those who signed up, and one more."""

    came = forms.MultipleChoiceField(label=_("Who came"), widget=forms.CheckboxSelectMultiple, required=False)
    more = ColleagueField(label=_("Somebody who came without signing up"), required=False)

    def __init__(
        self, *args: Any, taking: Iterable[TakingPart], people: Iterable[Membership], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = list(taking)
        here = {each.membership_id for each in rows}
        fields: dict[str, Any] = self.fields
        fields["came"].choices = [(str(each.pk), each.membership.name) for each in rows]
        fields["came"].initial = [str(each.pk) for each in rows if each.came is not False]
        if not rows:
            del fields["came"]
        fields["more"].offer([each for each in people if each.pk not in here], str(_("Nobody else")))

    def told(self) -> dict[str, Any]:
        """What the verb `say_who_came` wants to know."""
        more = who(self, "more")
        came = {UUID(each) for each in self.cleaned_data.get("came", ())}
        return {"came": came, "more": [more] if more else []}


class PracticeForm(forms.Form):
    """What changed in one's practice, and whether others may read it."""

    text = forms.CharField(
        label=_("What changed in your practice"),
        help_text=_("What do you do differently? What do learners notice?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=WORDS_LIMIT,
        required=False,
    )
    shared = forms.BooleanField(
        label=_("Show it to the staff, with my name"),
        help_text=_("You can take it back whenever you want."),
        required=False,
    )


class ReflectionForm(forms.Form):
    """Words about one educator competency."""

    text = forms.CharField(
        label=_("What you think"),
        help_text=_("Where do you see yourself? What would you like to try?"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=WORDS_LIMIT,
        error_messages={"required": _("Write something first.")},
    )


class ReaderForm(forms.Form):
    """Who may read it too."""

    reader = ColleagueField(label=_("Let somebody read it"))

    def __init__(self, *args: Any, people: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reader"].offer(people)  # type: ignore[attr-defined]


class ReviewForm(AsSeen, forms.Form):
    """When the school looks at an educator competency again."""

    review_on = forms.DateField(label=_("Look at it again on"), widget=date_input(), required=False)
