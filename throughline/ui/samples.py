"""What the gallery shows of this room: one small page of examples for each family of components."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from throughline.kit import clock
from throughline.ui import gallery
from throughline.ui.forms import ChoicePills, FileDrop, ManyPills, StepCards, date_input

STEPS = {
    "1": (_("Not yet"), _("Adults decide nearly everything.")),
    "2": (_("Trying"), _("Some of us offer real choices; it depends on who teaches you.")),
    "3": (_("Usual"), _("Most learners choose most weeks, and can say why they chose.")),
    "4": (_("How we work"), _("Learners shape goals, paths and assessments as a matter of course.")),
}


class SampleForm(forms.Form):
    """Every kind of field."""

    title = forms.CharField(
        label=_("What shall this journey be called?"), help_text=_("People see it in lists and letters.")
    )
    email = forms.EmailField(label=_("Email address"))
    when = forms.DateField(label=_("Until when can people rate?"), required=False, widget=date_input())
    kind = forms.ChoiceField(
        label=_("Who is it for?"),
        choices=[("school", _("The whole school")), ("subject", _("A subject")), ("class", _("A classroom"))],
    )
    step = forms.ChoiceField(
        label=_("Where are we?"),
        choices=[(key, title) for key, (title, _about) in STEPS.items()],
        widget=StepCards(about={key: about for key, (_title, about) in STEPS.items()}),
        initial="2",
    )
    sure = forms.ChoiceField(
        label=_("How sure are you?"),
        choices=[
            ("guess", _("a guess")),
            ("fairly", _("fairly")),
            ("very", _("very")),
            ("none", _("cannot say")),
        ],
        widget=ChoicePills(apart=["none"]),
        initial="fairly",
    )
    seen = forms.MultipleChoiceField(
        label=_("Where have you seen it?"),
        choices=[("class", _("in class")), ("beyond", _("beyond school")), ("home", _("at home"))],
        widget=ManyPills(),
        required=False,
    )
    roles = forms.MultipleChoiceField(
        label=_("Who takes part?"),
        choices=[("educators", _("Educators")), ("learners", _("Learners")), ("families", _("Families"))],
        widget=forms.CheckboxSelectMultiple(),
        initial=["educators"],
    )
    why = forms.CharField(
        label=_("What makes you say so?"),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 3, "placeholder": _("Your words, seen only when everyone has rated.")}
        ),
    )
    work = forms.FileField(
        label=_("A piece of work"),
        required=False,
        widget=FileDrop(limit_mb=20, kinds=str(_("A photo, PDF or text document."))),
    )
    names = forms.BooleanField(label=_("Show names beside the ratings"), required=False)


def _form() -> dict[str, Any]:
    return {"form": SampleForm(auto_id="sample_%s")}


def _refused() -> dict[str, Any]:
    form = SampleForm(
        {
            "title": "",
            "email": "amara",
            "kind": "school",
            "step": "",
            "sure": "fairly",
            "roles": ["learners"],
        },
        auto_id="refused_%s",
    )
    form.is_valid()
    return {"form": form}


def _small() -> dict[str, Any]:
    now = clock.now()
    return {
        "hues": range(1, 6),
        "just_now": now,
        "earlier": now - timedelta(minutes=40),
        "soon": now + timedelta(days=12),
        "long_ago": now - timedelta(days=520),
        "people": ["Amara Okafor", "Mei-Ling Wu", "نور الدين", "jonas@example.org"],
    }


def _lists() -> dict[str, Any]:
    return {
        "tabs_items": [
            (_("Overview"), "#overview", True),
            (_("Round"), "#round", False),
            (_("Priorities"), "#priorities", False),
            (_("History"), "#history", False),
        ],
        "page": Paginator(list(range(90)), 20).page(2),
        "at": clock.now(),
        "rows": [
            ("Amara Okafor", _("journey lead"), 24),
            ("Mei-Ling Wu", _("educator"), 18),
            ("نور الدين", _("family member"), 7),
        ],
    }


class RatingForm(forms.Form):
    """The rating of one competency, as on a phone."""

    step = forms.ChoiceField(
        label=_("Where are we?"),
        choices=[(key, title) for key, (title, _about) in STEPS.items()],
        widget=StepCards(about={key: about for key, (_title, about) in STEPS.items()}, hide_label=True),
        initial="2",
    )
    sure = SampleForm.base_fields["sure"]
    why = SampleForm.base_fields["why"]


class SignInForm(forms.Form):
    """A narrow page with two fields."""

    email = forms.EmailField(label=_("Email address"))
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput())


def page() -> dict[str, Any]:
    """The context of the sample pages."""
    return {"rating": RatingForm(), "sign_in": SignInForm()}


def register_all() -> None:
    """Put this room's pieces on show."""
    for title, name, context in (
        (_("Words and colors"), "words", _small),
        (_("Buttons"), "buttons", None),
        (_("Page header, sections, cards, rows"), "surfaces", _small),
        (_("Notices and empty states"), "notices", None),
        (_("Fields"), "fields", _form),
        (_("A refused form"), "fields", _refused),
        (_("Menus and dialogs"), "overlays", None),
        (_("Lists, tables, tabs"), "lists", _lists),
        (_("Small things"), "small", _small),
        (_("Layouts, and pages for what goes wrong"), "wrong", None),
    ):
        gallery.register(title, f"ui/gallery/{name}.html", context)
