"""School years, terms, classes, who is in them and who is whose guardian."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.rosters.classes.actions.years import LONGEST_NAME
from throughline.rosters.models import Enrollment, SchoolYear, Section
from throughline.ui.forms import ChoicePills, ManyPills, date_input

NAME = {"required": _("Please give it a name.")}
DAY = {"required": _("Choose a day."), "invalid": _("This is not a day.")}


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day, as the browser asks for it."""
    return forms.DateField(label=label, widget=date_input(), error_messages=DAY, **kwargs)


class SpanForm(forms.Form):
    """A school year, or a term of one."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, error_messages=NAME)
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))


class SectionForm(forms.Form):
    """A class or an advisory group."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Section.Kind.choices,
        initial=Section.Kind.CLASS,
        widget=ChoicePills(),
    )
    name = forms.CharField(label=_("Name"), max_length=200, error_messages=NAME)
    year = forms.TypedChoiceField(label=_("School year"), coerce=UUID, empty_value=None, required=False)

    def __init__(self, *args: Any, years: list[SchoolYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", _("None")), *((str(year.pk), year.name) for year in years)]
        self.fields["year"].choices = offered  # type: ignore[attr-defined]


class EnrollForm(forms.Form):
    """Who comes into a class, as what, and from which day."""

    part = forms.ChoiceField(
        label=_("As what?"),
        choices=Enrollment.Part.choices,
        initial=Enrollment.Part.LEARNER,
        widget=forms.HiddenInput(),
    )
    members = forms.TypedMultipleChoiceField(
        label=_("People"),
        coerce=UUID,
        widget=ManyPills(),
        error_messages={"required": _("Choose at least one person.")},
    )
    from_on = day_field(_("From"))

    def __init__(self, *args: Any, offered: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = [(str(key), name) for key, name in offered]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The first day on which somebody is no longer in a class."""

    until_on = day_field(
        _("No longer from"),
        help_text=_("From this day on they are not in it. What was shown until then stays."),
    )


class GuardianForm(forms.Form):
    """Who is a guardian of a learner."""

    guardian = forms.TypedChoiceField(
        label=_("Family member"),
        coerce=UUID,
        widget=ChoicePills(),
        error_messages={"required": _("Choose a person.")},
    )

    def __init__(self, *args: Any, offered: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guardian"].choices = [(str(key), name) for key, name in offered]  # type: ignore[attr-defined]
