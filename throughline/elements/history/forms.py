"""A name for a version, and which two to compare."""

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.elements.history.actions import LONGEST_NAME, LONGEST_NOTE


class NameForm(forms.Form):
    """What a version is called."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        help_text=_("For example: what we showed the families in May."),
        error_messages={"required": _("Give it a name of 120 characters at most.")},
    )
    text = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CompareForm(forms.Form):
    """Two versions. What stands in the list are names, editions and sittings; any number of a version may be told."""

    old = forms.CharField(label=_("Earlier"))
    new = forms.CharField(label=_("Later"))

    def __init__(self, choices: list[tuple[str, str]], old: str, new: str) -> None:
        super().__init__(initial={"old": old, "new": new})
        for name, value in (("old", old), ("new", new)):
            known = choices if value in dict(choices) else [(value, _other(value)), *choices]
            self.fields[name].widget = forms.Select(choices=known)


def _other(value: str) -> str:
    return _("Version %(number)s") % {"number": value}
