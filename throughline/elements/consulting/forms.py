"""Open a consultation; say something from outside; choose what is shown of what was said; answer a theme."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.elements.adopting.forms import SeenForm
from throughline.elements.consulting import limits
from throughline.elements.consulting.actions.hearing import Said
from throughline.elements.consulting.actions.opening import Call
from throughline.elements.consulting.queries import Wanted
from throughline.elements.models import Belongs, OutsideComment, Theme
from throughline.kit.ids import opaque_id
from throughline.people.secret_links import PASSCODE_LIMIT
from throughline.ui.forms import ChoicePills, date_input

PASSCODE_WIDGET = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})


class OpenForm(SeenForm):
    """What the community is asked, and until when."""

    introduction = forms.CharField(
        label=_("What you tell readers"),
        help_text=_("Why you ask, what has been decided already, and what happens with the answers."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=limits.LONGEST_INTRODUCTION,
        required=False,
    )
    questions = forms.CharField(
        label=_("Your questions"),
        help_text=_(
            "One on each line, eight at most. People can also comment on any paragraph and on the whole."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    opens_on = forms.DateField(label=_("Open from"), widget=date_input())
    closes_on = forms.DateField(label=_("Until"), widget=date_input())
    passcode = forms.CharField(
        label=_("Passcode for the link"),
        help_text=_("Six characters or more. Send it separately from the link. You will not see it again."),
        widget=PASSCODE_WIDGET,
        max_length=PASSCODE_LIMIT,
        required=False,
    )

    def call(self) -> Call:
        """What the form says, for the verb."""
        said = self.cleaned_data
        return Call(
            said["opens_on"],
            said["closes_on"],
            said["introduction"],
            tuple(said["questions"].splitlines()),
            said["passcode"],
        )


class LinkForm(forms.Form):
    """The passcode of a new link."""

    passcode = forms.CharField(
        label=_("Passcode for the new link"),
        widget=PASSCODE_WIDGET,
        max_length=PASSCODE_LIMIT,
        required=False,
    )


class UntilForm(forms.Form):
    """Another last day."""

    until = forms.DateField(label=_("Open until"), widget=date_input())


class CommentForm(forms.Form):
    """What somebody says who needs no account."""

    text = forms.CharField(
        label=_("Your comment"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=limits.LONGEST_COMMENT,
    )
    belongs = forms.ChoiceField(label=_("I am"), choices=Belongs.choices, widget=ChoicePills())
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Only if you want the school to know it."),
        max_length=limits.LONGEST_NAME,
        required=False,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": opaque_id(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def said(self, about: str, question: int | None) -> Said:
        """The same for the verb."""
        told = self.cleaned_data
        return Said(told["text"], told["belongs"], told["name"], about, question, told["key"])


class WantedForm(forms.Form):
    """Which comments are shown. What nobody can have chosen shows all."""

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("all")), *OutsideComment.State.choices], required=False
    )
    belongs = forms.ChoiceField(
        label=_("From"), choices=[("", _("everyone")), *Belongs.choices], required=False
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    about = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, themes: Sequence[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [  # type: ignore[attr-defined]
            ("", _("any")),
            ("none", _("without a theme")),
            *((str(each.pk), each.title) for each in themes),
        ]

    def wanted(self) -> Wanted:
        """The choice, for the query."""
        said = self.cleaned_data if self.is_valid() else {}
        theme = said.get("theme", "")
        return Wanted(
            state=said.get("state", ""),
            theme=UUID(theme) if theme and theme != "none" else None,
            without_theme=theme == "none",
            belongs=said.get("belongs", ""),
            about=said.get("about", ""),
        )


class ThemeForm(forms.Form):
    """What several comments have in common, and the answer."""

    title = forms.CharField(label=_("Theme"), max_length=limits.LONGEST_TITLE)
    heard = forms.CharField(
        label=_("What we heard"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=limits.LONGEST_ANSWER,
        required=False,
    )
    answer = forms.CharField(
        label=_("What we changed, or why not"),
        help_text=_("Everyone with the link reads this once the consultation has ended."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=limits.LONGEST_ANSWER,
        required=False,
    )
    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class NewThemeForm(forms.Form):
    """Begin a theme."""

    title = forms.CharField(label=_("A new theme"), max_length=limits.LONGEST_TITLE)
