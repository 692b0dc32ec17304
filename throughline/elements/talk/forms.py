"""What is said about a text, and other words for a passage of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.elements.talk.actions.talking import LONGEST


class WordsForm(forms.Form):
    """Something said: an answer, or other words for what one said."""

    text = forms.CharField(
        label=_("Your words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write @ and a name to mention someone who takes part. They get an email."),
        error_messages={"required": _("Write something first.")},
    )


class PassageForm(forms.Form):
    """A passage: as the editor knows it (`from`, `to`, `version`), or a paragraph (`at`) and words quoted from it."""

    at = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    to = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    section = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


class CommentForm(PassageForm):
    """Something about a passage, a section or the whole element."""

    words = forms.CharField(
        label=_("Which words? (optional)"),
        required=False,
        max_length=LONGEST,
        help_text=_("Copy them from the paragraph. Leave this empty if you mean all of it."),
    )
    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write @ and a name to mention someone who takes part. They get an email."),
        error_messages={"required": _("Write something first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = self.data or self.initial
        if told.get("at") in (None, "") or told.get("to") not in (None, ""):
            self.fields["words"].widget = forms.HiddenInput()


class SuggestForm(PassageForm):
    """Other words for a passage, or none to leave it out. An editor sends `proposed`: inline content as JSON."""

    words = forms.CharField(
        label=_("Which words?"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Copy them from the paragraph. Leave this empty if you mean all of it."),
    )
    instead = forms.CharField(
        label=_("What should stand there instead?"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Leave this empty to suggest that the words go."),
    )
    text = forms.CharField(
        label=_("Why? (optional)"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    proposed = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (self.data or self.initial).get("to") not in (None, ""):
            self.fields["words"].widget = forms.HiddenInput()


class RefuseForm(forms.Form):
    """Why a suggestion is not taken."""

    reason = forms.CharField(
        label=_("Why not?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why, so that whoever suggested it understands.")},
    )
