"""Forms of a listening as a whole: beginning it, what it is about, how it is held, who hosts it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.frameworks.languages import name_of
from throughline.frameworks.tree import Tree
from throughline.schools.models import Membership
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import ManyPills, date_input
from throughline.voices.asking.checking import CONTACT_LIMIT, MOST_THRESHOLD, TITLE_LIMIT
from throughline.voices.models import LEAST_THRESHOLD, MOST_DAYS_KEPT


class BeginForm(forms.Form):
    """What it is called, and of which journey or round it is."""

    title = forms.CharField(label=gettext_lazy("What is it called?"), max_length=TITLE_LIMIT)
    of = forms.ChoiceField(
        label=gettext_lazy("What does it belong to?"),
        help_text=gettext_lazy(
            "With a round, its results open together with the team’s own ratings, so that nobody rates what others said."
        ),
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["of"].choices = list(places)


class AboutForm(AsSeen, forms.Form):
    """The competencies it is about, domain by domain, and its languages."""

    competencies = forms.MultipleChoiceField(
        label=gettext_lazy("What is it about?"),
        help_text=gettext_lazy("Each group is asked only what it can witness. Fewer are answered better."),
        widget=ManyPills(),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("In which languages?"),
        help_text=gettext_lazy("Everyone chooses among them before answering."),
        widget=ManyPills(),
    )

    def __init__(self, *args: Any, framework: Tree, languages: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["competencies"].choices = [
            (domain.name, [(each.code, each.name) for each in domain.competencies])
            for domain in framework.domains
        ]
        fields["languages"].choices = [(code, name_of(code)) for code in languages]


class HeldForm(AsSeen, forms.Form):
    """How it is held: until when, what is kept and shown, who reads learners' words and whom to turn to."""

    title = forms.CharField(label=gettext_lazy("What is it called?"), max_length=TITLE_LIMIT)
    opens_on = forms.DateField(
        label=gettext_lazy("First day"),
        required=False,
        help_text=gettext_lazy("Left empty: as soon as it is opened."),
        widget=date_input(),
    )
    closes_on = forms.DateField(label=gettext_lazy("Last day"), required=False, widget=date_input())
    threshold = forms.IntegerField(
        label=gettext_lazy("From how many answers is anything shown?"),
        help_text=gettext_lazy("Ten is usual. Small schools may go down to five; more protects better."),
        min_value=LEAST_THRESHOLD,
        max_value=MOST_THRESHOLD,
    )
    days_kept = forms.IntegerField(
        label=gettext_lazy("For how many days after closing are single answers kept?"),
        help_text=gettext_lazy("After that they are deleted. What may be shown of them stays."),
        min_value=1,
        max_value=MOST_DAYS_KEPT,
    )
    reader = forms.ChoiceField(
        label=gettext_lazy("Who reads what learners write, every school day?"),
        help_text=gettext_lazy(
            "Somebody may write that they are in danger. Without a reader, learners get no questions to answer in their own words."
        ),
        required=False,
    )

    def __init__(
        self, *args: Any, languages: Sequence[str], staff: Sequence[Membership], runs: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.languages, self.staff = languages, {str(each.pk): each for each in staff}
        fields: dict[str, Any] = self.fields
        if runs:
            fields["reader"].choices = [
                ("", _("Nobody")),
                *((key, each.name) for key, each in self.staff.items()),
            ]
        else:
            del fields["reader"]
        for language in languages:
            fields[f"contact-{language}"] = forms.CharField(
                label=_("Whom to turn to now (%(language)s)") % {"language": name_of(language)},
                help_text=_(
                    "Stands beside every question that is answered in one’s own words: a name, a place, a number."
                ),
                max_length=CONTACT_LIMIT,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
            )

    def told(self) -> dict[str, Any]:
        """What was said, as the verb takes it."""
        said = dict(self.cleaned_data)
        contact = {language: said.pop(f"contact-{language}") for language in self.languages}
        if "reader" in said:
            said["reader"] = self.staff.get(said["reader"])
        return {**said, "contact": contact}


class HostForm(forms.Form):
    """Who else composes it and reads it."""

    member = forms.ChoiceField(label=gettext_lazy("Who composes and reads it with the team?"))

    def __init__(self, *args: Any, people: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people}
        fields: dict[str, Any] = self.fields
        fields["member"].choices = [("", "–"), *((key, each.name) for key, each in self.people.items())]

    @property
    def who(self) -> Membership:
        """Who was chosen."""
        return self.people[self.cleaned_data["member"]]


class ExtendForm(forms.Form):
    """Another last day."""

    closes_on = forms.DateField(label=gettext_lazy("Last day"), widget=date_input())
